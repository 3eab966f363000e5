import { orderChanged, orderConfirmed, orderPlaced, vendorOrderAccepted, vendorOrderCancelled } from '@haat/schema/events/orders';
import { defineConsumer } from '@haat/kit/define';
import type { NotificationsTx } from '../context.js';
import { NotificationKind } from '../notice/notice-kind.js';
import { queueNotices, type News } from '../notice/queue-notices.js';
import { keepOrder } from './keep-order.js';

/** Confirms to the buyer that the order was written down. */
export const onOrderPlaced = defineConsumer('on-order-placed', orderPlaced, async (tx: NotificationsTx, event) => {
  const { orderId, totals, currency } = event.payload;
  await keepOrder(tx, event);
  await queueNotices(tx, event, [{ kind: NotificationKind.ORDER_PLACED, orderId, amountMinor: totals.totalMinor, currency }]);
});

/** Tells each vendor's merchants of their part, now that it is paid or will be at the door. */
export const onOrderConfirmed = defineConsumer('on-order-confirmed', orderConfirmed, async (tx: NotificationsTx, event) => {
  const { orderId, currency, vendorOrders } = event.payload;
  await keepOrder(tx, event);
  const live = vendorOrders.filter(({ status }) => status !== 'CANCELLED');
  await queueNotices(tx, event, live.map(({ vendorOrderId, vendorId, totalMinor }) => ({ kind: NotificationKind.SALE_CONFIRMED, orderId, vendorOrderId, vendorId, amountMinor: totalMinor, currency })));
});

/** Follows an order: a guest's may become a person's. */
export const onOrderChanged = defineConsumer('on-order-changed', orderChanged, keepOrder);

/** Tells the buyer that a vendor begins. */
export const onVendorOrderAccepted = defineConsumer('on-vendor-order-accepted', vendorOrderAccepted, async (tx: NotificationsTx, event) => {
  const { orderId, vendorOrderId, vendorId } = event.payload;
  await queueNotices(tx, event, [{ kind: NotificationKind.ORDER_ACCEPTED, orderId, vendorOrderId, vendorId }]);
});

/** Tells the buyer what will not come, and merchants who were told of the order what not to send. */
export const onVendorOrderCancelled = defineConsumer('on-vendor-order-cancelled', vendorOrderCancelled, async (tx: NotificationsTx, event) => {
  const { orderId, vendorOrderId, vendorId, amountMinor, currency, by, wasConfirmed } = event.payload;
  const facts = { orderId, vendorOrderId, vendorId, amountMinor, currency };
  const forMerchants: News[] = wasConfirmed && by !== 'VENDOR' ? [{ kind: NotificationKind.SALE_CANCELLED, ...facts }] : [];
  await queueNotices(tx, event, [{ kind: NotificationKind.ORDER_CANCELLED, ...facts }, ...forMerchants]);
});
