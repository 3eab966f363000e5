import type { LineCharge } from '../charge.js';
import type { AttributeCondition, CategoryCondition, Condition, ProductCondition, VendorCondition } from '../condition.js';
import { hasAttribute, isInCategory, isOneOf } from '../matches-target.js';
import { sumOf } from '../minor.js';
import { lacks, type Shortfall } from '../shortfall.js';
import type { ConditionView } from './condition-view.js';

/** A condition on which goods there are. */
export type GoodsCondition = ProductCondition | CategoryCondition | AttributeCondition | VendorCondition;

/** Whether a condition is one on goods. */
export function isGoodsCondition(condition: Condition): condition is GoodsCondition {
  return condition.kind === 'PRODUCT' || condition.kind === 'CATEGORY' || condition.kind === 'ATTRIBUTE' || condition.kind === 'VENDOR';
}

/** The cart holds enough of the goods. */
export function checkGoods(condition: GoodsCondition, { lines }: ConditionView): Shortfall | null {
  const named = lines.filter((line) => isNamed(line, condition));
  const pieces = sumOf(named, ({ opened }) => opened.facts.quantity);
  const worth = sumOf(named, ({ opened }) => opened.subtotalMinor);
  const gap = { quantity: gapOf(pieces, condition.minQuantity), minor: gapOf(worth, condition.minMinor ?? 0) };
  if (gap.quantity === null && gap.minor === null) return null;
  return { ...lacks(gap, condition.kind), reason: named.length === 0 ? 'NO_MATCHING_GOODS' : 'BELOW_MINIMUM' };
}

/** Whether a condition speaks of a line. */
export function isNamed({ opened: { facts } }: LineCharge, condition: GoodsCondition): boolean {
  switch (condition.kind) {
    case 'PRODUCT': return isOneOf(facts, condition.ids);
    case 'CATEGORY': return isInCategory(facts, condition.categoryIds);
    case 'ATTRIBUTE': return hasAttribute(facts, condition);
    case 'VENDOR': return condition.vendorIds.includes(facts.vendorId);
  }
}

/** The lines that all kinds of conditions on goods name, each by one of its kind; all lines where there are none. */
export function namedLines(lines: readonly LineCharge[], conditions: readonly Condition[]): LineCharge[] {
  const goods = conditions.filter(isGoodsCondition);
  const kinds = [...new Set(goods.map(({ kind }) => kind))];
  return lines.filter((line) => kinds.every((kind) => goods.some((condition) => condition.kind === kind && isNamed(line, condition))));
}

function gapOf(has: number, needs: number): number | null {
  return has < needs ? needs - has : null;
}
