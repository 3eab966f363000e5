import type { NthOrderCondition } from '../condition.js';
import { cannot, type Shortfall } from '../shortfall.js';
import type { ConditionView } from './condition-view.js';

/** This would be the buyer's so-and-so-manieth order. */
export function checkNthOrder({ min, max, every }: NthOrderCondition, { input: { buyer } }: ConditionView): Shortfall | null {
  if (buyer.ordersBefore === null) return cannot('NOT_ELIGIBLE', 'NTH_ORDER');
  const nth = buyer.ordersBefore + 1;
  const isMeant = (min === null || nth >= min) && (max === null || nth <= max) && (every === null || nth % every === 0);
  return isMeant ? null : cannot('NOT_ELIGIBLE', 'NTH_ORDER');
}
