import type { EventEnvelope } from '@haat/schema/event';
import { productArchived, productChanged, productPublished, type ProductState } from '@haat/schema/events/catalog';
import { defineConsumer } from '@haat/kit/define';
import type { PricingTx } from '../context.js';
import { attributeValues } from './attribute-values.js';
import { standardTaxClass } from './goods.js';

/** Keeps what rules ask of a product. What it costs may follow from that: its offers are priced anew. */
async function keep(tx: PricingTx, { payload, aggregate }: EventEnvelope<ProductState>): Promise<void> {
  const { productId, typeKey, taxClass, categoryIds, attributes } = payload;
  const kept: unknown[] = await tx.db.query(
    `insert into product_fact (id, version, type_key, tax_class, category_ids, attributes) values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant_id, id) do update set version = excluded.version, type_key = excluded.type_key, tax_class = excluded.tax_class,
       category_ids = excluded.category_ids, attributes = excluded.attributes, updated_at = now()
     where product_fact.version < excluded.version returning id`,
    [productId, aggregate.version, typeKey, taxClass ?? standardTaxClass, categoryIds, JSON.stringify(attributeValues(attributes))],
  );
  if (kept.length > 0) await tx.db.query('update offer_price set due_at = $2 where product_id = $1', [productId, tx.clock.now()]);
}

/** Keeps what rules ask of a product. */
export const onProductChanged = defineConsumer('on-product-changed', productChanged, keep);
/** The same where it appears. */
export const onProductPublished = defineConsumer('on-product-published', productPublished, keep);
/** The same where it goes. */
export const onProductArchived = defineConsumer('on-product-archived', productArchived, keep);
