import { offerChanged, type OfferState } from '@haat/schema/events/catalog';
import type { EventEnvelope } from '@haat/schema/event';
import { defineBatchConsumer } from '@haat/kit/define';
import type { SearchTx } from '../context.js';
import { saveOffers } from './save-offers.js';

/** A vendor offers a variant, or no more. */
export const onOfferChanged = defineBatchConsumer('on-offer-changed', offerChanged, async (tx: SearchTx, events: readonly EventEnvelope<OfferState>[]) => {
  const vendorIds = [...new Set(events.map(({ payload }) => payload.vendorId))];
  // Whoever changes the vendor's standing waits for this, or this for them: neither misses the other.
  await tx.db.query('insert into vendor_fact (id, version) select id, -1 from unnest($1::text[]) as v(id) order by id on conflict do nothing', [vendorIds]);
  await tx.db.query('select from vendor_fact where id = any($1) order by id for share', [vendorIds]);
  await saveOffers(tx, sql, events.map(({ payload, aggregate: { version } }) => ({ id: payload.offerId, version, product_id: payload.productId, vendor_id: payload.vendorId, status: payload.status })));
});

const sql = `
  insert into offer_fact as o (id, version, product_id, vendor_id, status)
  select r.* from jsonb_to_recordset($1::jsonb) as r(id text, version bigint, product_id text, vendor_id text, status text) order by r.id
  on conflict (tenant_id, id) do update set version = excluded.version, product_id = excluded.product_id, vendor_id = excluded.vendor_id, status = excluded.status, updated_at = now()
  where o.version <= excluded.version returning product_id`;
