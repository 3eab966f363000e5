import type { CartQuantityCondition } from '../condition.js';
import { sumOf } from '../minor.js';
import { cannot, lacks, type Shortfall } from '../shortfall.js';
import type { ConditionView } from './condition-view.js';

/** The cart holds enough pieces, and not too many. */
export function checkCartQuantity({ min, max }: CartQuantityCondition, { lines }: ConditionView): Shortfall | null {
  const pieces = sumOf(lines, ({ opened }) => opened.facts.quantity);
  if (max !== null && pieces > max) return cannot('NOT_ELIGIBLE', 'CART_QUANTITY');
  return min !== null && pieces < min ? lacks({ quantity: min - pieces }, 'CART_QUANTITY') : null;
}
