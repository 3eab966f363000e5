import { userErased } from '@haat/schema/events/identity';
import { defineConsumer } from '@haat/kit/define';
import type { ShippingTx } from '../context.js';

/** Forgets who bought what was sent. The address of what is still on its way goes when its order is over. */
export const onUserErased = defineConsumer('on-user-erased', userErased, async (tx: ShippingTx, { payload: { userId } }) => {
  await tx.db.query('update vendor_order_fact set user_id = null, updated_at = now() where tenant_id = $2 and user_id = $1', [userId, tx.tenant.id]);
});
