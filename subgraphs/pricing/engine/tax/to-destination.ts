import type { TaxRules } from '../tax-rules.js';
import { grossOf, splitTax } from './split-tax.js';
import type { TaxSet } from './tax-set.js';

/** What the goods are taxed with at home, and where they go. */
export interface TaxSetPair {
  readonly home: TaxSet;
  readonly there: TaxSet;
}

/**
 * A price as it is written at home, as it is for where the goods go. It changes only where prices hold the tax, the goods leave the
 * country, and the seller is to earn the same: then the taxes of home go out, and those of there come in.
 */
export function toDestination(minor: number, sets: TaxSetPair, { rules, country }: { readonly rules: TaxRules; readonly country: string }): number {
  if (!rules.pricesIncludeTax || rules.abroad === 'KEEP_GROSS' || country === rules.home.country || sets.home.key === sets.there.key) return minor;
  const { netMinor } = splitTax(minor, sets.home, { included: true, rounding: rules.rounding });
  return grossOf(splitTax(netMinor, sets.there, { included: false, rounding: rules.rounding }));
}
