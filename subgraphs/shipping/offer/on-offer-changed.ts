import { offerChanged } from '@haat/schema/events/catalog';
import { defineBatchConsumer } from '@haat/kit/define';
import type { ShippingTx } from '../context.js';

/** Keeps what an offer weighs and how it is sent. Only a newer event is written: one may come again, or late. */
export const onOfferChanged = defineBatchConsumer('on-offer-changed', offerChanged, async (tx: ShippingTx, events) => {
  const rows = events.map(({ payload: { offerId, vendorId, weightGrams, shippingProfile }, aggregate: { version } }) => ({ id: offerId, version, vendor_id: vendorId, weight_grams: weightGrams, shipping_profile: shippingProfile }));
  await tx.db.query(
    `insert into offer_fact (id, version, vendor_id, weight_grams, shipping_profile)
     select r.* from jsonb_to_recordset($1::jsonb) as r(id text, version bigint, vendor_id text, weight_grams int, shipping_profile text) order by r.id
     on conflict (tenant_id, id) do update set version = excluded.version, vendor_id = excluded.vendor_id, weight_grams = excluded.weight_grams, shipping_profile = excluded.shipping_profile, updated_at = now()
     where offer_fact.version < excluded.version`,
    [JSON.stringify(rows)]);
});
