import { userErased } from '@haat/schema/events/identity';
import { defineConsumer } from '@haat/kit/define';
import type { CollectionDefinition, Stored } from '@haat/kit-mongo/define-collection';
import type { Where } from '@haat/kit-mongo/mongo-where';
import type { NotificationsTx } from '../context.js';
import { deliveries, type DeliveryRow } from '../delivery/delivery.row.js';
import { settled } from '../delivery/settle-delivery.js';
import { vendorMembers } from '../member/vendor-member.row.js';
import { notifications } from '../notification/notification.row.js';
import { knownOrders } from '../order/known-order.row.js';
import { rememberErased } from './erased-person.row.js';
import { people } from './person.row.js';

const batchMax = 500;

/** Forgets to whom deliveries went and what they were told, sends nothing that still waits, and remembers that events which come later name nobody. */
export const onUserErased = defineConsumer('on-user-erased', userErased, async (tx: NotificationsTx, { payload: { userId } }) => {
  await rememberErased(tx, userId);
  await eachOf(tx, deliveries, { userId }, ({ _id }) => tx.db.collection(deliveries).change(_id, (delivery) => forgotten(delivery, tx.clock.now()), { followUp: true }));
  await removeAll(tx, notifications, { userId });
  await eachOf(tx, knownOrders, { userId }, ({ _id }) => tx.db.collection(knownOrders).change(_id, (order) => ({ ...order, userId: undefined, sealedContact: undefined }), { followUp: true }));
  await removeAll(tx, vendorMembers, { userId });
  await removeAll(tx, people, { userId });
});

function removeAll<T extends object>(tx: NotificationsTx, collection: CollectionDefinition<T>, where: Where<T>): Promise<void> {
  return eachOf(tx, collection, where, ({ _id }) => tx.db.collection(collection).remove(_id, { followUp: true }));
}

/** Until none is found: each that was seen to is found no more. */
async function eachOf<T extends object>({ db }: NotificationsTx, collection: CollectionDefinition<T>, where: Where<T>, see: (row: Stored<T>) => Promise<unknown>): Promise<void> {
  const next = () => db.collection(collection).page(where, { limit: batchMax });
  for (let found = await next(); found.length > 0; found = await next()) {
    for (const row of found) await see(row);
  }
}

function forgotten(delivery: DeliveryRow, now: Date): DeliveryRow {
  const nameless = { ...delivery, userId: undefined, recipient: '…' };
  return delivery.status === 'QUEUED' ? settled(nameless, { status: 'SUPPRESSED', reason: 'The recipient was erased.' }, now) : nameless;
}
