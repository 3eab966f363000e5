import { taxPpmMax, wholePpm } from '../limits.js';
import type { TaxRateRule, TaxReason } from '../tax-rules.js';
import { expected, fewOf, inOrder, someOf, wholeIn, type DataProblem } from './data-problem.js';

const zeros: readonly TaxReason[] = ['EXEMPT', 'ZERO_RATED', 'REVERSE_CHARGE', 'EXPORT', 'OUT_OF_SCOPE'];

/** Everything wrong with a tax rate: a reason for zero has no rate, and a rate of zero has such a reason. */
export function taxRuleProblems(rule: TaxRateRule): DataProblem[] {
  const isZero = zeros.includes(rule.reason);
  return [
    ...inOrder(rule, ['until']),
    ...wholeIn(rule.ratePpm, { min: 0, max: taxPpmMax }, ['ratePpm']),
    ...expected(isZero === (rule.ratePpm === 0), { path: ['reason'], code: 'OUT_OF_RANGE', message: `expected ${isZero ? 'no rate' : 'a rate'} for ${rule.reason}, came ${rule.ratePpm}` }),
    ...wholeIn(rule.basePpm, { min: 1, max: wholePpm }, ['basePpm']),
    ...wholeIn(rule.position, { min: 0, max: 100 }, ['position']),
    ...someOf([rule.code], ['code']), ...someOf([rule.taxClass], ['taxClass']), ...someOf([rule.name], ['name']), ...someOf([rule.jurisdiction], ['jurisdiction']),
    ...expected(/^[A-Z]{2}$/.test(rule.country), { path: ['country'], code: 'OUT_OF_RANGE', message: `expected a country of ISO 3166-1, came ${rule.country}` }),
    ...fewOf(rule.postalPrefixes, ['postalPrefixes']), ...fewOf(rule.regionNames, ['regionNames']),
    ...expected(rule.region !== null || rule.regionNames.length === 0, { path: ['regionNames'], code: 'OUT_OF_RANGE', message: 'expected no names, since no region is named' }),
  ];
}
