import { orderConfirmed, orderExpired, vendorOrderCancelled } from '@haat/schema/events/orders';
import { refundSucceeded } from '@haat/schema/events/payments';
import { parcelDelivered, parcelReturned, parcelShipped } from '@haat/schema/events/shipping';
import { defineConsumer } from '@haat/kit/define';
import type { InventoryTx } from '../context.js';
import { commitReservation, deallocateStock, shipStock } from './fulfil-reservation.js';
import { releaseExpired, releaseReservation } from './release-reservation.js';
import { handOver, restock, returnStock } from './return-stock.js';

/** What is held becomes allocated. */
export const onOrderConfirmed = defineConsumer('on-order-confirmed', orderConfirmed, (tx: InventoryTx, { payload }) => commitReservation(tx, payload.orderId));

/** Nobody paid: the hold is given back. */
export const onOrderExpired = defineConsumer('on-order-expired', orderExpired, (tx: InventoryTx, { payload }) => releaseExpired(tx, payload.orderId));

/** Pieces will not be sent. Those that had left come back by a parcel; those that were only held are given back with the whole hold. */
export const onVendorOrderCancelled = defineConsumer('on-vendor-order-cancelled', vendorOrderCancelled, async (tx: InventoryTx, { payload }) => {
  if (payload.shipped) return;
  if (payload.wasConfirmed) await deallocateStock(tx, payload.orderId, payload.cancelled.map(({ cartLineId, quantity }) => ({ lineId: cartLineId, quantity })));
  else await releaseReservation(tx, payload.orderId);
});

/** Pieces leave the shelf. */
export const onParcelShipped = defineConsumer('on-parcel-shipped', parcelShipped, (tx: InventoryTx, { payload }) => shipStock(tx, payload.orderId, payload.lines.map(({ cartLineId, quantity }) => ({ lineId: cartLineId, quantity }))));

/** Pieces are with the buyer. */
export const onParcelDelivered = defineConsumer('on-parcel-delivered', parcelDelivered, (tx: InventoryTx, { payload, occurredAt }) =>
  handOver(tx, payload.orderId, payload.lines.map(({ cartLineId, quantity }) => ({ lineId: cartLineId, quantity })), new Date(occurredAt)));

/** Pieces are back on the shelf, or back and broken. */
export const onParcelReturned = defineConsumer('on-parcel-returned', parcelReturned, (tx: InventoryTx, { payload }) => returnStock(tx, payload.orderId, payload.lines.map(({ cartLineId, quantity }) => ({ lineId: cartLineId, quantity })), payload));

/** Pieces that were paid back and are to be sold again. */
export const onRefundSucceeded = defineConsumer('on-refund-succeeded', refundSucceeded, (tx: InventoryTx, { payload, occurredAt }) => {
  const pieces = payload.lines.filter((line) => line.restock).map(({ cartLineId, quantity }) => ({ lineId: cartLineId, quantity }));
  return restock(tx, payload.orderId, pieces, { reason: payload.reason, at: new Date(occurredAt) });
});
