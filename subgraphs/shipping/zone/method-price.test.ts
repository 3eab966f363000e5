import { describe, expect, it } from 'vitest';
import { methodPrice, type Rates } from './method-price.js';

const rates: Rates = {
  bands: [{ upToGrams: 500, amountMinor: 6_000 }, { upToGrams: 2_000, amountMinor: 9_000 }], perExtraKiloMinor: 1_500, freeFromMinor: 100_000, minSubtotalMinor: null, maxSubtotalMinor: null, shippingProfiles: [], isActive: true,
};
const price = (changes: Partial<Rates>, load: Partial<Parameters<typeof methodPrice>[1]> = {}) => methodPrice({ ...rates, ...changes }, { subtotalMinor: 10_000, weightGrams: 400, shippingProfiles: ['standard'], ...load });

describe('the price of a way of delivery', () => {
  it.each([[1, 6_000], [500, 6_000], [501, 9_000], [2_000, 9_000], [2_001, 10_500], [3_000, 10_500], [3_001, 12_000]])('of %d grams goes by its band, then by each kilogram begun', (weightGrams, minor) => {
    expect(price({}, { weightGrams })).toBe(minor);
  });

  it('is the lightest band\'s where nobody knows the weight', () => {
    expect(price({}, { weightGrams: null })).toBe(6_000);
  });

  it('is nothing from an amount on, but only for what is taken at all', () => {
    expect(price({}, { subtotalMinor: 99_999 })).toBe(6_000);
    expect(price({}, { subtotalMinor: 100_000 })).toBe(0);
    expect(price({ perExtraKiloMinor: null }, { subtotalMinor: 100_000, weightGrams: 9_000 })).toBeNull();
  });

  it('is none for goods that are too heavy, too cheap, too dear or of another kind, nor where it is switched off', () => {
    expect(price({ perExtraKiloMinor: null }, { weightGrams: 2_001 })).toBeNull();
    expect(price({ minSubtotalMinor: 10_001 })).toBeNull();
    expect(price({ maxSubtotalMinor: 9_999 })).toBeNull();
    expect(price({ shippingProfiles: ['standard'] }, { shippingProfiles: ['standard', 'cold'] })).toBeNull();
    expect(price({ isActive: false })).toBeNull();
    expect(price({ bands: [{ upToGrams: null, amountMinor: 1 }] }, { weightGrams: 1e7 })).toBe(1);
  });
});
