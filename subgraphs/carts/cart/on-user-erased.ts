import { userErased } from '@haat/schema/events/identity';
import { defineConsumer } from '@haat/kit/define';
import type { CartsTx } from '../context.js';

/** Forgets what names a person; carts that became orders keep their goods, for the order's sake. */
export const onUserErased = defineConsumer('on-user-erased', userErased, async (tx: CartsTx, { payload: { userId } }) => {
  await tx.db.query(
    `update cart set contact = null, shipping_address = null, billing_address = null, note = null, abandons_at = null, stored_metadata = '[]', version = version + 1, updated_at = now(),
       state = case when state in ('OPEN', 'FROZEN') then 'EXPIRED' else state end
     where user_id = $1`, [userId]);
});
