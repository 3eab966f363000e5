import { describe, expect, it } from 'vitest';
import { priceCart } from '../price-cart.js';
import type { PriceFact, PriceListFact } from '../price-fact.js';
import type { PricingInput } from '../pricing-input.js';
import { aCart, aLine, aPrice, noon } from '../testing/a-cart.js';

const aList = (listId: string, facts: Partial<PriceListFact> = {}, conditions: Partial<PriceListFact['conditions']> = {}): PriceListFact => ({
  listId, priority: 0, from: null, until: null, conditions: { channels: [], groups: [], companyIds: [], buyerKinds: [], countries: [], ...conditions }, ...facts,
});
const own = aPrice('a', 1000);
const listed = (priceId: string, amountMinor: number, facts: Partial<PriceFact> = {}, list = aList(priceId)): PriceFact => aPrice('a', amountMinor, { priceId, list, ...facts });

/** The id of the price that counts for some pieces of an offer. */
function selected(prices: readonly PriceFact[], quantity = 1, facts: Partial<PricingInput> = {}): string | undefined {
  return priceCart(aCart({ lines: [aLine('a', quantity)], prices, ...facts })).lines[0]?.priceId;
}

describe('the price of an offer', () => {
  it('is its own where no list has one', () => {
    expect(selected([own, aPrice('b', 1)])).toBe('price-a');
  });

  it('is that of the highest list, be it dearer', () => {
    expect(selected([own, listed('low', 500), listed('high', 2000, {}, aList('high', { priority: 1 }))])).toBe('high');
  });

  it('in lists of one priority is the most specific, then the lowest, then the first by id', () => {
    const forApp = aList('app', {}, { channels: ['app'] });
    expect(selected([listed('all', 500), listed('app', 900, {}, forApp)], 1, { channel: 'app' })).toBe('app');
    expect(selected([listed('x', 500), listed('y', 400)])).toBe('y');
    expect(selected([listed('y', 500), listed('x', 500)])).toBe('x');
  });

  it('falls by tiers, counted over all lines of the offer', () => {
    const tiers = [own, aPrice('a', 900, { priceId: 'ten', minQuantity: 10 }), aPrice('a', 800, { priceId: 'fifty', minQuantity: 50 })];
    expect([9, 10, 50].map((quantity) => selected(tiers, quantity))).toEqual(['price-a', 'ten', 'fifty']);
    const { lines } = priceCart(aCart({ lines: [aLine('l1', 6, { offerId: 'a' }), aLine('l2', 4, { offerId: 'a' })], prices: tiers }));
    expect(lines.map(({ unitPriceMinor, basePriceMinor }) => [unitPriceMinor, basePriceMinor])).toEqual([[900, 1000], [900, 1000]]);
  });

  it.each<[string, PriceListFact['conditions'] extends infer C ? Partial<C> : never, Partial<PricingInput>]>([
    ['channels', { channels: ['app'] }, { channel: 'app' }],
    ['groups', { groups: ['vip', 'staff'] }, { buyer: { ...aCart({}).buyer, groups: ['staff'] } }],
    ['companies', { companyIds: ['c1'] }, { buyer: { ...aCart({}).buyer, companyId: 'c1' } }],
    ['kinds of buyers', { buyerKinds: ['COMPANY'] }, { buyer: { ...aCart({}).buyer, kind: 'COMPANY' } }],
    ['countries', { countries: ['SE'] }, { destination: { country: 'SE', region: null, postalCode: null } }],
  ])('of a list for some %s is for them only', (_, conditions, right) => {
    const prices = [own, listed('special', 500, {}, aList('special', {}, conditions))];
    expect([selected(prices), selected(prices, 1, right)]).toEqual(['price-a', 'special']);
  });

  it('holds in its time and in its currency only, as does its list', () => {
    const after = new Date(noon.getTime() + 1);
    expect(selected([own, aPrice('a', 1, { priceId: 'later', from: after }), aPrice('a', 1, { priceId: 'over', until: noon }), aPrice('a', 1, { priceId: 'krona', currency: 'SEK' })])).toBe('price-a');
    expect(selected([own, listed('now', 500, {}, aList('now', { until: after }))])).toBe('now');
    expect(selected([own, listed('over', 500, {}, aList('over', { until: noon }))])).toBe('price-a');
  });

  it('from a list leaves a trace beside its own', () => {
    const { trace, lines } = priceCart(aCart({ lines: [aLine('a', 2)], prices: [own, listed('list', 700, { compareAtMinor: 1200 })] }));
    expect(trace.slice(0, 2).map(({ step, ruleId, beforeMinor, afterMinor }) => [step, ruleId, beforeMinor, afterMinor])).toEqual([['BASE', 'price-a', 0, 2000], ['LIST', 'list', 2000, 1400]]);
    expect(lines[0]).toMatchObject({ basePriceMinor: 1000, unitPriceMinor: 700, priceListId: 'list', compareAtMinor: 1200, subtotalMinor: 1400, discountMinor: 0 });
  });
});
