import { conditionsMax, effectsMax, wholePpm } from '../limits.js';
import type { Promotion } from '../promotion.js';
import { conditionHasMoney, conditionProblems, currencyProblems } from './condition-problems.js';
import { expected, inOrder, wholeIn, wholeOrNone, type DataProblem } from './data-problem.js';
import { effectHasMoney, effectProblems } from './effect-problems.js';

/** Everything wrong with a promotion, so that it is known before a cart meets it. Whether its ids exist is for others to say. */
export function promotionProblems(promotion: Promotion): DataProblem[] {
  const { conditions, effects, currency, class: of } = promotion;
  return [
    ...inOrder(promotion, ['until']),
    ...wholeIn(promotion.platformPpm, { min: 0, max: wholePpm }, ['platformPpm']),
    ...wholeIn(promotion.priority, { min: -1_000_000, max: 1_000_000 }, ['priority']),
    ...wholeOrNone(promotion.maxDiscountMinor, { min: 1 }, ['maxDiscountMinor']),
    ...(currency === null ? [] : currencyProblems(currency, ['currency'])),
    ...expected(currency !== null || !hasMoney(promotion), { path: ['currency'], code: 'CURRENCY_MISSING', message: 'expected a currency for the amounts, came none' }),
    ...expected(new Set(promotion.combinesWith).size === promotion.combinesWith.length, { path: ['combinesWith'], code: 'TWICE', message: 'expected each class once' }),
    ...expected(conditions.length <= conditionsMax, { path: ['conditions'], code: 'TOO_MANY', message: `expected at most ${conditionsMax} conditions, came ${conditions.length}` }),
    ...wholeIn(effects.length, { min: 1, max: effectsMax }, ['effects']),
    ...conditions.flatMap((condition, index) => conditionProblems(condition, of, ['conditions', index])),
    ...effects.flatMap((effect, index) => effectProblems(effect, of, ['effects', index])),
  ];
}

function hasMoney({ conditions, effects, maxDiscountMinor }: Promotion): boolean {
  return maxDiscountMinor !== null || conditions.some(conditionHasMoney) || effects.some(effectHasMoney);
}
