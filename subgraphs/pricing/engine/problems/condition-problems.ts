import { isCurrency } from '@haat/kit/currencies';
import type { Condition, ConditionKind, GoodsAtLeast, TimeCondition } from '../condition.js';
import { isTimeZone } from '../conditions/time-of-week.js';
import type { PromotionClass } from '../promotion.js';
import { expected, fewOf, someOf, wholeIn, wholeOrNone, type DataProblem } from './data-problem.js';

/** Conditions that hold of a price on a page as well as in a cart; a catalogue promotion has no others. */
const ofCatalogue: readonly ConditionKind[] = ['PRODUCT', 'CATEGORY', 'ATTRIBUTE', 'VENDOR', 'COUNTRY', 'TIME', 'BUDGET', 'CURRENCY', 'BUYER', 'CHANNEL'];

/** What is wrong with a condition of a promotion of a class. */
export function conditionProblems(condition: Condition, of: PromotionClass, path: DataProblem['path']): DataProblem[] {
  const isOfClass = of !== 'CATALOGUE' || (ofCatalogue.includes(condition.kind) && !needsMoreThanOne(condition));
  return [
    ...expected(isOfClass, { path: [...path, 'kind'], code: 'NOT_OF_CLASS', message: `expected a condition that one piece alone can meet, came ${condition.kind}` }),
    ...ownProblems(condition, path),
  ];
}

/** Whether a condition names an amount of money. */
export function conditionHasMoney(condition: Condition): boolean {
  if (condition.kind === 'BUDGET' || condition.kind === 'CART_VALUE') return true;
  return 'minMinor' in condition && condition.minMinor !== null;
}

function needsMoreThanOne(condition: Condition): boolean {
  return 'minQuantity' in condition && (condition.minQuantity > 1 || condition.minMinor !== null);
}

function ownProblems(condition: Condition, path: DataProblem['path']): DataProblem[] {
  const at = (name: string): DataProblem['path'] => [...path, name];
  switch (condition.kind) {
    case 'CART_VALUE': return between(condition.minMinor, condition.maxMinor, { path, names: ['minMinor', 'maxMinor'], min: 0 });
    case 'CART_QUANTITY': return between(condition.min, condition.max, { path, names: ['min', 'max'], min: 1 });
    case 'PRODUCT': return [...someOf(condition.ids, at('ids')), ...goodsProblems(condition, path)];
    case 'CATEGORY': return [...someOf(condition.categoryIds, at('categoryIds')), ...goodsProblems(condition, path)];
    case 'ATTRIBUTE': return [...someOf([condition.code], at('code')), ...someOf(condition.values, at('values')), ...goodsProblems(condition, path)];
    case 'VENDOR': return [...someOf(condition.vendorIds, at('vendorIds')), ...goodsProblems(condition, path)];
    case 'NTH_ORDER': return condition.every === null
      ? between(condition.min, condition.max, { path, names: ['min', 'max'], min: 1 })
      : [...wholeIn(condition.every, { min: 1 }, at('every')), ...wholeOrNone(condition.min, { min: 1 }, at('min')), ...wholeOrNone(condition.max, { min: 1 }, at('max'))];
    case 'COUNTRY': return [...someOf(condition.countries, at('countries')), ...fewOf(condition.regions, at('regions'))];
    case 'TIME': return timeProblems(condition, path);
    case 'COUPON': return [];
    case 'BUDGET': return wholeIn(condition.minLeftMinor, { min: 1 }, at('minLeftMinor'));
    case 'CURRENCY': return [...someOf(condition.currencies, at('currencies')), ...condition.currencies.flatMap((code, index) => currencyProblems(code, [...at('currencies'), index]))];
    case 'BUYER': return someOf([...condition.kinds, ...condition.groups], path);
    case 'CHANNEL': return someOf(condition.channels, at('channels'));
    case 'PAYMENT': return someOf(condition.choices, at('choices'));
    case 'SHIPPING_METHOD': return someOf(condition.methodIds, at('methodIds'));
  }
}

/** What is wrong with a currency. */
export function currencyProblems(code: string, path: DataProblem['path']): DataProblem[] {
  return expected(isCurrency(code), { path, code: 'CURRENCY_UNKNOWN', message: `expected a currency of ISO 4217, came ${code}` });
}

function between(min: number | null, max: number | null, of: { readonly path: DataProblem['path']; readonly names: readonly [string, string]; readonly min: number }): DataProblem[] {
  const { path, names: [minName, maxName] } = of;
  return [
    ...wholeOrNone(min, of, [...path, minName]),
    ...wholeOrNone(max, { min: Math.max(min ?? 0, of.min) }, [...path, maxName]),
    ...expected(min !== null || max !== null, { path, code: 'EMPTY', message: `expected ${minName} or ${maxName}, came neither` }),
  ];
}

function goodsProblems({ minQuantity, minMinor }: GoodsAtLeast, path: DataProblem['path']): DataProblem[] {
  return [...wholeIn(minQuantity, { min: 1 }, [...path, 'minQuantity']), ...wholeOrNone(minMinor, { min: 1 }, [...path, 'minMinor'])];
}

function timeProblems({ timeZone, days, fromMinute, untilMinute }: TimeCondition, path: DataProblem['path']): DataProblem[] {
  return [
    ...expected(isTimeZone(timeZone), { path: [...path, 'timeZone'], code: 'TIME_ZONE_UNKNOWN', message: `expected a time zone such as Asia/Dhaka, came ${timeZone}` }),
    ...days.flatMap((day, index) => wholeIn(day, { min: 1, max: 7 }, [...path, 'days', index])),
    ...wholeIn(fromMinute, { min: 0, max: 1439 }, [...path, 'fromMinute']),
    ...wholeIn(untilMinute, { min: 0, max: 1440 }, [...path, 'untilMinute']),
    ...expected(fromMinute !== untilMinute, { path: [...path, 'untilMinute'], code: 'OUT_OF_RANGE', message: `expected another minute than ${fromMinute}` }),
  ];
}
