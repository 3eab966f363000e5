import { offerChanged } from '@haat/schema/events/catalog';
import { defineBatchConsumer } from '@haat/kit/define';
import type { InventoryTx } from '../context.js';

/** Keeps whose an offer is: who may touch its stock follows from it. */
export const onOfferChanged = defineBatchConsumer('on-offer-changed', offerChanged, async (tx: InventoryTx, events) => {
  const rows = events.map(({ payload: { offerId, vendorId, status }, aggregate: { version } }) => ({ id: offerId, version, vendor_id: vendorId, is_active: status === 'ACTIVE' }));
  await tx.db.query(
    `insert into offer_fact (id, version, vendor_id, is_active)
     select r.* from jsonb_to_recordset($1::jsonb) as r(id text, version bigint, vendor_id text, is_active boolean) order by r.id
     on conflict (tenant_id, id) do update set version = excluded.version, vendor_id = excluded.vendor_id, is_active = excluded.is_active, updated_at = now() where offer_fact.version < excluded.version`,
    [JSON.stringify(rows)]);
});
