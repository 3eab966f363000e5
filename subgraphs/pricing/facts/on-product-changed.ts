import type { EventEnvelope } from '@haat/schema/event';
import { productArchived, productChanged, productPublished, type ProductState } from '@haat/schema/events/catalog';
import { defineBatchConsumer } from '@haat/kit/define';
import type { PricingTx } from '../context.js';
import { attributeValues } from './attribute-values.js';
import { standardTaxClass } from './goods.js';

/** Keeps what rules ask of products. What they cost may follow from that: their offers are priced anew. */
async function keep(tx: PricingTx, events: readonly EventEnvelope<ProductState>[]): Promise<void> {
  const rows = events.map(({ payload: { productId, typeKey, taxClass, categoryIds, attributes }, aggregate: { version } }) =>
    ({ id: productId, version, type_key: typeKey, tax_class: taxClass ?? standardTaxClass, category_ids: categoryIds, attributes: attributeValues(attributes) }));
  const kept: { id: string }[] = await tx.db.query(
    `insert into product_fact (id, version, type_key, tax_class, category_ids, attributes)
     select r.* from jsonb_to_recordset($1::jsonb) as r(id text, version bigint, type_key text, tax_class text, category_ids text[], attributes jsonb) order by r.id
     on conflict (tenant_id, id) do update set version = excluded.version, type_key = excluded.type_key, tax_class = excluded.tax_class,
       category_ids = excluded.category_ids, attributes = excluded.attributes, updated_at = now()
     where product_fact.version < excluded.version returning id`,
    [JSON.stringify(rows)],
  );
  if (kept.length === 0) return;
  // In the order of their ids, as everybody locks them who locks several.
  await tx.db.query(
    `with touched as (select id from offer_price where product_id = any($1) order by id for update) update offer_price o set due_at = $2 from touched t where o.id = t.id`,
    [kept.map(({ id }) => id), tx.clock.now()]);
}

/** Keeps what rules ask of a product. */
export const onProductChanged = defineBatchConsumer('on-product-changed', productChanged, keep);
/** The same where it appears. */
export const onProductPublished = defineBatchConsumer('on-product-published', productPublished, keep);
/** The same where it goes. */
export const onProductArchived = defineBatchConsumer('on-product-archived', productArchived, keep);
