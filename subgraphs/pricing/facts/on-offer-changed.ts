import { offerChanged } from '@haat/schema/events/catalog';
import { defineBatchConsumer } from '@haat/kit/define';
import type { PricingTx } from '../context.js';

/** Keeps whose an offer is and what it is of. Only a newer event is written: one may come again, or late. */
export const onOfferChanged = defineBatchConsumer('on-offer-changed', offerChanged, async (tx: PricingTx, events) => {
  const rows = events.map(({ payload: { offerId, vendorId, productId, variantId, status, weightGrams }, aggregate: { version } }) =>
    ({ id: offerId, version, vendor_id: vendorId, product_id: productId, variant_id: variantId, status, weight_grams: weightGrams }));
  await tx.db.query(
    `insert into offer_fact (id, version, vendor_id, product_id, variant_id, status, weight_grams)
     select r.* from jsonb_to_recordset($1::jsonb) as r(id text, version bigint, vendor_id text, product_id text, variant_id text, status text, weight_grams int) order by r.id
     on conflict (tenant_id, id) do update set version = excluded.version, vendor_id = excluded.vendor_id, product_id = excluded.product_id,
       variant_id = excluded.variant_id, status = excluded.status, weight_grams = excluded.weight_grams, updated_at = now()
     where offer_fact.version < excluded.version`,
    [JSON.stringify(rows)],
  );
});
