import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText, lineOf } from '@haat/kit/limits';
import { badInput, forbidden, type InputProblem } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { DateTime, MinorUnits } from '@haat/kit/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { mayPrice, pricesEverything, promotesEverything } from '../access/may.js';
import type { PricingTx } from '../context.js';
import { wholePpm } from '../engine/limits.js';
import { rememberedGoods } from '../facts/described-goods.js';
import { flashSaleOffersMax, openFlashSalesMax, priceMinorMax, vendorFlashSalesMax } from '../limits.js';
import { LimitReached } from '../names.js';
import { PromotionClass } from '../promotion/promotion-enums.js';
import { stateAt } from '../promotion/promotion-state.js';
import { priceOffersAnew } from '../promotion/price-anew.js';
import { FlashSale, FlashSaleOffer } from './flash-sale.js';
import { startFlashSale } from './move-due-flash-sales.js';

/** An offer in a sale. */
@InputType({ description: 'What one offer costs in a flash sale, and how many pieces there are for that.' })
export class FlashSaleOfferInput {
  @Field(() => ID, { description: 'The offer that is in the sale; begins with ofr_.' }) offerId: string;
  @Field(() => MinorUnits, { description: 'For one piece, in the currency of the marketplace.' }) minor: number;
  @Field(() => Int, { nullable: true, description: 'How many pieces are sold at this price, 1 to 1,000,000; any number when left out.' }) quota?: number | null;
  @Field(() => Int, { nullable: true, description: 'How many pieces one customer may have; any number when left out.' }) perBuyerMax?: number | null;
}

/** A new sale. */
@InputType({ description: 'A sale of some offers for a time.' })
export class ScheduleFlashSaleInput {
  @Field(() => String, { description: 'What buyers read beside the discount, 1 to 120 characters.' }) name: string;
  @Field(() => DateTime, { description: 'When the sale begins; at once where it is past.' }) from: Date;
  @Field(() => DateTime, { description: 'When the sale ends; ahead of us, and at most 90 days after its beginning.' }) until: Date;
  @Field(() => [FlashSaleOfferInput], { description: `The offers, at most ${flashSaleOffersMax}, each once.` }) offers: FlashSaleOfferInput[];
  @Field(() => [PromotionClass], { nullable: true, description: 'Classes that may come on top of it; none when left out.' }) combinesWith?: PromotionClass[] | null;
  @Field(() => Int, { nullable: true, description: "The platform's part of the discount, in parts per million; operators only, none when left out." }) platformPpm?: number | null;
  @Field(() => ID, { nullable: true, description: 'Makes repeating safe, 1 to 255 characters; the Idempotency-Key header serves as well.' }) idempotencyKey?: string | null;
}

/** The sale. */
export const ScheduleFlashSaleResult = resultOf('ScheduleFlashSaleResult', 'The sale as it was scheduled, or why it was not.', [FlashSale, LimitReached]);

const daysMax = 90;
const piecesMax = 1_000_000;
const pieces = z.int().min(1).max(piecesMax).nullish().transform((count) => count ?? null);
const rules = z.object({
  name: lineOf(120), from: z.date(), until: z.date(), platformPpm: z.int().min(0).max(wholePpm).nullish().transform((ppm) => ppm ?? 0),
  combinesWith: z.array(z.enum(PromotionClass)).max(4).nullish().transform((list) => [...new Set(list ?? [])]),
  offers: z.array(z.object({ offerId: idText, minor: z.int().min(0).max(priceMinorMax), quota: pieces, perBuyerMax: pieces })).max(flashSaleOffersMax),
}).refine(({ from, until }) => until > from && until.getTime() - from.getTime() <= daysMax * 86_400_000, { path: ['until'], message: `expected an end within ${daysMax} days after the beginning` });

/** Schedules a sale. Its offers are priced anew when it begins and ends; one that begins in the past begins at once. */
export async function scheduleFlashSale(tx: PricingTx, input: ScheduleFlashSaleInput): Promise<FlashSale | LimitReached> {
  const { offers, from, until, ...wish } = parsed(rules, { ...input, idempotencyKey: undefined });
  const now = tx.clock.now();
  if (until <= now) throw badInput([{ path: ['input', 'until'], message: 'expected an end that is ahead of us' }]);
  if (wish.platformPpm > 0 && !promotesEverything(tx.viewer)) throw forbidden();
  if (offers.length === 0 && !pricesEverything(tx.viewer)) throw badInput([{ path: ['input', 'offers'], message: 'expected an offer that you may price' }]);
  const vendorsOfOffers = await checkOffers(tx, offers);
  const vendorIds = pricesEverything(tx.viewer) ? [] : vendorsOfOffers;
  const limit = await limitOf(tx, vendorIds);
  if (limit) return limit;
  const sale = await tx.db.save(tx.db.create(FlashSale, { tenantId: tx.tenant.id, id: newId('fls', now), version: 1, ...wish, vendorIds, startsAt: from, endsAt: until, ...stateAt(now, { startsAt: from, endsAt: until }) }));
  const rows = offers.map(({ offerId, minor, quota, perBuyerMax }) => ({ tenantId: tx.tenant.id, id: `${sale.id}:${offerId}`, version: 1, flashSaleId: sale.id, offerId, currency: tx.tenant.currency, priceMinor: minor, quota, perBuyerMax, taken: 0 }));
  if (rows.length > 0) await tx.db.insert(FlashSaleOffer, rows);
  await priceOffersAnew(tx, offers.map(({ offerId }) => offerId), from > now ? from : now);
  if (from <= now) await startFlashSale(tx, sale);
  return sale;
}

/** That there are as many as there may be, of the marketplace or of any of these vendors: one vendor's take none from others. */
async function limitOf(tx: PricingTx, vendorIds: readonly string[]): Promise<LimitReached | undefined> {
  const isMarkets = vendorIds.length === 0;
  const [row]: { most: number }[] = await tx.db.query(
    `select coalesce(max(n), 0)::int as most from (select count(*) as n from flash_sale s left join unnest(s.vendor_ids) as v on true
       where s.state <> 'ENDED' and coalesce(v, '') = any($1) group by v) as counted`, [isMarkets ? [''] : vendorIds]);
  const max = isMarkets ? openFlashSalesMax : vendorFlashSalesMax;
  if ((row?.most ?? 0) < max) return undefined;
  return LimitReached.of(isMarkets ? 'flash sales that run or wait' : 'flash sales of one vendor that run or wait', max);
}

/** Refuses what is twice, or not theirs: an offer of others' is as one that is not there. Answers whose they are. */
async function checkOffers(tx: PricingTx, offers: readonly { readonly offerId: string }[]): Promise<string[]> {
  const goods = await rememberedGoods(tx, offers.map(({ offerId }) => offerId));
  const seen = new Set<string>();
  const problems: InputProblem[] = offers.flatMap(({ offerId }, at) => {
    const one = goods.get(offerId);
    const isTwice = seen.has(offerId);
    seen.add(offerId);
    if (!one || !mayPrice(tx.viewer, one.vendorId)) return [{ path: ['input', 'offers', at, 'offerId'], message: 'expected an offer that you may price' }];
    return isTwice ? [{ path: ['input', 'offers', at, 'offerId'], message: 'expected each offer once' }] : [];
  });
  if (problems.length > 0) throw badInput(problems);
  return [...new Set([...goods.values()].map(({ vendorId }) => vendorId))];
}
