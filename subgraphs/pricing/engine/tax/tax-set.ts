import type { BuyerKind, PricingDestination } from '../pricing-input.js';
import { comparablePlace, isSameRegion } from '../comparable-place.js';
import { isWithin } from '../time-window.js';
import type { TaxRateRule, TaxReason, TaxRules } from '../tax-rules.js';

/** A tax that counts; without a rule where nothing matches, to say why there is none. */
export interface SetTax extends Pick<TaxRateRule, 'jurisdiction' | 'name' | 'ratePpm' | 'basePpm' | 'isCompound' | 'position' | 'reason'> {
  readonly ruleId: string | null;
}

/** All taxes of one class of goods in one place, in their order, never none. */
export interface TaxSet {
  /** The same for the same taxes. */
  readonly key: string;
  readonly taxes: readonly SetTax[];
}

/** Whose taxes are asked for. */
export interface TaxQuestion {
  readonly taxClass: string;
  readonly place: PricingDestination;
  readonly buyerKind: BuyerKind;
  readonly now: Date;
}

/** The taxes of a class of goods in a place. */
export function taxSetOf(rules: TaxRules, question: TaxQuestion): TaxSet {
  const best = new Map<string, TaxRateRule>();
  for (const rule of rules.rates) {
    if (!matches(rule, question)) continue;
    const other = best.get(rule.code);
    if (other === undefined || isMoreSpecific(rule, other)) best.set(rule.code, rule);
  }
  const taxes: SetTax[] = [...best.values()].sort((a, b) => a.position - b.position || (a.ruleId < b.ruleId ? -1 : 1));
  if (taxes.length === 0) taxes.push(untaxed(question.place.country, rules.home.country));
  return { key: JSON.stringify(taxes.map(({ ruleId, reason }) => ruleId ?? reason)), taxes };
}

/** Whether a rule taxes a class of goods in a place. */
export function matches(rule: TaxRateRule, question: TaxQuestion): boolean {
  return rule.taxClass === question.taxClass && (rule.region === null || isSameRegion([rule.region, ...rule.regionNames], question.place)) && isMeant(rule, question);
}

/** Whether a rule would tax somebody there, whatever the region and the goods. */
export function isMeant(rule: TaxRateRule, { place, buyerKind, now }: Omit<TaxQuestion, 'taxClass'>): boolean {
  return rule.country === place.country
    && (rule.postalPrefixes.length === 0 || rule.postalPrefixes.some((prefix) => beginsWith(place.postalCode ?? '', prefix)))
    && (rule.buyerKinds.length === 0 || rule.buyerKinds.includes(buyerKind))
    && isWithin(rule, now);
}

function beginsWith(postalCode: string, prefix: string): boolean {
  const begin = comparablePlace(prefix);
  return begin !== '' && comparablePlace(postalCode).startsWith(begin);
}

function isMoreSpecific(a: TaxRateRule, b: TaxRateRule): boolean {
  const [x, y] = [specificity(a), specificity(b)];
  return x === y ? a.ruleId < b.ruleId : x > y;
}

function specificity(rule: TaxRateRule): number {
  return (rule.postalPrefixes.length > 0 ? 4 : 0) + (rule.region === null ? 0 : 2) + (rule.buyerKinds.length > 0 ? 1 : 0);
}

function untaxed(country: string, homeCountry: string): SetTax {
  const reason: TaxReason = country === homeCountry ? 'OUT_OF_SCOPE' : 'EXPORT';
  const name = reason === 'EXPORT' ? 'Export' : 'Out of scope';
  return { ruleId: null, jurisdiction: country, name, ratePpm: 0, basePpm: 1_000_000, isCompound: false, position: 0, reason };
}
