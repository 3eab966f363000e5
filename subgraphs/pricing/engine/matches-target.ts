import type { LineCharge } from './charge.js';
import type { Target } from './effect.js';
import type { PricedGoods } from './pricing-input.js';

/** Whether a line is meant by a target. */
export function matchesTarget(line: LineCharge, target: Target): boolean {
  const goods = line.opened.facts;
  return (target.ids.length === 0 || isOneOf(goods, target.ids))
    && (target.categoryIds.length === 0 || isInCategory(goods, target.categoryIds))
    && (target.vendorIds.length === 0 || target.vendorIds.includes(goods.vendorId))
    && (target.productTypes.length === 0 || target.productTypes.includes(goods.productType))
    && target.attributes.every((attribute) => hasAttribute(goods, attribute))
    && !isOneOf(goods, target.excludedIds)
    && !isInCategory(goods, target.excludedCategoryIds)
    && !(target.excludesDiscounted && line.parts.length > 0);
}

/** Whether goods are one of these products, variants or offers. */
export function isOneOf({ productId, variantId, offerId }: PricedGoods, ids: readonly string[]): boolean {
  return ids.includes(productId) || ids.includes(variantId) || ids.includes(offerId);
}

/** Whether goods are in one of these categories, or in one below. */
export function isInCategory({ categoryPaths }: PricedGoods, categoryIds: readonly string[]): boolean {
  return categoryIds.length > 0 && categoryPaths.some((path) => path.some((id) => categoryIds.includes(id)));
}

/** Whether goods have one of the values of an attribute. */
export function hasAttribute({ attributes }: PricedGoods, { code, values }: { readonly code: string; readonly values: readonly string[] }): boolean {
  return attributes.some((attribute) => attribute.code === code && attribute.values.some((value) => values.includes(value)));
}
