import { offerChanged } from '@haat/schema/events/catalog';
import { defineConsumer } from '@haat/kit/define';
import type { PricingTx } from '../context.js';

/** Keeps whose an offer is and what it is of. Only a newer event is written: one may come again, or late. */
export const onOfferChanged = defineConsumer('on-offer-changed', offerChanged, async (tx: PricingTx, { payload, aggregate }) => {
  const { offerId, vendorId, productId, variantId, status, weightGrams } = payload;
  await tx.db.query(
    `insert into offer_fact (id, version, vendor_id, product_id, variant_id, status, weight_grams) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (tenant_id, id) do update set version = excluded.version, vendor_id = excluded.vendor_id, product_id = excluded.product_id,
       variant_id = excluded.variant_id, status = excluded.status, weight_grams = excluded.weight_grams, updated_at = now()
     where offer_fact.version < excluded.version`,
    [offerId, aggregate.version, vendorId, productId, variantId, status, weightGrams ?? null],
  );
});
