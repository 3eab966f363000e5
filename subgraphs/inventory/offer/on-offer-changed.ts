import { offerChanged } from '@haat/schema/events/catalog';
import { defineConsumer } from '@haat/kit/define';
import type { InventoryTx } from '../context.js';

/** Keeps whose an offer is: who may touch its stock follows from it. */
export const onOfferChanged = defineConsumer('on-offer-changed', offerChanged, async (tx: InventoryTx, { payload, aggregate }) => {
  await tx.db.query(
    `insert into offer_fact (id, version, vendor_id, is_active) values ($1, $2, $3, $4)
     on conflict (tenant_id, id) do update set version = excluded.version, vendor_id = excluded.vendor_id, is_active = excluded.is_active, updated_at = now() where offer_fact.version < excluded.version`,
    [payload.offerId, aggregate.version, payload.vendorId, payload.status === 'ACTIVE']);
});
