import { parcelDelivered, parcelShipped } from '@haat/schema/events/shipping';
import { defineConsumer } from '@haat/kit/define';
import type { NotificationsTx } from '../context.js';
import { NotificationKind } from '../notice/notice-kind.js';
import { queueNotices } from '../notice/queue-notices.js';
import { trackingLink } from './tracking-link.js';

/** Tells the buyer that a parcel left, and where to follow it. */
export const onParcelShipped = defineConsumer('on-parcel-shipped', parcelShipped, async (tx: NotificationsTx, event) => {
  const { orderId, vendorOrderId, vendorId, trackingUrl } = event.payload;
  await queueNotices(tx, event, [{ kind: NotificationKind.ORDER_SHIPPED, orderId, vendorOrderId, vendorId, trackingUrl: trackingLink(trackingUrl) }]);
});

/** Tells the buyer, and the merchants, that a parcel was handed over. */
export const onParcelDelivered = defineConsumer('on-parcel-delivered', parcelDelivered, async (tx: NotificationsTx, event) => {
  const { orderId, vendorOrderId, vendorId } = event.payload;
  const facts = { orderId, vendorOrderId, vendorId };
  await queueNotices(tx, event, [{ kind: NotificationKind.ORDER_DELIVERED, ...facts }, { kind: NotificationKind.SALE_DELIVERED, ...facts }]);
});
