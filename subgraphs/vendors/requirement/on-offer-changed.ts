import { offerChanged } from '@haat/schema/events/catalog';
import { defineBatchConsumer } from '@haat/kit/define';
import type { VendorsTx } from '../context.js';

/** Keeps which offers a vendor has, to know how many products they are of. */
export const onOfferChanged = defineBatchConsumer('on-offer-changed', offerChanged, async (tx: VendorsTx, events) => {
  const offers = events.map(({ payload }) => payload);
  const gone = offers.filter(({ status }) => status === 'ARCHIVED').map(({ offerId }) => offerId);
  if (gone.length > 0) await tx.db.query('delete from vendor_offer where tenant_id = $1 and id = any($2)', [tx.tenant.id, gone]);
  const there = offers.filter(({ status }) => status !== 'ARCHIVED').map(({ offerId, vendorId, productId }) => ({ id: offerId, vendor_id: vendorId, product_id: productId }));
  if (there.length === 0) return;
  await tx.db.query(
    `insert into vendor_offer (tenant_id, id, vendor_id, product_id) select $1, r.* from jsonb_to_recordset($2::jsonb) as r(id text, vendor_id text, product_id text) order by r.id
     on conflict (tenant_id, id) do update set vendor_id = excluded.vendor_id, product_id = excluded.product_id`, [tx.tenant.id, JSON.stringify(there)],
  );
});
