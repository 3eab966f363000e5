import type { EventEnvelope } from '@haat/schema/event';
import type { OrderState } from '@haat/schema/events/orders';
import type { NotificationsTx } from '../context.js';
import { forgetting } from '../forget-over.js';
import { wasErased } from '../person/erased-person.row.js';
import { knownOrders } from './known-order.row.js';

/** How long after its last event an order is known, in milliseconds: 400 days, in which money may still go back. */
const keptMs = 400 * 86_400_000;

/** What the buyer's contact is sealed for. */
export const contactPurpose = 'order-contact';

/** Takes over what an event says of an order, unless a later state is here already; not whose it is, where they were erased. */
export async function keepOrder(tx: NotificationsTx, event: EventEnvelope<OrderState>): Promise<void> {
  const { orderId, number, buyer, locale, currency, sealedContact, vendorOrders } = event.payload;
  const orderVersion = event.aggregate.version;
  const parts = vendorOrders.map(({ vendorOrderId, number: part, vendorId, vendorName }) => ({ vendorOrderId, number: part, vendorId, vendorName }));
  const whose = (await wasErased(tx, buyer.userId)) ? {} : { userId: buyer.userId ?? undefined, sealedContact };
  await tx.db.collection(knownOrders).changeOrInsert(orderId, (kept) => {
    if (kept !== undefined && kept.orderVersion >= orderVersion) return undefined;
    return { ...whose, number, locale, currency, vendorOrders: parts, orderVersion, forgetAt: new Date(tx.clock.now().getTime() + keptMs) };
  });
}

/** Removes orders of which nothing will be told any more. */
export const forgetOrders = forgetting('forget-orders', knownOrders);
