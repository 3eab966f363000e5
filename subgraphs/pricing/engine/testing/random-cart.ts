import fc from 'fast-check';
import type { FlashSale } from '../flash-sale.js';
import type { PriceFact } from '../price-fact.js';
import type { PricingInput, PricingLine } from '../pricing-input.js';
import type { TaxRateRule, TaxRules } from '../tax-rules.js';
import { aCart, aCoupon, aFlashSale, aLine, aPrice, aRate, theRules } from './a-cart.js';
import { categoryIds, offerIds, randomPromotion, vendorIds } from './random-promotion.js';

/** Without decimals, with two, with three. */
const currencies = ['JPY', 'BDT', 'KWD'] as const;
const promotionIds = ['p1', 'p2', 'p3', 'p4', 'p5'] as const;
const amount = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 9999 }) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 5_000_000_000 }) });

/** Carts of up to eight lines with promotions, coupons, flash sales, delivery and taxes of every style. */
export function randomCart(): fc.Arbitrary<PricingInput> {
  return fc.constantFrom(...currencies).chain((currency) => fc.record({
    lines: fc.array(line, { minLength: 1, maxLength: 8 }).map((lines) => lines.map((facts, index) => ({ ...facts, lineId: `l${index}` }))),
    prices: prices(currency),
    flashSales: fc.array(flashSale(currency), { maxLength: 2 }),
    promotions: fc.tuple(...promotionIds.map(randomPromotion)).chain((all) => fc.subarray(all)),
    budgets: fc.array(fc.record({ promotionId: fc.constantFrom(...promotionIds), leftMinor: amount, currency: fc.constant(currency) }), { maxLength: 1 }),
    coupons: fc.constantFrom([], [aCoupon('ONE', 'p1')]),
    shipping: fc.subarray([...vendorIds]).chain((of) => fc.tuple(...of.map((vendorId) => fc.record({ vendorId: fc.constant(vendorId), methodId: fc.constant('post'), amountMinor: amount })))),
    destination: fc.constantFrom('BD', 'BD', 'SE', 'US').map((country) => ({ country, region: null, postalCode: null })),
    tax: taxes,
    search: fc.constantFrom('BY_PRIORITY', 'BY_PRIORITY', 'BEST_DEAL'),
  }).map((facts) => aCart({ ...facts, currency })));
}

const line: fc.Arbitrary<PricingLine> = fc.record({
  offerId: fc.constantFrom(...offerIds), quantity: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 2000 })),
  category: fc.constantFrom(...categoryIds), taxClass: fc.constantFrom('standard', 'food', 'none'), floorMinor: fc.option(fc.integer({ min: 0, max: 3000 }), { freq: 3 }),
}).map(({ offerId, quantity, category, taxClass, floorMinor }) => aLine('', quantity, {
  offerId, vendorId: vendorIds[offerIds.indexOf(offerId) % vendorIds.length], categoryPaths: [['all', category]], taxClass, floorMinor,
}));

function prices(currency: string): fc.Arbitrary<PriceFact[]> {
  return fc.tuple(...offerIds.map((offerId) => fc.tuple(amount, fc.option(fc.integer({ min: 0, max: 9999 }), { freq: 3 })).map(([own, tier]) => [
    aPrice(offerId, own, { currency }), ...(tier === null ? [] : [aPrice(offerId, tier, { currency, priceId: `tier-${offerId}`, minQuantity: 5 })]),
  ]))).map((all) => all.flat());
}

function flashSale(currency: string): fc.Arbitrary<FlashSale> {
  return fc.record({ offerId: fc.constantFrom(...offerIds), priceMinor: fc.integer({ min: 0, max: 5000 }), piecesLeft: fc.option(fc.integer({ min: 0, max: 9 })), platformPpm: fc.integer({ min: 0, max: 1_000_000 }) })
    .map(({ offerId, priceMinor, ...facts }) => aFlashSale(offerId, priceMinor, { ...facts, currency, flashSaleId: `flash-${offerId}-${priceMinor}` }));
}

const rates: fc.Arbitrary<TaxRateRule[]> = fc.tuple(fc.integer({ min: 0, max: 400_000 }), fc.integer({ min: 0, max: 400_000 }), fc.boolean(), fc.boolean()).map(([high, low, isCompound, hasSecond]) => [
  aRate(high, { ruleId: 'high' }), aRate(low, { ruleId: 'low', taxClass: 'food' }), aRate(high, { ruleId: 'abroad', country: 'SE', jurisdiction: 'SE' }),
  ...(hasSecond ? [aRate(low, { ruleId: 'second', code: 'CITY', position: 1, isCompound, basePpm: 700_000 })] : []),
]);

const taxes: fc.Arbitrary<TaxRules> = fc.tuple(rates, fc.record({
  pricesIncludeTax: fc.boolean(), abroad: fc.constantFrom('KEEP_GROSS', 'KEEP_NET'), rounding: fc.constantFrom('HALF_UP', 'HALF_EVEN'), level: fc.constantFrom('LINE', 'UNIT', 'RATE_GROUP'),
  shipping: fc.constantFrom<TaxRules['shipping']>({ kind: 'PROPORTIONAL' }, { kind: 'OWN_CLASS', taxClass: 'food' }),
})).map(([all, rules]) => theRules(all, rules));
