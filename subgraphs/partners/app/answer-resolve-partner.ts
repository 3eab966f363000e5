import { partnerResolve } from '@haat/schema/asks/partners';
import { defineAnswer } from '@haat/kit/define';
import type { PartnersContext } from '../context.js';
import { dayOf, spentOn } from '../usage/spent.js';
import { PartnerApp } from './partner-app.js';

/** What the door must know of a program, by its rows as they are now. */
export const answerResolvePartner = defineAnswer(partnerResolve, async (ctx: PartnersContext, { partnerAppId }) => {
  const app = await ctx.db.findOneBy(PartnerApp, { tenantId: ctx.tenant.id, id: partnerAppId });
  if (!app) return { partner: null };
  const { name, status, vendorId, pointsPerMinute, pointsPerDay } = app;
  const day = dayOf(ctx.clock.now());
  return { partner: { partnerAppId, name, status, vendorId, pointsPerMinute, pointsPerDay, day, spentToday: await spentOn(ctx, partnerAppId, day) } };
});
