import type { EntityManager } from 'typeorm';

/**
 * Writes what the offers of products say into their documents, in one statement: prices, stock, who sells. Only ACTIVE offers
 * of vendors that may sell and are open count; a vendor that nobody spoke of yet does. A product all of whose offers are kept from
 * sale by their vendors' standing or holidays is not listed; one without any offer is, without price and stock.
 * The products are locked: see lock-products.ts.
 */
export async function writeSelling(db: EntityManager, ids: readonly string[]): Promise<void> {
  await db.query(sql, [ids]);
}

const sells = `(coalesce(v.status, 'APPROVED') = 'APPROVED' and coalesce(v.is_open, true))`;

/** Prices fall into steps of 1, 2 and 5 times a power of ten, in minor units. */
const step = (price: string): string => `(select max(s) from unnest(array[1, 2, 5]) m, lateral (select m * 10::numeric ^ floor(log(greatest(${price}, 1)::numeric)) as s) x where s <= greatest(${price}, 1))::bigint`;

const sql = `
  with offers as (
    select o.product_id, o.vendor_id, ${sells} as sells, o.price_minor, o.compare_at_minor, o.currency, o.is_in_stock, min(o.currency) filter (where ${sells}) over (partition by o.product_id) as chosen
    from offer_fact o left join vendor_fact v on v.tenant_id = o.tenant_id and v.id = o.vendor_id
    where o.product_id = any($1) and o.status = 'ACTIVE'
  ), sums as (
    select p.id, count(o.*) as active, count(o.*) filter (where o.sells) as selling,
      min(price_minor) filter (where o.sells and currency = chosen) as price_min, max(price_minor) filter (where o.sells and currency = chosen) as price_max, min(chosen) as currency,
      coalesce(bool_or(o.is_in_stock and o.price_minor is not null) filter (where o.sells), false) as is_in_stock,
      coalesce(bool_or(o.compare_at_minor > o.price_minor) filter (where o.sells), false) as is_on_sale,
      coalesce(array_agg(distinct o.vendor_id) filter (where o.sells), '{}') as vendor_ids
    from unnest($1::text[]) p(id) left join offers o on o.product_id = p.id group by p.id
  )
  update document d set price_min = s.price_min, price_max = s.price_max, currency = case when s.price_min is null then null else s.currency end, is_in_stock = s.is_in_stock,
    is_listed = s.selling > 0 or (s.active = 0 and not exists (select from vendor_fact v where v.id = d.keeper_id and v.status <> 'APPROVED')),
    selling_facets = array(select 'vendor' || E'\\x1f' || vendor_id from unnest(s.vendor_ids) vendor_id)
      || array['inStock' || E'\\x1f' || s.is_in_stock] || case when s.is_on_sale then array['onSale' || E'\\x1f' || 'true'] else '{}' end
      || case when s.price_min is null then '{}' else array['price' || E'\\x1f' || ${step('s.price_min')}] end
  from sums s where d.id = s.id`;
