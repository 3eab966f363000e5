import { catalogDescribe, describedOffersMax } from '@haat/schema/asks/catalog';
import type { z } from 'zod';
import type { PricingReads, PricingTx } from '../context.js';
import type { PricedGoods } from '../engine/pricing-input.js';
import { goodsByOffer } from './goods.js';

type Described = z.infer<typeof catalogDescribe.output>['offers'][number];

/** What is known of offers; of those that nobody said anything of, catalog is asked. One statement, and an ask where some are missing. */
export async function knownGoods(ctx: PricingReads, offerIds: readonly string[]): Promise<Map<string, PricedGoods>> {
  const goods = await goodsByOffer(ctx, offerIds);
  for (const one of await describedGoods(ctx, offerIds.filter((id) => !goods.has(id)))) goods.set(one.offerId, goodsOf(one));
  return goods;
}

/**
 * The same before a write: what catalog answers is kept until its events come, since prices are computed of it. It is kept as
 * version 0, so that the first event writes over it.
 */
export async function rememberedGoods(tx: PricingTx, offerIds: readonly string[]): Promise<Map<string, PricedGoods>> {
  const goods = await goodsByOffer(tx, offerIds);
  const described = await describedGoods(tx, offerIds.filter((id) => !goods.has(id)));
  if (described.length > 0) await remember(tx, described);
  for (const one of described) goods.set(one.offerId, goodsOf(one));
  return goods;
}

async function describedGoods(ctx: PricingReads, missing: readonly string[]): Promise<Described[]> {
  const offerIds = [...new Set(missing)].slice(0, describedOffersMax);
  return offerIds.length === 0 ? [] : (await ctx.ask(catalogDescribe, { offerIds })).offers;
}

function goodsOf({ offerId, productId, variantId, vendorId, categoryPaths, productType, taxClass, weightGrams }: Described): PricedGoods {
  return { offerId, productId, variantId, vendorId, categoryPaths, attributes: [], productType, taxClass, weightGrams, floorMinor: null };
}

async function remember(tx: PricingTx, described: readonly Described[]): Promise<void> {
  const paths = new Map(described.flatMap(({ categoryPaths }) => categoryPaths).map((path) => [path.at(-1) ?? '', path.slice(0, -1)]));
  const products = [...new Map(described.map((one) => [one.productId, one])).values()];
  await tx.db.query(
    `insert into category_fact (id, version, ancestor_ids) select r.id, 0, array(select jsonb_array_elements_text(r.ancestors)) from jsonb_to_recordset($1::jsonb) as r(id text, ancestors jsonb) order by r.id
     on conflict do nothing`, [JSON.stringify([...paths].map(([id, ancestors]) => ({ id, ancestors })))]);
  await tx.db.query(
    `insert into product_fact (id, version, type_key, tax_class, category_ids, attributes)
     select r.id, 0, r.type, r.tax, array(select jsonb_array_elements_text(r.categories)), '[]' from jsonb_to_recordset($1::jsonb) as r(id text, type text, tax text, categories jsonb) order by r.id
     on conflict do nothing`,
    [JSON.stringify(products.map((one) => ({ id: one.productId, type: one.productType, tax: one.taxClass, categories: one.categoryPaths.map((path) => path.at(-1)) })))]);
  await tx.db.query(
    `insert into offer_fact (id, version, vendor_id, product_id, variant_id, status, weight_grams)
     select r.id, 0, r.vendor, r.product, r.variant, r.status, r.grams from jsonb_to_recordset($1::jsonb) as r(id text, vendor text, product text, variant text, status text, grams int) order by r.id
     on conflict do nothing`,
    [JSON.stringify(described.map((one) => ({ id: one.offerId, vendor: one.vendorId, product: one.productId, variant: one.variantId, grams: one.weightGrams, status: one.whyNot ? 'DRAFT' : 'ACTIVE' })))]);
}
