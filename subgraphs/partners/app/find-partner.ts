import type { Representation } from '@haat/kit/define';
import { notFound } from '@haat/kit/refusal';
import { connectionOf, type ForwardPageArgs, type Page } from '@haat/kit/page';
import { keysetPage } from '@haat/kit-postgres/keyset-page';
import type { Viewer } from '@haat/kit/identity';
import { In } from 'typeorm';
import type { PartnersContext, PartnersTx } from '../context.js';
import { PartnerApp } from './partner-app.js';

/** A page of programs. */
export const { Connection: PartnerAppConnection } = connectionOf(PartnerApp, { name: 'PartnerApp', description: 'Programs of partners, the newest first, revoked ones too.' });

/** Whether somebody may look after a program: operators after all, its own tokens after it. */
export function mayManage(viewer: Viewer, partnerAppId: string): boolean {
  return viewer.roles.includes('OPERATOR') || viewer.kind === 'SYSTEM' || viewer.partnerAppId === partnerAppId;
}

/** Programs by their keys, for those who may see them. */
export async function findPartners(ctx: PartnersContext, keys: readonly Representation[]): Promise<(PartnerApp | null)[]> {
  const ids = keys.map(({ id }) => id).filter((id) => mayManage(ctx.viewer, id));
  const found = ids.length === 0 ? [] : await ctx.db.findBy(PartnerApp, { tenantId: ctx.tenant.id, id: In(ids) });
  return keys.map(({ id }) => found.find((app) => app.id === id) ?? null);
}

/** The programs of a marketplace. */
export function listPartners(ctx: PartnersContext, args: ForwardPageArgs): Promise<Page<PartnerApp>> {
  const qb = ctx.db.createQueryBuilder(PartnerApp, 'p');
  return keysetPage({ qb, args, tenantId: ctx.tenant.id, order: [{ column: 'p.id', direction: 'DESC' }] });
}

/** One program that the viewer may look after, held against other changes until the commit. */
export async function lockedPartner(tx: PartnersTx, id: string): Promise<PartnerApp> {
  const app = mayManage(tx.viewer, id) ? await tx.db.findOne(PartnerApp, { where: { tenantId: tx.tenant.id, id }, lock: { mode: 'pessimistic_write' } }) : null;
  if (!app) throw notFound('partner app');
  return app;
}
