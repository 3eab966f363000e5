import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText, lineOf, listOf } from '@haat/kit/limits';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { CountryCode, DateTime } from '@haat/kit/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import type { PricingTx } from '../context.js';
import { priceListsMax } from '../limits.js';
import { AlreadyEnded, LimitReached, NameTaken } from '../names.js';
import { windowRules, windowIsOpen } from '../window.js';
import { BuyerKind, PriceList } from './price-list.js';

/** A new price list. */
@InputType({ description: 'For whom and when the prices of a new list hold. They are set by setPrices.' })
export class CreatePriceListInput {
  @Field(() => String, { description: 'What staff call the list, 1 to 120 characters, unique in the marketplace.' }) name: string;
  @Field(() => Int, { defaultValue: 0, description: 'The list of the highest priority wins: -1,000,000 to 1,000,000.' }) priority: number;
  @Field(() => [String], { nullable: true, description: 'Channels it is for, at most 250; all when left out.' }) channels?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Groups of customers it is for, at most 250; everybody when left out.' }) groups?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Companies it is for, at most 250; everybody when left out.' }) companyIds?: string[] | null;
  @Field(() => [BuyerKind], { nullable: true, description: 'Kinds of buyers it is for; everybody when left out.' }) buyerKinds?: BuyerKind[] | null;
  @Field(() => [CountryCode], { nullable: true, description: 'Countries that goods must go to, at most 250; all when left out.' }) countries?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Vendors whose offers it may price, at most 250; all when left out.' }) vendorIds?: string[] | null;
  @Field(() => DateTime, { nullable: true, description: 'From when on it holds; always when left out.' }) from?: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'Until when it holds; for ever when left out.' }) until?: Date | null;
}

/** The list, or why there is none. */
export const CreatePriceListResult = resultOf('CreatePriceListResult', 'The new price list, or why there is none.', [PriceList, NameTaken, LimitReached]);

const priorityMax = 1_000_000;
const some = <T>(entry: z.ZodType<T>) => listOf(entry).nullish().transform((list) => list ?? []);
const rules = z.object({
  name: lineOf(120), priority: z.int().min(-priorityMax).max(priorityMax), channels: some(lineOf(64)), groups: some(lineOf(64)), companyIds: some(idText),
  buyerKinds: some(z.enum(BuyerKind)), countries: some(z.string()), vendorIds: some(idText), ...windowRules,
}).refine(windowIsOpen, { path: ['until'], message: 'expected an end behind the beginning' });

/** Makes a price list, without prices yet. */
export async function createPriceList(tx: PricingTx, input: CreatePriceListInput): Promise<PriceList | NameTaken | LimitReached> {
  const { from, until, ...wish } = parsed(rules, input);
  if ((await tx.db.countBy(PriceList, { isEnded: false })) >= priceListsMax) return LimitReached.of('price lists', priceListsMax);
  const id = newId('prl', tx.clock.now());
  const made = await tx.db.createQueryBuilder().insert().into(PriceList)
    .values({ tenantId: tx.tenant.id, id, version: 1, ...wish, startsAt: from, endsAt: until, isEnded: false }).orIgnore().execute();
  return (made.raw as unknown[]).length > 0 ? tx.db.findOneByOrFail(PriceList, { id }) : NameTaken.of(wish.name);
}

/** The list to be ended. */
@InputType({ description: 'The price list that shall hold no more.' })
export class EndPriceListInput {
  @Field(() => ID, { description: 'The price list; begins with prl_.' }) priceListId: string;
}

/** Ends a list for good: its prices hold no more. */
export async function endPriceList(tx: PricingTx, { priceListId }: EndPriceListInput): Promise<PriceList | AlreadyEnded> {
  const list = await tx.db.findOne(PriceList, { where: { id: priceListId }, lock: { mode: 'pessimistic_write' } });
  if (!list) throw notFound('price list');
  if (list.isEnded) return AlreadyEnded.of('price list');
  await tx.db.query('update offer_price o set due_at = $2 from price p where p.tenant_id = o.tenant_id and p.offer_id = o.id and p.price_list_id = $1', [priceListId, tx.clock.now()]);
  return tx.db.save(Object.assign(list, { isEnded: true, version: list.version + 1 }));
}

/** The list as it was ended. */
export const EndPriceListResult = resultOf('EndPriceListResult', 'The price list as it was ended, or that it was before.', [PriceList, AlreadyEnded]);
