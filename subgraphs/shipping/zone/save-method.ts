import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText, lineOf } from '@haat/kit/limits';
import { badInput, notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { MoneyInput } from '@haat/kit/shared-types';
import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { carriers } from '../carrier/carrier.js';
import type { ShippingTx } from '../context.js';
import { ownZone, TooManyShippingRules } from './save-zone.js';
import { MethodRow } from './zone.row.js';
import { ShippingMethod } from './zone.type.js';

/** Ways of delivery in one zone, and weights of one way. */
const [methodsMax, bandsMax] = [50, 50];

/** What goods up to a weight shall cost. */
@InputType({ description: 'What the delivery of goods up to a weight shall cost.' })
export class ShippingBandInput {
  @Field(() => Int, { nullable: true, description: 'The heaviest that the price is for, in grams; left out for any weight.' }) upToGrams?: number | null;
  @Field(() => MoneyInput, { description: 'What the delivery costs, before anything is off.' }) price: MoneyInput;
}

/** A way of delivery as it shall be. */
@InputType({ description: 'A way of delivery as it shall be: a new one, or another text of one that is there.' })
export class SaveShippingMethodInput {
  @Field(() => ID, { nullable: true, description: 'The way that shall be different; left out for a new one.' }) methodId?: string | null;
  @Field(() => ID, { description: 'The zone in which it is offered; of a way that is there, its own.' }) zoneId: string;
  @Field(() => String, { description: 'What buyers read, 1 to 120 characters.' }) name: string;
  @Field(() => String, { defaultValue: 'own', description: 'Who carries: own for the vendor itself, or pathao.' }) carrier: string;
  @Field(() => [ShippingBandInput], { description: 'What it costs by weight, 1 to 50 bands from light to heavy.' }) bands: ShippingBandInput[];
  @Field(() => MoneyInput, { nullable: true, description: 'For each kilogram begun beyond the last band; left out where nothing heavier is taken.' }) perExtraKilo?: MoneyInput | null;
  @Field(() => MoneyInput, { nullable: true, description: 'From which worth of goods on the delivery costs nothing.' }) freeFrom?: MoneyInput | null;
  @Field(() => MoneyInput, { nullable: true, description: 'The least worth of goods that it takes.' }) minSubtotal?: MoneyInput | null;
  @Field(() => MoneyInput, { nullable: true, description: 'The greatest worth of goods that it takes.' }) maxSubtotal?: MoneyInput | null;
  @Field(() => [String], { nullable: true, description: 'Goods of these shipping profiles only; all when left out.' }) shippingProfiles?: string[] | null;
  @Field(() => Boolean, { defaultValue: false, description: 'Whether cash is taken at the door.' }) allowsCashOnDelivery: boolean;
  @Field(() => Int, { nullable: true, description: 'Days until it arrives at the earliest, 0 to 365.' }) minDays?: number | null;
  @Field(() => Int, { nullable: true, description: 'Days until it arrives at the latest, 0 to 365; left out where nobody promises.' }) maxDays?: number | null;
  @Field(() => Int, { nullable: true, description: 'Lower comes first among the ways of a zone; 100 when left out.' }) position?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether buyers can choose it; true when left out.' }) isActive?: boolean | null;
}

/** The way, or why not. */
export const SaveShippingMethodResult = resultOf('SaveShippingMethodResult', 'The way of delivery as it is now, or why it is not.', [ShippingMethod, TooManyShippingRules]);

const money = z.object({ minor: z.int().min(0), currency: z.string() });
const amount = money.nullish();
const days = z.int().min(0).max(365).nullish().transform((count) => count ?? null);
const rules = z.object({
  methodId: idText.nullish(), zoneId: idText, name: lineOf(120), carrier: z.enum(carriers), bands: z.array(z.object({ upToGrams: z.int().min(1).nullish().transform((grams) => grams ?? null), price: money })).min(1, 'expected at least one band').max(bandsMax),
  perExtraKilo: amount, freeFrom: amount, minSubtotal: amount, maxSubtotal: amount, shippingProfiles: z.array(lineOf(64)).max(50).nullish().transform((some) => some ?? []),
  allowsCashOnDelivery: z.boolean(), minDays: days, maxDays: days, position: z.int().min(0).max(1_000).nullish().transform((place) => place ?? 100), isActive: z.boolean().nullish().transform((is) => is ?? true),
});

/** Makes a way of delivery, or gives one another text. Orders that chose it keep what they were told. */
export async function saveMethod(tx: ShippingTx, input: SaveShippingMethodInput): Promise<ShippingMethod | TooManyShippingRules> {
  const wish = parsed(rules, input);
  checkOrder(wish);
  const facts = factsOf(tx.tenant.currency, wish);
  const zone = await ownZone(tx, wish.zoneId);
  if (wish.methodId) {
    const method = await tx.db.findOneBy(MethodRow, { tenantId: tx.tenant.id, id: wish.methodId, zoneId: zone.id });
    if (!method) throw notFound('way of delivery in this zone');
    return ShippingMethod.of(await tx.db.save(Object.assign(method, facts, { version: method.version + 1 })), tx.tenant.currency);
  }
  if ((await tx.db.countBy(MethodRow, { tenantId: tx.tenant.id, zoneId: zone.id })) >= methodsMax) return TooManyShippingRules.of('ways of delivery in the zone', methodsMax);
  const row = tx.db.create(MethodRow, { tenantId: tx.tenant.id, id: newId('smt', tx.clock.now()), version: 1, zoneId: zone.id, vendorId: zone.vendorId, ...facts });
  return ShippingMethod.of(await tx.db.save(row), tx.tenant.currency);
}

type Wish = z.infer<typeof rules>;

function checkOrder({ bands, minDays, maxDays }: Wish): void {
  const at = bands.findIndex(({ upToGrams }, n) => n > 0 && (bands[n - 1]?.upToGrams ?? Infinity) >= (upToGrams ?? Infinity));
  if (at > 0) throw badInput([{ path: ['input', 'bands', at, 'upToGrams'], message: 'expected bands from light to heavy, the last one at most without an end' }]);
  if (minDays !== null && (maxDays === null || maxDays < minDays)) throw badInput([{ path: ['input', 'maxDays'], message: 'expected no fewer days than minDays' }]);
}

function factsOf(currency: string, { bands, perExtraKilo, freeFrom, minSubtotal, maxSubtotal, name, carrier, shippingProfiles, allowsCashOnDelivery, minDays, maxDays, position, isActive }: Wish): Partial<MethodRow> {
  const minorOf = (given: Wish['freeFrom'], path: readonly (string | number)[]): number | null => {
    if (given && given.currency !== currency) throw badInput([{ path: ['input', ...path, 'currency'], message: `expected ${currency}, the currency of this marketplace` }]);
    return given?.minor ?? null;
  };
  return {
    name, carrier, shippingProfiles, allowsCashOnDelivery, minDays, maxDays, position, isActive,
    bands: bands.map(({ upToGrams, price }, at) => ({ upToGrams, amountMinor: minorOf(price, ['bands', at, 'price']) ?? 0 })),
    perExtraKiloMinor: minorOf(perExtraKilo, ['perExtraKilo']), freeFromMinor: minorOf(freeFrom, ['freeFrom']), minSubtotalMinor: minorOf(minSubtotal, ['minSubtotal']), maxSubtotalMinor: minorOf(maxSubtotal, ['maxSubtotal']),
  };
}
