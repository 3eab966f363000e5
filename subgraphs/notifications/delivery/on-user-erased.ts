import { userErased } from '@haat/schema/events/identity';
import { defineConsumer } from '@haat/kit/define';
import type { NotificationsTx } from '../context.js';
import { deliveries, type DeliveryRow } from './delivery.row.js';
import { settled } from './settle-delivery.js';

const batchMax = 500;

/** Forgets to whom deliveries went, and sends none that still waits. */
export const onUserErased = defineConsumer('on-user-erased', userErased, async (tx: NotificationsTx, { payload: { userId } }) => {
  const all = tx.db.collection(deliveries);
  for (let found = await theirs(); found.length > 0; found = await theirs()) {
    for (const { _id } of found) await all.change(_id, (delivery) => forgotten(delivery, tx.clock.now()), { followUp: true });
  }

  function theirs(): Promise<readonly DeliveryRow[]> {
    return all.page({ userId }, { limit: batchMax });
  }
});

function forgotten(delivery: DeliveryRow, now: Date): DeliveryRow {
  const nameless = { ...delivery, userId: undefined, recipient: '…' };
  return delivery.status === 'QUEUED' ? settled(nameless, { status: 'SUPPRESSED', reason: 'The recipient was erased.' }, now) : nameless;
}
