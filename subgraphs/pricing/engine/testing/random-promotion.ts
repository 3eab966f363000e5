import fc from 'fast-check';
import type { Condition } from '../condition.js';
import { everything, type Effect, type Target } from '../effect.js';
import type { Promotion, PromotionClass } from '../promotion.js';
import { aPromotion } from './a-cart.js';

/** What random carts sell, by whom, and under what they are filed. */
export const offerIds = ['o1', 'o2', 'o3', 'o4', 'o5', 'o6'] as const;
export const vendorIds = ['A', 'B', 'C'] as const;
export const categoryIds = ['c1', 'c2', 'c3'] as const;

const amount = fc.integer({ min: 1, max: 5000 });
const few = fc.integer({ min: 1, max: 4 });
const ppm = fc.oneof(fc.constant(1_000_000), fc.integer({ min: 1, max: 1_000_000 }));
const perhaps = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(one, { freq: 2 });

const target: fc.Arbitrary<Target> = fc.record({
  ids: fc.subarray([...offerIds]), categoryIds: fc.subarray([...categoryIds], { maxLength: 2 }), excludesDiscounted: fc.constantFrom(false, false, true),
}).chain((lists) => fc.constantFrom<Target>(everything, { ...everything, ids: lists.ids }, { ...everything, categoryIds: lists.categoryIds }, { ...everything, excludedIds: lists.ids, excludesDiscounted: lists.excludesDiscounted }));
const orNamed = perhaps(target);
const tiers = fc.array(fc.tuple(fc.integer({ min: 1, max: 6000 }), fc.boolean(), ppm, amount), { minLength: 1, maxLength: 4 })
  .map((all) => all.map(([from, isPercent, of, amountMinor]) => (isPercent ? { from, off: 'PERCENT' as const, ppm: of } : { from, off: 'AMOUNT' as const, amountMinor })));

const percent = (...on: ('LINE' | 'GROUP' | 'ORDER' | 'SHIPPING')[]): fc.Arbitrary<Effect> => fc.record({ kind: fc.constant('PERCENT_OFF'), ppm, on: fc.constantFrom(...on), target: orNamed });
const off = (...on: ('PIECE' | 'LINE' | 'GROUP' | 'ORDER' | 'SHIPPING')[]): fc.Arbitrary<Effect> => fc.record({ kind: fc.constant('AMOUNT_OFF'), amountMinor: amount, on: fc.constantFrom(...on), target: orNamed });
const tiered = (...on: ('LINE' | 'GROUP' | 'ORDER' | 'SHIPPING')[]): fc.Arbitrary<Effect> => fc.record({ kind: fc.constant('TIERED'), by: fc.constantFrom('QUANTITY', 'VALUE'), on: fc.constantFrom(...on), tiers, target: orNamed });
const fixed: fc.Arbitrary<Effect> = fc.record({ kind: fc.constant('FIXED_PRICE'), priceMinor: amount, target: orNamed });
const gift: fc.Arbitrary<Effect> = fc.record({ kind: fc.constant('GIFT'), offerId: fc.constantFrom(...offerIds), quantity: few });
const some = fc.record({ target, quantity: few });
const ofPieces: fc.Arbitrary<Effect>[] = [
  fc.record({ kind: fc.constant('BUNDLE_PRICE'), items: fc.array(some, { minLength: 1, maxLength: 3 }), priceMinor: amount, timesMax: perhaps(few) }),
  fc.record({ kind: fc.constant('CHEAPEST_FREE'), pieces: few, ofEvery: few.map((n) => n + 4), timesMax: perhaps(few), target: orNamed }),
  fc.record({ kind: fc.constant('BUY_X_GET_Y'), buy: some, get: some, ppm, timesMax: perhaps(few) }),
];
const freeShipping: fc.Arbitrary<Effect> = fc.record({ kind: fc.constant('FREE_SHIPPING'), capMinor: perhaps(amount), target: orNamed });

const effectsOf: Record<PromotionClass, fc.Arbitrary<Effect>> = {
  CATALOGUE: fc.oneof(percent('LINE'), off('PIECE'), fixed),
  LINE: fc.oneof(percent('LINE'), off('PIECE', 'LINE'), fixed, tiered('LINE'), gift, ...ofPieces),
  ORDER: fc.oneof(percent('GROUP', 'ORDER'), off('GROUP', 'ORDER'), tiered('GROUP', 'ORDER'), gift),
  SHIPPING: fc.oneof(percent('SHIPPING'), off('SHIPPING'), tiered('SHIPPING'), freeShipping),
};

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ kind: fc.constant('CART_VALUE'), minMinor: perhaps(amount), maxMinor: fc.constant(null), when: fc.constantFrom('BEFORE_CATALOGUE', 'AFTER_CATALOGUE', 'NOW'), tax: fc.constantFrom('AS_PRICED', 'NET', 'GROSS') }),
  fc.record({ kind: fc.constant('CART_QUANTITY'), min: perhaps(few), max: fc.constant(null) }),
  fc.record({ kind: fc.constant('PRODUCT'), ids: fc.subarray([...offerIds], { minLength: 1 }), minQuantity: few, minMinor: perhaps(amount) }),
  fc.record({ kind: fc.constant('CATEGORY'), categoryIds: fc.subarray([...categoryIds], { minLength: 1 }), minQuantity: few, minMinor: fc.constant(null) }),
  fc.record({ kind: fc.constant('NTH_ORDER'), min: perhaps(few), max: perhaps(few), every: fc.constant(null) }),
);

/** A promotion as vendors and staff may think of it. */
export function randomPromotion(promotionId: string): fc.Arbitrary<Promotion> {
  const classes = ['CATALOGUE', 'LINE', 'ORDER', 'SHIPPING'] as const;
  return fc.constantFrom(...classes).chain((of) => fc.record({
    effects: fc.array(effectsOf[of], { minLength: 1, maxLength: 2 }), conditions: fc.array(condition, { maxLength: 1 }), priority: few,
    vendorId: fc.option(fc.constantFrom(...vendorIds), { freq: 4 }), exclusiveGroup: fc.option(fc.constantFrom('g1', 'g2'), { freq: 4 }),
    combinesWith: fc.oneof({ weight: 2, arbitrary: fc.constant([...classes]) }, { weight: 1, arbitrary: fc.subarray([...classes]) }),
    stopProcessing: fc.constantFrom(false, false, false, true), maxDiscountMinor: fc.option(amount, { freq: 4 }), platformPpm: fc.integer({ min: 0, max: 1_000_000 }),
  }).map(({ effects, ...facts }) => aPromotion(promotionId, effects, { ...facts, class: of })));
}
