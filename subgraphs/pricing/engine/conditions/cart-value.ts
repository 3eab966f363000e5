import type { LineCharge } from '../charge.js';
import type { CartValueCondition } from '../condition.js';
import { sumOf } from '../minor.js';
import { cannot, lacks, type Shortfall } from '../shortfall.js';
import { grossOf, splitTax } from '../tax/split-tax.js';
import type { ConditionView } from './condition-view.js';

/** The goods are worth enough, and not too much. */
export function checkCartValue(condition: CartValueCondition, view: ConditionView): Shortfall | null {
  const value = sumOf(view.lines, (line) => taxedAs(line, condition, view));
  const { minMinor, maxMinor } = condition;
  if (maxMinor !== null && value > maxMinor) return cannot('NOT_ELIGIBLE', 'CART_VALUE');
  return minMinor !== null && value < minMinor ? lacks({ minor: minMinor - value }, 'CART_VALUE') : null;
}

function taxedAs(line: LineCharge, condition: CartValueCondition, { input: { tax } }: ConditionView): number {
  const minor = amountAt(line, condition.when);
  if (condition.tax === 'AS_PRICED') return minor;
  const split = splitTax(minor, line.opened.taxes, { included: tax.pricesIncludeTax, rounding: tax.rounding });
  return condition.tax === 'NET' ? split.netMinor : grossOf(split);
}

function amountAt(line: LineCharge, when: CartValueCondition['when']): number {
  if (when === 'NOW') return line.amountMinor;
  return when === 'AFTER_CATALOGUE' ? line.afterCatalogueMinor : line.opened.subtotalMinor;
}
