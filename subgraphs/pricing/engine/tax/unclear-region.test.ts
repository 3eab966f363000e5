import { describe, expect, it } from 'vitest';
import type { TaxRateRule } from '../tax-rules.js';
import { aRate } from '../testing/a-cart.js';
import { unclearRegion } from './unclear-region.js';

const newYork = aRate(80_000, { country: 'US', code: 'SALES', region: 'NY', regionNames: ['New York'] });
const expectedAt = (region: string | null, rates: readonly TaxRateRule[], country = 'US', postalCode: string | null = null) =>
  unclearRegion({ rates }, { place: { country, region, postalCode }, buyerKind: 'PERSON', now: new Date(0) });

describe('the region of an address', () => {
  it.each(['NY', 'ny', ' US-NY ', 'New York', 'NEW-YORK', 'OR', 'us-or'])('is clear as "%s"', (region) => {
    expect(expectedAt(region, [newYork])).toEqual([]);
  });

  it.each([null, '', 'Nueva York', 'Oregon', 'N.Y. State', 'Goa'])('is not clear as "%s" where a tax would be escaped', (region) => {
    expect(expectedAt(region, [newYork])).toEqual(['NY']);
  });

  it('is not clear by its code where the rate says a name alone, and clear by the name', () => {
    const byName = { ...newYork, region: 'New York', regionNames: [] };
    expect([expectedAt('NY', [byName]), expectedAt('new york', [byName])]).toEqual([['New York'], []]);
  });

  it('may be anything in a country without rates by region, where one rate taxes the whole country, or where the rates are none of the buyer\'s', () => {
    expect(expectedAt('Oregon', [newYork], 'SE')).toEqual([]);
    expect(expectedAt('Oregon', [newYork, { ...newYork, ruleId: 'all', region: null, regionNames: [] }])).toEqual([]);
    expect(expectedAt('Oregon', [newYork, { ...newYork, ruleId: 'all', code: 'OTHER', region: null, regionNames: [] }])).toEqual(['NY']);
    expect(expectedAt('Oregon', [{ ...newYork, buyerKinds: ['COMPANY'] }])).toEqual([]);
    expect(expectedAt('Oregon', [{ ...newYork, until: new Date(0) }])).toEqual([]);
    expect([expectedAt('Oregon', [{ ...newYork, postalPrefixes: ['10'] }], 'US', '97201'), expectedAt('Oregon', [{ ...newYork, postalPrefixes: ['10'] }], 'US', '10001')]).toEqual([[], ['NY']]);
  });
});
