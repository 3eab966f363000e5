import type { EventEnvelope } from '@haat/schema/event';
import { eventually } from '@haat/kit/testing/eventually';
import type { Document } from 'mongodb';
import { deliveryId } from '../delivery/queue-delivery.js';
import type { TestNotifications } from './test-notifications.js';

/** The delivery that an event made, as it lies in the database. */
export async function deliveryOf(test: TestNotifications, event: EventEnvelope): Promise<Document | undefined> {
  return (await test.raw('deliveries')).find((row) => (row._id as unknown) === deliveryId(event));
}

/** The same, once it has come to a status. */
export function settledAs(test: TestNotifications, event: EventEnvelope, status: string): Promise<Document> {
  return eventually(async () => {
    const row = await deliveryOf(test, event);
    return row?.['status'] === status ? row : undefined;
  }, 20_000);
}

/** Lets the time of a delivery come: a pause or a claim is over. */
export async function makeDue(test: TestNotifications, event: EventEnvelope): Promise<void> {
  await test.edit('deliveries', deliveryId(event), { $set: { dueAt: new Date(0) } });
}
