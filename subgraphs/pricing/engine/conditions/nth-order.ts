import type { NthOrderCondition } from '../condition.js';
import { cannot, type Shortfall } from '../shortfall.js';
import type { ConditionView } from './condition-view.js';

/** This would be the buyer's so-and-so-manieth order. */
export function checkNthOrder(condition: NthOrderCondition, { input: { buyer } }: ConditionView): Shortfall | null {
  return buyer.ordersBefore !== null && isNumber(condition, buyer.ordersBefore + 1) ? null : cannot('NOT_ELIGIBLE', 'NTH_ORDER');
}

/** Whether an order of this number, counted from 1, is meant. */
export function isNumber({ min, max, every }: NthOrderCondition, nth: number): boolean {
  return (min === null || nth >= min) && (max === null || nth <= max) && (every === null || nth % every === 0);
}
