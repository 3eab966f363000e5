import { describe, expect, it } from 'vitest';
import type { Condition } from '../condition.js';
import { priceCart } from '../price-cart.js';
import type { PricingInput } from '../pricing-input.js';
import type { Promotion } from '../promotion.js';
import { aCartOf, aCoupon, aFlashSale, aPromotion, aRate, noon, theRules } from '../testing/a-cart.js';

const cart = aCartOf([
  ['mug', 2, 300, { categoryPaths: [['home', 'kitchen', 'mugs'], ['gifts']], attributes: [{ code: 'colour', values: ['blue', 'white'] }] }],
  ['tea', 1, 80, { vendorId: 'B', categoryPaths: [['food', 'tea']] }],
], { shipping: [{ vendorId: 'A', methodId: 'courier', amountMinor: 60 }], channel: 'app', paymentChoice: 'STRIPE' });

/** What one percent of the order says under a condition: null where it counts. */
function outcome(condition: Condition, facts: Partial<PricingInput> = {}, promotion: Partial<Promotion> = {}) {
  const tried = aPromotion('tried', [{ kind: 'PERCENT_OFF', ppm: 10_000, on: 'ORDER', target: null }], { class: 'ORDER', conditions: [condition], ...promotion });
  const { applied, rejected } = priceCart({ ...cart, ...facts, promotions: [tried] });
  if (applied.some(({ promotionId }) => promotionId === 'tried')) return null;
  const [{ reason, condition: of, missingMinor, missingQuantity } = { reason: 'SILENT', condition: null, missingMinor: null, missingQuantity: null }] = rejected;
  return [reason, of, missingMinor, missingQuantity];
}

const value = { kind: 'CART_VALUE', minMinor: null, maxMinor: null, when: 'NOW', tax: 'AS_PRICED' } as const;
const vat = { tax: theRules([aRate(150_000)]) };
const goods = { minQuantity: 1, minMinor: null };

describe('a condition on value', () => {
  it('holds from its minimum on, and says how much is missing below', () => {
    expect(outcome({ ...value, minMinor: 680 })).toBeNull();
    expect(outcome({ ...value, minMinor: 1000 })).toEqual(['BELOW_MINIMUM', 'CART_VALUE', 320, null]);
  });

  it('holds up to its maximum', () => {
    expect(outcome({ ...value, maxMinor: 680 })).toBeNull();
    expect(outcome({ ...value, maxMinor: 679 })).toEqual(['NOT_ELIGIBLE', 'CART_VALUE', null, null]);
  });

  it('looks before or after the catalogue', () => {
    const sale = { flashSales: [aFlashSale('mug', 200)] };
    expect(outcome({ ...value, minMinor: 680, when: 'BEFORE_CATALOGUE' }, sale)).toBeNull();
    expect(outcome({ ...value, minMinor: 680, when: 'AFTER_CATALOGUE' }, sale)).toEqual(['BELOW_MINIMUM', 'CART_VALUE', 200, null]);
    expect(outcome({ ...value, minMinor: 680 }, sale)).toEqual(['BELOW_MINIMUM', 'CART_VALUE', 200, null]);
  });

  it('counts taxes in, or out', () => {
    expect(outcome({ ...value, minMinor: 782, tax: 'GROSS' }, vat)).toBeNull();
    expect(outcome({ ...value, minMinor: 783, tax: 'GROSS' }, vat)).toEqual(['BELOW_MINIMUM', 'CART_VALUE', 1, null]);
    expect(outcome({ ...value, minMinor: 593, tax: 'NET' }, { tax: theRules([aRate(150_000)], { pricesIncludeTax: true }) })).toEqual(['BELOW_MINIMUM', 'CART_VALUE', 1, null]);
  });

  it("of a vendor's promotion counts this vendor's goods only", () => {
    expect(outcome({ ...value, minMinor: 680 }, {}, { vendorId: 'A' })).toEqual(['BELOW_MINIMUM', 'CART_VALUE', 80, null]);
    expect(outcome({ ...value, minMinor: 1 }, {}, { vendorId: 'Z' })).toEqual(['NO_MATCHING_GOODS', null, null, null]);
  });
});

describe('a condition on pieces', () => {
  it('holds between its limits, and says how many are missing', () => {
    expect(outcome({ kind: 'CART_QUANTITY', min: 3, max: 3 })).toBeNull();
    expect(outcome({ kind: 'CART_QUANTITY', min: 5, max: null })).toEqual(['BELOW_MINIMUM', 'CART_QUANTITY', null, 2]);
    expect(outcome({ kind: 'CART_QUANTITY', min: null, max: 2 })).toEqual(['NOT_ELIGIBLE', 'CART_QUANTITY', null, null]);
  });
});

describe('a condition on goods', () => {
  it.each<[string, Condition, Condition]>([
    ['products', { kind: 'PRODUCT', ids: ['other', 'product-mug'], ...goods }, { kind: 'PRODUCT', ids: ['other'], ...goods }],
    ['variants', { kind: 'PRODUCT', ids: ['variant-mug'], ...goods }, { kind: 'PRODUCT', ids: ['variant-cup'], ...goods }],
    ['categories above theirs', { kind: 'CATEGORY', categoryIds: ['home'], ...goods }, { kind: 'CATEGORY', categoryIds: ['cups'], ...goods }],
    ['any of their categories', { kind: 'CATEGORY', categoryIds: ['gifts'], ...goods }, { kind: 'CATEGORY', categoryIds: [], ...goods }],
    ['attributes', { kind: 'ATTRIBUTE', code: 'colour', values: ['red', 'blue'], ...goods }, { kind: 'ATTRIBUTE', code: 'size', values: ['blue'], ...goods }],
    ['vendors', { kind: 'VENDOR', vendorIds: ['B', 'C'], ...goods }, { kind: 'VENDOR', vendorIds: ['C'], ...goods }],
  ])('knows them by %s', (_, right, wrong) => {
    expect(outcome(right)).toBeNull();
    expect(outcome(wrong)).toEqual(['NO_MATCHING_GOODS', wrong.kind, null, 1]);
  });

  it('wants enough of them, in pieces and in money', () => {
    expect(outcome({ kind: 'PRODUCT', ids: ['mug'], minQuantity: 5, minMinor: 1000 })).toEqual(['BELOW_MINIMUM', 'PRODUCT', 400, 3]);
    expect(outcome({ kind: 'PRODUCT', ids: ['mug'], minQuantity: 2, minMinor: 600 })).toBeNull();
  });
});

describe('a condition on who, where and when', () => {
  const buyer = (facts: Partial<PricingInput['buyer']>) => ({ buyer: { ...cart.buyer, ...facts } });

  it('knows which order it would be', () => {
    const third = { kind: 'NTH_ORDER', min: 3, max: 3, every: null } as const;
    expect(outcome(third, buyer({ ordersBefore: 2 }))).toBeNull();
    expect(outcome(third, buyer({ ordersBefore: 3 }))).toEqual(['NOT_ELIGIBLE', 'NTH_ORDER', null, null]);
    expect(outcome(third, buyer({ ordersBefore: null }))).toEqual(['NOT_ELIGIBLE', 'NTH_ORDER', null, null]);
    const tenths = { kind: 'NTH_ORDER', min: null, max: null, every: 10 } as const;
    expect([9, 19, 10].map((ordersBefore) => outcome(tenths, buyer({ ordersBefore })) === null)).toEqual([true, true, false]);
  });

  it('knows where it goes', () => {
    const to = (country: string, region: string | null) => ({ destination: { country, region, postalCode: null } });
    const dhaka = { kind: 'COUNTRY', countries: ['SE', 'BD'], regions: ['DHA'] } as const;
    expect(outcome({ ...dhaka, regions: [] }, to('SE', null))).toBeNull();
    expect(outcome(dhaka, to('BD', 'DHA'))).toBeNull();
    expect(outcome(dhaka, to('BD', ' dha '))).toBeNull();
    expect(outcome(dhaka, to('BD', null))).toEqual(['NOT_ELIGIBLE', 'COUNTRY', null, null]);
    expect(outcome(dhaka, to('DE', 'DHA'))).toEqual(['NOT_ELIGIBLE', 'COUNTRY', null, null]);
  });

  it.each<[string, readonly number[], number, number, boolean]>([
    ['within its hours', [], 1080, 1081, true], ['at its end', [], 1000, 1080, false], ['before it', [], 1081, 1440, false],
    ['on its day', [6], 0, 1440, true], ['on another day', [7], 0, 1440, false],
    ['past midnight, having begun today', [6], 1070, 60, true], ['past midnight, before it begins', [6], 1090, 60, false],
    ['past midnight, having begun the day before', [5], 1439, 1081, true], ['past midnight, having begun another day', [4], 1439, 1081, false],
  ])('knows the time of the week where its clock hangs: %s', (_, days, fromMinute, untilMinute, holds) => {
    const found = outcome({ kind: 'TIME', timeZone: 'Asia/Dhaka', days, fromMinute, untilMinute });
    expect(found).toEqual(holds ? null : ['NOT_ELIGIBLE', 'TIME', null, null]);
  });

  it('knows whose week begins: Monday follows Sunday', () => {
    const monday = { now: new Date('2026-11-23T00:30:00Z') };
    expect(outcome({ kind: 'TIME', timeZone: 'UTC', days: [7], fromMinute: 1380, untilMinute: 60 }, monday)).toBeNull();
  });

  it('knows the kind and the groups of a buyer', () => {
    const vips = { kind: 'BUYER', kinds: ['COMPANY', 'PERSON'], groups: ['vip'] } as const;
    expect(outcome(vips, buyer({ groups: ['vip'] }))).toBeNull();
    expect(outcome(vips)).toEqual(['NOT_ELIGIBLE', 'BUYER', null, null]);
    expect(outcome({ ...vips, groups: [] }, buyer({ kind: 'GUEST' }))).toEqual(['NOT_ELIGIBLE', 'BUYER', null, null]);
  });

  it.each<[string, Condition, Condition]>([
    ['currency', { kind: 'CURRENCY', currencies: ['BDT'] }, { kind: 'CURRENCY', currencies: ['SEK'] }],
    ['channel', { kind: 'CHANNEL', channels: ['app'] }, { kind: 'CHANNEL', channels: ['web'] }],
    ['payment', { kind: 'PAYMENT', choices: ['STRIPE'] }, { kind: 'PAYMENT', choices: ['CASH_ON_DELIVERY'] }],
    ['delivery', { kind: 'SHIPPING_METHOD', methodIds: ['courier'] }, { kind: 'SHIPPING_METHOD', methodIds: ['drone'] }],
  ])('knows the %s', (_, right, wrong) => {
    expect(outcome(right)).toBeNull();
    expect(outcome(wrong)).toEqual(['NOT_ELIGIBLE', wrong.kind, null, null]);
  });
});

describe('a condition on a coupon or a budget', () => {
  const left = (leftMinor: number, currency = 'BDT') => ({ budgets: [{ promotionId: 'tried', leftMinor, currency }] });

  it('wants one of its coupons, and says nothing without', () => {
    expect(outcome({ kind: 'COUPON' }, { coupons: [aCoupon('YES', 'tried')] })).toBeNull();
    expect(outcome({ kind: 'COUPON' })).toEqual(['SILENT', null, null, null]);
  });

  it('wants enough left of the budget', () => {
    const budget = { kind: 'BUDGET', minLeftMinor: 10 } as const;
    expect(outcome(budget, left(10))).toBeNull();
    expect(outcome(budget, left(9))).toEqual(['BUDGET_SPENT', 'BUDGET', null, null]);
    expect(outcome({ kind: 'CART_QUANTITY', min: 1, max: null }, left(0))).toEqual(['BUDGET_SPENT', 'BUDGET', null, null]);
    expect(outcome(budget, left(10, 'SEK'))).toEqual(['NOT_ELIGIBLE', 'CURRENCY', null, null]);
  });

  it('is not for a cart in another currency than its amounts', () => {
    expect(outcome({ ...value, minMinor: 1 }, {}, { currency: 'SEK' })).toEqual(['NOT_ELIGIBLE', 'CURRENCY', null, null]);
  });
});

describe('conditions together', () => {
  it('tell what cannot be helped before what can, and gaps all at once', () => {
    const many = (...conditions: Condition[]) => outcome({ kind: 'CART_QUANTITY', min: 5, max: null }, {}, { conditions });
    const [pieces, money] = [{ kind: 'CART_QUANTITY', min: 5, max: null }, { ...value, minMinor: 1000 }] as const;
    expect(many(pieces, money)).toEqual(['BELOW_MINIMUM', 'CART_QUANTITY', 320, 2]);
    expect(many(pieces, { kind: 'CHANNEL', channels: ['web'] }, money)).toEqual(['NOT_ELIGIBLE', 'CHANNEL', null, null]);
    expect(many(pieces, { kind: 'PRODUCT', ids: ['cup'], ...goods })).toEqual(['NO_MATCHING_GOODS', 'PRODUCT', null, 2]);
  });

  it('are not looked at before a promotion begins, or when it is over', () => {
    const always = { kind: 'CART_QUANTITY', min: 1, max: null } as const;
    expect(outcome(always, {}, { from: noon })).toBeNull();
    expect(outcome(always, {}, { until: noon })).toEqual(['SILENT', null, null, null]);
    expect(outcome(always, {}, { from: new Date(noon.getTime() + 1) })).toEqual(['SILENT', null, null, null]);
  });
});
