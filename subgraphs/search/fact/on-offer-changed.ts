import { offerChanged, type OfferState } from '@haat/schema/events/catalog';
import type { EventEnvelope } from '@haat/schema/event';
import { defineConsumer } from '@haat/kit/define';
import type { SearchTx } from '../context.js';
import { saveOffer } from './save-offer.js';

/** A vendor offers a variant, or no more. */
export const onOfferChanged = defineConsumer('on-offer-changed', offerChanged, async (tx: SearchTx, { aggregate, payload }: EventEnvelope<OfferState>) => {
  // Whoever changes the vendor's standing waits for this, or this for them: neither misses the other.
  await tx.db.query('insert into vendor_fact (id, version) values ($1, -1) on conflict do nothing', [payload.vendorId]);
  await tx.db.query('select from vendor_fact where id = $1 for share', [payload.vendorId]);
  await saveOffer(tx, sql, [payload.offerId, aggregate.version, payload.productId, payload.vendorId, payload.status]);
});

const sql = `
  insert into offer_fact as o (id, version, product_id, vendor_id, status) values ($1, $2, $3, $4, $5)
  on conflict (tenant_id, id) do update set version = excluded.version, product_id = excluded.product_id, vendor_id = excluded.vendor_id, status = excluded.status, updated_at = now()
  where o.version <= excluded.version returning product_id`;
