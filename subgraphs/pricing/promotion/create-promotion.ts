import { promotionStarted } from '@haat/schema/events/pricing';
import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText, lineOf } from '@haat/kit/limits';
import { forbidden } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { DateTime, MinorUnits } from '@haat/kit/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { mayPromote, promotesEverything } from '../access/may.js';
import type { PricingTx } from '../context.js';
import { conditionsMax, effectsMax, wholePpm } from '../engine/limits.js';
import { openPromotionsMax, priceMinorMax, vendorPromotionsMax } from '../limits.js';
import { LimitReached } from '../names.js';
import { windowIsOpen, windowRules } from '../window.js';
import { checkRules } from './check-rules.js';
import { priceAnew } from './price-anew.js';
import { PromotionConditionInput } from './promotion-condition.js';
import { PromotionEffectInput } from './promotion-effect.js';
import { PromotionClass, PromotionState } from './promotion-enums.js';
import { promotionStateOf, stateAt } from './promotion-state.js';
import { Promotion } from './promotion.js';
import { rulesOf } from './rules-of.js';

/** A new promotion. */
@InputType({ description: 'What must hold for a new promotion, and what it gives. Amounts are in the currency of the marketplace.' })
export class CreatePromotionInput {
  @Field(() => String, { description: 'What buyers read beside the discount, 1 to 120 characters.' }) name: string;
  @Field(() => PromotionClass, { description: 'What it is about, which decides when it counts.' }) class: PromotionClass;
  @Field(() => Int, { defaultValue: 0, description: 'The higher, the sooner within its class: -1,000,000 to 1,000,000.' }) priority: number;
  @Field(() => ID, { nullable: true, description: 'The vendor whose goods alone it touches; merchants name their own.' }) vendorId?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'From when on it counts; at once when left out.' }) from?: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'Until when it counts; for ever when left out.' }) until?: Date | null;
  @Field(() => [PromotionConditionInput], { nullable: true, description: 'What must hold, all of it; at most 20.' }) conditions?: PromotionConditionInput[] | null;
  @Field(() => [PromotionEffectInput], { description: 'What is given, one after the other; 1 to 5.' }) effects: PromotionEffectInput[];
  @Field(() => String, { nullable: true, description: 'Of promotions with one group only the best counts; at most 64 characters.' }) exclusiveGroup?: string | null;
  @Field(() => [PromotionClass], { nullable: true, description: 'Classes it combines with on the same goods; none when left out.' }) combinesWith?: PromotionClass[] | null;
  @Field(() => Boolean, { defaultValue: false, description: 'Whether nothing later touches what it touched.' }) stopProcessing: boolean;
  @Field(() => MinorUnits, { nullable: true, description: 'The most it takes off one cart; any amount when left out.' }) maxDiscountMinor?: number | null;
  @Field(() => MinorUnits, { nullable: true, description: 'The most it takes off in all; any amount when left out.' }) budgetMinor?: number | null;
  @Field(() => Int, { nullable: true, description: "The platform's part of the discount, in parts per million; without it the vendor's own bears all, the platform's none." }) platformPpm?: number | null;
  @Field(() => ID, { nullable: true, description: 'Makes repeating safe, 1 to 255 characters; the Idempotency-Key header serves as well.' }) idempotencyKey?: string | null;
}

/** The promotion, or why there is none. */
export const CreatePromotionResult = resultOf('CreatePromotionResult', 'The new promotion, or why there is none.', [Promotion, LimitReached]);

const priorityMax = 1_000_000;
const amount = z.int().min(1).max(priceMinorMax).nullish().transform((minor) => minor ?? null);
const rules = z.object({
  name: lineOf(120), class: z.enum(PromotionClass), priority: z.int().min(-priorityMax).max(priorityMax), vendorId: idText.nullish().transform((id) => id ?? null),
  exclusiveGroup: lineOf(64).nullish().transform((text) => text ?? null), combinesWith: z.array(z.enum(PromotionClass)).max(4).nullish().transform((list) => [...new Set(list ?? [])]),
  stopProcessing: z.boolean(), maxDiscountMinor: amount, budgetMinor: amount, platformPpm: z.int().min(0).max(wholePpm).nullish(),
  conditions: z.array(z.custom<PromotionConditionInput>()).max(conditionsMax).nullish().transform((list) => list ?? []), effects: z.array(z.custom<PromotionEffectInput>()).min(1).max(effectsMax), ...windowRules,
}).refine(windowIsOpen, { path: ['until'], message: 'expected an end behind the beginning' });

/** Makes a promotion. A merchant's is their own vendor's, and borne by it. */
export async function createPromotion(tx: PricingTx, input: CreatePromotionInput): Promise<Promotion | LimitReached> {
  const { from, until, conditions, effects, platformPpm, ...wish } = parsed(rules, { ...input, idempotencyKey: undefined });
  if (!mayPromote(tx.viewer, wish.vendorId) || (platformPpm && !promotesEverything(tx.viewer))) throw forbidden();
  const given = rulesOf({ conditions, effects });
  const bears = platformPpm ?? (wish.vendorId ? 0 : wholePpm);
  const limit = await limitOf(tx, bears === 0 ? wish.vendorId : null);
  if (limit) return limit;
  const row = tx.db.create(Promotion, {
    tenantId: tx.tenant.id, id: newId('prm', tx.clock.now()), version: 1, ...wish, ...given, currency: tx.tenant.currency, startsAt: from, endsAt: until, spentMinor: 0,
    platformPpm: bears, needsCoupon: given.conditions.some(({ kind }) => kind === 'COUPON'), ...stateAt(tx.clock.now(), { startsAt: from, endsAt: until }),
  });
  checkRules(row);
  return begin(tx, await tx.db.save(row));
}

/** That there are as many as there may be: a vendor has few that it bears alone, and takes none from the marketplace or from others by them. */
async function limitOf(tx: PricingTx, vendorId: string | null): Promise<LimitReached | undefined> {
  const [row]: { open: number }[] = await tx.db.query(
    `select count(*)::int as open from promotion where state <> 'ENDED' and case when platform_ppm = 0 then vendor_id end is not distinct from $1`, [vendorId]);
  const max = vendorId === null ? openPromotionsMax : vendorPromotionsMax;
  if ((row?.open ?? 0) < max) return undefined;
  return LimitReached.of(vendorId === null ? 'promotions that count or wait' : 'promotions of one vendor that count or wait', max);
}

/** Says that it counts, where it does already, and has prices computed anew where everybody's change: now, or when it begins. */
async function begin(tx: PricingTx, promotion: Promotion): Promise<Promotion> {
  if (promotion.state === PromotionState.ACTIVE) await tx.emit(promotionStarted, { aggregate: { id: promotion.id, version: promotion.version }, payload: await promotionStateOf(tx, promotion) });
  if (promotion.class === PromotionClass.CATALOGUE && !promotion.needsCoupon) await priceAnew(tx, { vendorId: promotion.vendorId, at: later(tx.clock.now(), promotion.startsAt) });
  return promotion;
}

function later(now: Date, from: Date | null): Date {
  return from && from > now ? from : now;
}
