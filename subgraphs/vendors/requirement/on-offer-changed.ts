import { offerChanged } from '@haat/schema/events/catalog';
import { defineConsumer } from '@haat/kit/define';
import type { VendorsTx } from '../context.js';

/** Keeps which offers a vendor has, to know how many products they are of. */
export const onOfferChanged = defineConsumer('on-offer-changed', offerChanged, async (tx: VendorsTx, { payload: { offerId, vendorId, productId, status } }) => {
  if (status === 'ARCHIVED') {
    await tx.db.query('delete from vendor_offer where tenant_id = $1 and id = $2', [tx.tenant.id, offerId]);
    return;
  }
  await tx.db.query(
    `insert into vendor_offer (tenant_id, id, vendor_id, product_id) values ($1, $2, $3, $4)
     on conflict (tenant_id, id) do update set vendor_id = excluded.vendor_id, product_id = excluded.product_id`, [tx.tenant.id, offerId, vendorId, productId],
  );
});
