import { vendorDescribe } from '@haat/schema/asks/vendors';
import { partnerRegistered } from '@haat/schema/events/partners';
import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText, lineOf } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { PartnersConfig } from '../config.js';
import type { PartnersContext, PartnersTx } from '../context.js';
import { PartnerApp, PartnerStatus } from './partner-app.js';
import { partnerStateOf } from './say-partner.js';

/** Programs that one marketplace may have. */
const partnersMax = 500;

/** The program that is to be. */
@InputType({ description: 'A partner\'s program that is to be registered.' })
export class RegisterPartnerInput {
  @Field(() => String, { description: 'What people call the program, 1 to 80 characters.' }) name: string;
  @Field(() => String, { description: 'Where its makers are reached, an e-mail address.' }) contactEmail: string;
  @Field(() => ID, { nullable: true, description: 'The only vendor whose goods and orders it reaches; left out for the whole marketplace.' }) vendorId?: string | null;
  @Field(() => Int, { nullable: true, description: 'Points it may spend in a minute, 1 to 10 million; 6000 when left out.' }) pointsPerMinute?: number | null;
  @Field(() => Int, { nullable: true, description: 'Points it may spend in a day, at least those of a minute; 1 million when left out.' }) pointsPerDay?: number | null;
  @Field(() => Int, { nullable: true, description: 'Operations that never cost more are approved by themselves; 500 when left out, 0 for none.' }) approvesBelow?: number | null;
}

/** Another has the name. */
@ObjectType({ implements: Problem, description: 'Another partner\'s program of this marketplace has this name.' })
export class PartnerNameTaken extends Problem {
  @Field(() => String, { description: 'What another program here is called already.' }) name: string;
}

/** There are too many. */
@ObjectType({ implements: Problem, description: 'There are as many partners\' programs as there may be.' })
export class TooManyPartners extends Problem {
  @Field(() => Int, { description: 'How many there may be.' }) max: number;
}

/** The program, or why not. */
export const RegisterPartnerResult = resultOf('RegisterPartnerResult', 'The new program of a partner, or why there is none.', [PartnerApp, PartnerNameTaken, TooManyPartners]);

/** The rules of a quota, all parts of it optional. */
export const quotaRules = {
  pointsPerMinute: z.int().min(1).max(10_000_000).nullish(),
  pointsPerDay: z.int().min(1).max(1_000_000_000).nullish(),
  approvesBelow: z.int().min(0).max(200_000).nullish(),
};

/** Refuses a day that is shorter than its minutes. */
export function soundQuota({ pointsPerMinute, pointsPerDay }: { readonly pointsPerMinute: number; readonly pointsPerDay: number }): boolean {
  return pointsPerDay >= pointsPerMinute;
}

/** A program that may be registered. */
export type WishedPartner = Pick<PartnerApp, 'name' | 'contactEmail' | 'vendorId' | 'pointsPerMinute' | 'pointsPerDay' | 'approvesBelow'>;

/** What is known before the transaction: whether its vendor is there is asked of others. */
export async function wishedPartner(ctx: PartnersContext, input: RegisterPartnerInput): Promise<WishedPartner> {
  const wish = parsed(rulesOf(ctx.config), input);
  if (wish.vendorId === null) return wish;
  const { vendors } = await ctx.ask(vendorDescribe, { vendorIds: [wish.vendorId] });
  if (vendors.length === 0) throw notFound('vendor');
  return wish;
}

function rulesOf(usual: PartnersConfig): z.ZodType<WishedPartner> {
  return z.object({ name: lineOf(80), contactEmail: z.email().max(254), vendorId: idText.nullish(), ...quotaRules })
    .transform(({ vendorId, pointsPerMinute, pointsPerDay, approvesBelow, ...facts }) => ({
      ...facts, vendorId: vendorId ?? null, pointsPerMinute: pointsPerMinute ?? usual.PARTNER_POINTS_PER_MINUTE,
      pointsPerDay: pointsPerDay ?? Math.max(usual.PARTNER_POINTS_PER_DAY, pointsPerMinute ?? 0), approvesBelow: approvesBelow ?? usual.PARTNER_APPROVES_BELOW,
    }))
    .refine(soundQuota, { path: ['pointsPerDay'], message: 'expected at least the points of a minute' });
}

/** Registers a program. It has no token yet, and no operations. */
export async function registerPartner(tx: PartnersTx, wish: WishedPartner): Promise<PartnerApp | PartnerNameTaken | TooManyPartners> {
  await tx.db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.tenant.id}:partners`]);
  if (await tx.db.existsBy(PartnerApp, { tenantId: tx.tenant.id, name: wish.name })) return Object.assign(new PartnerNameTaken(), { message: `Another program is called ${wish.name}.`, name: wish.name });
  const count = await tx.db.countBy(PartnerApp, { tenantId: tx.tenant.id });
  if (count >= partnersMax) return Object.assign(new TooManyPartners(), { message: `There are ${partnersMax} programs already.`, max: partnersMax });
  const app = await tx.db.save(tx.db.create(PartnerApp, { tenantId: tx.tenant.id, id: newId('pap', tx.clock.now()), version: 1, ...wish, status: PartnerStatus.ACTIVE, reason: null }));
  await tx.emit(partnerRegistered, { aggregate: { id: app.id, version: app.version }, payload: partnerStateOf(app) });
  return app;
}
