import { offerChanged, productArchived, productChanged, productPublished, type ProductState } from '@haat/schema/events/catalog';
import { vendorApproved, vendorChanged, vendorRestored, vendorSuspended, type VendorState } from '@haat/schema/events/vendors';
import type { EventEnvelope } from '@haat/schema/event';
import { defineBatchConsumer, defineConsumer } from '@haat/kit/define';
import type { CartsTx } from '../context.js';

/** Events of one aggregate may come again or late: only a newer one is written. */
const ifNewer = (table: string): string => `where ${table}.version < excluded.version`;

/** Keeps what a cart must know of an offer. */
export const onOfferChanged = defineBatchConsumer('on-offer-changed', offerChanged, async (tx: CartsTx, events) => {
  const rows = events.map(({ payload: { offerId, productId, vendorId, status, maxPerOrder, weightGrams }, aggregate: { version } }) =>
    ({ id: offerId, version, product_id: productId, vendor_id: vendorId, is_active: status === 'ACTIVE', max_per_order: maxPerOrder, weight_grams: weightGrams }));
  await tx.db.query(
    `insert into offer_fact (id, version, product_id, vendor_id, is_active, max_per_order, weight_grams)
     select r.* from jsonb_to_recordset($1::jsonb) as r(id text, version bigint, product_id text, vendor_id text, is_active boolean, max_per_order int, weight_grams int) order by r.id
     on conflict (tenant_id, id) do update set version = excluded.version, product_id = excluded.product_id, vendor_id = excluded.vendor_id, is_active = excluded.is_active,
       max_per_order = excluded.max_per_order, weight_grams = excluded.weight_grams, updated_at = now() ${ifNewer('offer_fact')}`,
    [JSON.stringify(rows)]);
});

const keepProducts = async (tx: CartsTx, events: readonly EventEnvelope<ProductState>[]): Promise<void> => {
  const rows = events.map(({ payload, aggregate: { version } }) => ({ id: payload.productId, version, is_published: payload.status === 'PUBLISHED' }));
  await tx.db.query(
    `insert into product_fact (id, version, is_published) select r.* from jsonb_to_recordset($1::jsonb) as r(id text, version bigint, is_published boolean) order by r.id
     on conflict (tenant_id, id) do update set version = excluded.version, is_published = excluded.is_published, updated_at = now() ${ifNewer('product_fact')}`,
    [JSON.stringify(rows)]);
};

/** Keeps whether a product can be seen. */
export const onProductChanged = defineBatchConsumer('on-product-changed', productChanged, keepProducts);
/** The same where it appears. */
export const onProductPublished = defineBatchConsumer('on-product-published', productPublished, keepProducts);
/** The same where it goes. */
export const onProductArchived = defineBatchConsumer('on-product-archived', productArchived, keepProducts);

const keepVendor = async (tx: CartsTx, { payload, aggregate }: EventEnvelope<VendorState>): Promise<void> => {
  await tx.db.query(
    `insert into vendor_fact (id, version, is_open) values ($1, $2, $3)
     on conflict (tenant_id, id) do update set version = excluded.version, is_open = excluded.is_open, updated_at = now() ${ifNewer('vendor_fact')}`,
    [payload.vendorId, aggregate.version, payload.openNow]);
};

/** Keeps whether a vendor may be bought from. */
export const onVendorChanged = defineConsumer('on-vendor-changed', vendorChanged, keepVendor);
/** The same where it may begin. */
export const onVendorApproved = defineConsumer('on-vendor-approved', vendorApproved, keepVendor);
/** The same where it must stop. */
export const onVendorSuspended = defineConsumer('on-vendor-suspended', vendorSuspended, keepVendor);
/** The same where it may go on. */
export const onVendorRestored = defineConsumer('on-vendor-restored', vendorRestored, keepVendor);
