import type { PricingReads } from '../context.js';
import type { PricedGoods } from '../engine/pricing-input.js';

/** The tax class of goods that name none. */
export const standardTaxClass = 'standard';

interface GoodsRow {
  id: string;
  vendor_id: string;
  product_id: string;
  variant_id: string;
  weight_grams: number | null;
  type_key: string;
  tax_class: string;
  attributes: PricedGoods['attributes'];
  category_paths: string[][];
}

/** What was said of offers, by id; one statement. Offers of which too little was said are not in it. */
export async function goodsByOffer(ctx: PricingReads, offerIds: readonly string[]): Promise<Map<string, PricedGoods>> {
  const rows: GoodsRow[] = await ctx.db.query(
    `select o.id, o.vendor_id, o.product_id, o.variant_id, o.weight_grams, p.type_key, p.tax_class, p.attributes,
       coalesce((select jsonb_agg(to_jsonb(coalesce(c.ancestor_ids, '{}') || x.id) order by x.id)
         from unnest(p.category_ids) as x(id) left join category_fact c on c.tenant_id = p.tenant_id and c.id = x.id), '[]') as category_paths
     from offer_fact o join product_fact p on p.tenant_id = o.tenant_id and p.id = o.product_id where o.id = any($1)`, [offerIds]);
  return new Map(rows.map((row) => [row.id, goodsOf(row)]));
}

function goodsOf(row: GoodsRow): PricedGoods {
  return {
    offerId: row.id, productId: row.product_id, variantId: row.variant_id, vendorId: row.vendor_id, categoryPaths: row.category_paths, attributes: row.attributes,
    productType: row.type_key, taxClass: row.tax_class, weightGrams: row.weight_grams, floorMinor: null,
  };
}
