import { offerChanged } from '@haat/schema/events/catalog';
import { defineConsumer } from '@haat/kit/define';
import type { ShippingTx } from '../context.js';

/** Keeps what an offer weighs and how it is sent. Only a newer event is written: one may come again, or late. */
export const onOfferChanged = defineConsumer('on-offer-changed', offerChanged, async (tx: ShippingTx, { payload, aggregate }) => {
  await tx.db.query(
    `insert into offer_fact (id, version, vendor_id, weight_grams, shipping_profile) values ($1, $2, $3, $4, $5)
     on conflict (tenant_id, id) do update set version = excluded.version, vendor_id = excluded.vendor_id, weight_grams = excluded.weight_grams, shipping_profile = excluded.shipping_profile, updated_at = now()
     where offer_fact.version < excluded.version`,
    [payload.offerId, aggregate.version, payload.vendorId, payload.weightGrams ?? null, payload.shippingProfile]);
});
