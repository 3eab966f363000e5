import { createHash, randomBytes } from 'node:crypto';
import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { invariant } from '@haat/kit/invariant';
import { idText, listOf } from '@haat/kit/limits';
import { forbidden, notFound } from '@haat/kit/refusal';
import { In } from 'typeorm';
import { z } from 'zod';
import { mayHandOut, mayPromote } from '../access/may.js';
import type { PricingTx } from '../context.js';
import { newCodes, normalCode } from '../engine/coupon-code.js';
import { codeCharactersMax, couponBatchMax, randomSigns } from '../limits.js';
import { PromotionState } from '../promotion/promotion-enums.js';
import { Promotion } from '../promotion/promotion.js';
import { windowIsOpen, windowRules } from '../window.js';
import { Coupon } from './coupon.js';
import { CouponCodeTaken, CreateCouponsSucceeded, PromotionTakesNoCoupons, type CreateCouponsInput } from './create-coupons.input.js';

const usesMost = 1_000_000_000;
const limit = z.int().min(1).max(usesMost).nullish().transform((count) => count ?? null);
const rules = z.object({
  promotionId: idText, code: z.string().max(codeCharactersMax * 3).transform(normalCode).pipe(z.string().regex(new RegExp(`^[\\p{L}\\p{N}_-]{4,${codeCharactersMax}}$`, 'u'), `expected 4 to ${codeCharactersMax} letters, digits, hyphens and underscores`)).nullish(),
  count: z.int().min(1).max(couponBatchMax).nullish(), prefix: z.string().max(36).transform(normalCode).pipe(z.string().regex(/^[\p{L}\p{N}_-]{0,12}$/u, 'expected at most 12 letters, digits, hyphens and underscores')).nullish(),
  usesMax: limit, usesPerBuyerMax: limit, usesPerDayMax: limit, isForFirstOrder: z.boolean(), userIds: listOf(idText).nullish().transform((list) => list ?? []),
  emails: listOf(z.email().max(254)).nullish().transform((list) => (list ?? []).map(hashOfEmail)), ...windowRules,
}).refine(windowIsOpen, { path: ['until'], message: 'expected an end behind the beginning' })
  .refine(({ code, count }) => (code ? 1 : 0) + (count ? 1 : 0) === 1, { path: ['code'], message: 'expected either a code or a count' });

type Wish = z.infer<typeof rules>;

/** Makes a coupon with a chosen code, or a batch with codes that nobody can guess. */
export async function createCoupons(tx: PricingTx, input: CreateCouponsInput): Promise<CreateCouponsSucceeded | CouponCodeTaken | PromotionTakesNoCoupons> {
  const wish = parsed(rules, { ...input, idempotencyKey: undefined });
  const promotion = await tx.db.findOneBy(Promotion, { id: wish.promotionId });
  if (!promotion || !mayPromote(tx.viewer, promotion.vendorId)) throw notFound('promotion');
  if (!mayHandOut(tx.viewer, promotion)) throw forbidden();
  if (!promotion.needsCoupon || promotion.state === PromotionState.ENDED) return PromotionTakesNoCoupons.of(promotion.id);
  if (wish.code) return (await insert(tx, wish, [wish.code])).length === 1 ? succeeded(tx, [wish.code]) : CouponCodeTaken.of(wish.code);
  return succeeded(tx, await batch(tx, wish, wish.count ?? 0));
}

/** Two random codes are hardly ever the same; those that are taken are drawn again. */
async function batch(tx: PricingTx, wish: Wish, count: number): Promise<string[]> {
  const made: string[] = [];
  for (let tries = 0; made.length < count && tries < 5; tries += 1) {
    made.push(...(await insert(tx, wish, newCodes(randomBytes, { count: count - made.length, length: randomSigns, prefix: wish.prefix ?? '' }))));
  }
  invariant(made.length === count, 'Random codes of coupons were taken again and again.');
  return made;
}

/** Answers the codes that were free. */
async function insert(tx: PricingTx, wish: Wish, codes: readonly string[]): Promise<string[]> {
  const rows: { code: string }[] = await tx.db.query(
    `insert into coupon (id, code, promotion_id, starts_at, ends_at, uses_max, uses_per_buyer_max, uses_per_day_max, is_for_first_order, user_ids, email_hashes)
     select r.id, r.code, $2, $3, $4, $5, $6, $7, $8, $9, $10 from jsonb_to_recordset($1::jsonb) as r(id text, code text) order by r.code on conflict (tenant_id, code) do nothing returning code`,
    [JSON.stringify(codes.map((code) => ({ id: newId('cpn', tx.clock.now()), code }))), wish.promotionId, wish.from, wish.until, wish.usesMax, wish.usesPerBuyerMax, wish.usesPerDayMax, wish.isForFirstOrder, wish.userIds, wish.emails]);
  return rows.map(({ code }) => code);
}

async function succeeded(tx: PricingTx, codes: readonly string[]): Promise<CreateCouponsSucceeded> {
  return Object.assign(new CreateCouponsSucceeded(), { coupons: await tx.db.find(Coupon, { where: { code: In([...codes]) }, order: { code: 'ASC' } }) });
}

/** As `pricing.quote` has it: trimmed, lower case. */
function hashOfEmail(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('hex');
}
