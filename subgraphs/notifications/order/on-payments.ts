import { paymentCaptured, refundSucceeded } from '@haat/schema/events/payments';
import { defineConsumer } from '@haat/kit/define';
import type { NotificationsTx } from '../context.js';
import { NotificationKind } from '../notice/notice-kind.js';
import { queueNotices } from '../notice/queue-notices.js';

/** Tells the buyer that their money arrived. */
export const onPaymentCaptured = defineConsumer('on-payment-captured', paymentCaptured, async (tx: NotificationsTx, event) => {
  const { orderId, nowMinor, currency } = event.payload;
  await queueNotices(tx, event, nowMinor > 0 ? [{ kind: NotificationKind.ORDER_PAID, orderId, amountMinor: nowMinor, currency }] : []);
});

/** Tells the buyer that money went back, and the merchants of each vendor whose share it was. */
export const onRefundSucceeded = defineConsumer('on-refund-succeeded', refundSucceeded, async (tx: NotificationsTx, event) => {
  const { orderId, amountMinor, currency, shares } = event.payload;
  await queueNotices(tx, event, [
    { kind: NotificationKind.ORDER_REFUNDED, orderId, amountMinor, currency },
    ...shares.filter((share) => share.amountMinor > 0).map((share) => ({ kind: NotificationKind.SALE_REFUNDED, orderId, currency, ...share })),
  ]);
});
