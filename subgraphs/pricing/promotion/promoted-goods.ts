import type { promotedGoods } from '@haat/schema/events/pricing';
import { isId } from '@haat/kit/id';
import type { z } from 'zod';
import type { PricingTx } from '../context.js';
import { everything, type Effect, type Target } from '../engine/effect.js';
import type { Promotion } from './promotion.js';

/** Goods that a promotion is given on; one alternative of several. */
export type PromotedGoods = z.infer<typeof promotedGoods>;
/** The product of each variant and offer. */
export type ProductOf = ReadonlyMap<string, string>;

/** What its goods may be in an event at most, in bytes: what is more is not named. */
const goodsBytesMax = 200_000;

/** The products of all variants and offers that promotions name; one statement at most. */
export async function productsNamed(tx: PricingTx, promotions: readonly Promotion[]): Promise<ProductOf> {
  const ids = [...new Set(promotions.flatMap(targetsOf).flatMap(({ ids: named }) => named).filter(isPart))];
  if (ids.length === 0) return new Map();
  const rows: { id: string; product_id: string }[] = await tx.db.query(
    'select id, product_id from offer_fact where id = any($1) union select variant_id, product_id from offer_fact where variant_id = any($1)', [ids]);
  return new Map(rows.map(({ id, product_id }) => [id, product_id]));
}

/** What a promotion is given on, as alternatives. A target whose variants and offers nobody knows is none of them. */
export function promotedGoodsOf(promotion: Promotion, productOf: ProductOf): PromotedGoods[] {
  const goods = new Map<string, PromotedGoods>();
  for (const target of targetsOf(promotion)) {
    const one = goodsOf(target, promotion.vendorId, productOf);
    if (one) goods.set(JSON.stringify(one), one);
  }
  const bytes = [...goods.keys()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return bytes > goodsBytesMax ? [] : [...goods.values()];
}

function targetsOf({ effects, conditions }: Promotion): Target[] {
  return effects.flatMap((effect) => givenOn(effect) ?? namedBy(conditions));
}

/** Undefined where the conditions tell. */
function givenOn(effect: Effect): Target[] | undefined {
  switch (effect.kind) {
    case 'BUY_X_GET_Y': return [effect.get.target];
    case 'BUNDLE_PRICE': return effect.items.map(({ target }) => target);
    case 'GIFT': return [{ ...everything, ids: [effect.offerId] }];
    default: return effect.target ? [effect.target] : undefined;
  }
}

/** The goods that conditions name: of several kinds all, of several of one kind any. Attributes of several keys are alternatives. */
function namedBy(conditions: Promotion['conditions']): Target[] {
  const ids = conditions.flatMap((one) => (one.kind === 'PRODUCT' ? one.ids : []));
  const categoryIds = conditions.flatMap((one) => (one.kind === 'CATEGORY' ? one.categoryIds : []));
  const vendorIds = conditions.flatMap((one) => (one.kind === 'VENDOR' ? one.vendorIds : []));
  const attributes = conditions.flatMap((one) => (one.kind === 'ATTRIBUTE' ? [{ code: one.code, values: one.values }] : []));
  const goods = { ...everything, ids, categoryIds, vendorIds };
  return attributes.length === 0 ? [goods] : attributes.map((attribute) => ({ ...goods, attributes: [attribute] }));
}

/** Products are named as a whole: one of whose variants or offers some are left out is not. */
function goodsOf(target: Target, vendorId: string | null, productOf: ProductOf): PromotedGoods | undefined {
  const productIds = unique(target.ids.flatMap((id) => (isPart(id) ? productOf.get(id) ?? [] : id)));
  const vendorIds = vendorId === null ? unique(target.vendorIds) : [vendorId];
  const isNobodys = vendorId !== null && target.vendorIds.length > 0 && !target.vendorIds.includes(vendorId);
  if (isNobodys || (target.ids.length > 0 && productIds.length === 0)) return undefined;
  return {
    productIds, vendorIds, categoryIds: unique(target.categoryIds), productTypes: unique(target.productTypes), attributes: target.attributes.map(({ code, values }) => ({ code, values: [...values] })),
    excludedProductIds: unique(target.excludedIds.filter((id) => !isPart(id))), excludedCategoryIds: unique(target.excludedCategoryIds),
  };
}

/** Whether an id is of a variant or an offer, and not of a whole product. */
function isPart(id: string): boolean {
  return isId('var', id) || isId('ofr', id);
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
