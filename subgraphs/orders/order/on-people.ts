import { emailVerified, userErased } from '@haat/schema/events/identity';
import { defineConsumer } from '@haat/kit/define';
import type { OrdersTx } from '../context.js';
import { eraseBuyer } from './erase-buyer.js';
import { lockedOrder } from './locked-order.js';
import { OrderRow } from './order.row.js';
import { changeOrder } from './write-change.js';

/** Orders that are read at once. */
const chunk = 200;

/** Whoever proved to own an e-mail address finds the orders they placed with it as a guest among their own. */
export const onEmailVerified = defineConsumer('on-email-verified', emailVerified, async (tx: OrdersTx, { payload: { userId, emailHash } }) => {
  if (emailHash === undefined) return;
  for (;;) {
    const rows = await tx.db.createQueryBuilder(OrderRow, 'o').where('o.emailHash = :emailHash and o.userId is null', { emailHash }).orderBy('o.id').limit(chunk).getMany();
    for (const { id } of rows) {
      const whole = await lockedOrder(tx, id);
      if (whole?.order.userId === null) await changeOrder(tx, whole, () => void Object.assign(whole.order, { userId, guestKey: null, sealedContact: null }));
    }
    if (rows.length < chunk) return;
  }
});

/** Forgets who placed an order; what is still to be sent keeps its address until it arrived. */
export const onUserErased = defineConsumer('on-user-erased', userErased, async (tx: OrdersTx, { payload: { userId } }) => {
  for (;;) {
    const rows = await tx.db.createQueryBuilder(OrderRow, 'o').where('o.userId = :userId and not o.isErased', { userId }).orderBy('o.id').limit(chunk).getMany();
    for (const { id } of rows) {
      const whole = await lockedOrder(tx, id);
      if (!whole) continue;
      whole.order.isErased = true;
      eraseBuyer(whole.order, whole.parts);
      await tx.db.save(Object.assign(whole.order, { version: whole.order.version + 1 }));
    }
    if (rows.length < chunk) return;
  }
});
