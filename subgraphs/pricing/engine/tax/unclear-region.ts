import { isSameRegion, looksAlike } from '../comparable-place.js';
import type { BuyerKind, PricingDestination } from '../pricing-input.js';
import type { TaxRateRule, TaxRules } from '../tax-rules.js';
import { isMeant, matches } from './tax-set.js';

/** Where something goes, and who buys it when. */
export interface RegionQuestion {
  readonly place: PricingDestination;
  readonly buyerKind: BuyerKind;
  readonly now: Date;
}

/**
 * The regions of which one is expected, where the place names none that taxes are known by and would escape one for that; none where all is clear. A region is
 * clear where a rate of the country names it, or where it is written as the rates write theirs and is another. What the whole country is taxed by escapes nothing.
 */
export function unclearRegion({ rates }: Pick<TaxRules, 'rates'>, question: RegionQuestion): string[] {
  const { place } = question;
  const there = rates.filter((rule) => rule.country === place.country);
  if (there.some((rule) => rule.region !== null && isSameRegion(namesOf(rule), place))) return [];
  const doubtful = there.filter((rule) => rule.region !== null && isMeant(rule, question) && !(place.region !== null && namesOf(rule).some((name) => looksAlike(name, place))));
  const escaping = doubtful.filter(({ code, taxClass }) => !there.some((rule) => rule.code === code && rule.taxClass === taxClass && matches(rule, { ...question, taxClass })));
  return [...new Set(escaping.flatMap(({ region }) => region ?? []))].sort();
}

function namesOf({ region, regionNames }: TaxRateRule): string[] {
  return region === null ? [] : [region, ...regionNames];
}
