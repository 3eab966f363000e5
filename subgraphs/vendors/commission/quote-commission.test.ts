import { describe, expect, it } from 'vitest';
import { CommissionTakenOf } from './commission-rule.js';
import { noTerms, quoteCommission, type CommissionRuleFacts, type SoldLine } from './quote-commission.js';

const rule = (id: string, more: Partial<CommissionRuleFacts> = {}): CommissionRuleFacts => ({ id, vendorIds: [], categoryIds: [], productIds: [], priceFromMinor: null, priceToMinor: null, ratePpm: 100_000, fixedMinor: 0, minMinor: null, maxMinor: null, ...more });
const line = (lineId: string, netMinor: number, more: Partial<SoldLine> = {}): SoldLine => ({ lineId, vendorId: 'A', productId: 'p', categoryPaths: [['top', 'leaf']], quantity: 1, netMinor, grossMinor: netMinor + 15, ...more });
const terms = { ...noTerms, taxRatePpm: 150_000 };
const matched = (rules: readonly CommissionRuleFacts[], sold: SoldLine) => quoteCommission(rules, terms, { lines: [sold], shipping: [] }).lines[0]?.ruleId;
const amount = (one: Partial<CommissionRuleFacts>, sold: SoldLine, more = {}) => quoteCommission([rule('r', one)], { ...terms, ...more }, { lines: [sold], shipping: [] }).lines[0]?.amountMinor;

describe('the worked order', () => {
  it('gives A 3600 + 446 = 4046 with VAT 607, of it 540 and 67 by line, and B 360 with VAT 54', () => {
    const sold = { lines: [line('A1', 35_998, { quantity: 2 }), line('A2', 4_455), line('B1', 3_599, { vendorId: 'B', quantity: 3 })], shipping: [{ vendorId: 'A', netMinor: 6_000, grossMinor: 6_900 }, { vendorId: 'B', netMinor: 8_000, grossMinor: 9_200 }] };
    const { lines, vendors } = quoteCommission([rule('r')], terms, sold);
    expect(lines.map(({ amountMinor, taxMinor }) => [amountMinor, taxMinor])).toEqual([[3_600, 540], [446, 67], [360, 54]]);
    expect(vendors).toMatchObject([{ vendorId: 'A', shippingMinor: 0, netMinor: 4_046, taxMinor: 607 }, { vendorId: 'B', netMinor: 360, taxMinor: 54 }]);
  });
});

describe('the first rule that matches', () => {
  it.each<[string, CommissionRuleFacts[], SoldLine, string | null]>([
    ['wins over later ones', [rule('one'), rule('two')], line('l', 100), 'one'],
    ['is none where none does', [rule('one', { vendorIds: ['B'] })], line('l', 100), null],
    ['has one of its vendors', [rule('one', { vendorIds: ['B', 'A'] })], line('l', 100), 'one'],
    ['has its category anywhere in a path', [rule('one', { categoryIds: ['top'] })], line('l', 100), 'one'],
    ['has its category in any of several paths', [rule('one', { categoryIds: ['other'] })], line('l', 100, { categoryPaths: [['top'], ['x', 'other']] }), 'one'],
    ['has its product', [rule('one', { productIds: ['q'] }), rule('two')], line('l', 100), 'two'],
    ['fails when one of its conditions does', [rule('one', { vendorIds: ['A'], categoryIds: ['nowhere'] }), rule('two')], line('l', 100), 'two'],
    ['takes the lower end of its band', [rule('one', { priceFromMinor: 50 })], line('l', 100, { quantity: 2 }), 'one'],
    ['leaves what is a fraction below its band', [rule('one', { priceFromMinor: 50 })], line('l', 99, { quantity: 2 }), null],
    ['leaves the upper end of its band', [rule('one', { priceToMinor: 50 }), rule('two', { priceFromMinor: 50 })], line('l', 100, { quantity: 2 }), 'two'],
  ])('%s', (_, rules, sold, expected) => expect(matched(rules, sold)).toBe(expected));
});

describe('a line\'s commission', () => {
  it.each([
    ['half a unit up', { ratePpm: 100_000 }, line('l', 4_455), 446],
    ['a fixed amount for each piece', { fixedMinor: 30 }, line('l', 1_000, { quantity: 3 }), 190],
    ['at least its minimum', { minMinor: 50 }, line('l', 100), 50],
    ['at most its maximum', { maxMinor: 5 }, line('l', 100), 5],
    ['never more than the line', { fixedMinor: 500, minMinor: 500 }, line('l', 100), 100],
    ['nothing of nothing', { fixedMinor: 500 }, line('l', 0), 0],
    ['exact beyond what a float holds', { ratePpm: 1_000_000 }, line('l', Number.MAX_SAFE_INTEGER - 15), Number.MAX_SAFE_INTEGER - 15],
  ])('is %s', (_, one, sold, expected) => expect(amount(one, sold)).toBe(expected));

  it('is taken of the gross where the terms say so', () => expect(amount({}, line('l', 1_000, { grossMinor: 1_150 }), { takenOf: CommissionTakenOf.GROSS })).toBe(115));
});

describe('a delivery\'s commission', () => {
  it('is a share of it, taxed with the lines, and no unit of tax is lost', () => {
    const { lines, vendors } = quoteCommission([rule('r')], { ...terms, shippingRatePpm: 50_000 }, { lines: [line('1', 333), line('2', 333)], shipping: [{ vendorId: 'A', netMinor: 6_660, grossMinor: 7_659 }, { vendorId: 'C', netMinor: 1_000, grossMinor: 1_150 }] });
    expect(vendors).toMatchObject([{ shippingMinor: 333, netMinor: 399, taxMinor: 60 }, { vendorId: 'C', shippingMinor: 50, netMinor: 50, taxMinor: 8 }]);
    expect(lines.reduce((sum, one) => sum + one.taxMinor, vendors[0]?.shippingTaxMinor ?? 0)).toBe(60);
  });
});
