import { orderRefundDue, vendorOrderCancelled } from '@haat/schema/events/orders';
import { defineConsumer } from '@haat/kit/define';
import type { PaymentsTx } from '../context.js';
import { deriveAgain, dueOf } from '../payment/add-facts.js';
import { callOffAttempts, cancelPayment } from '../payment/end-payment.js';
import { lockedPayment } from '../payment/locked-payment.js';
import { PaymentStatus } from '../payment/payment-enums.js';
import { LineRow, ShareRow } from '../payment/payment.row.js';
import { sharesOf } from '../payment/say-payment.js';
import { beginRefund } from './begin-refund.js';
import { backOf, cancelledLeft, sharesOfAmount } from './refund-parts.js';
import type { RefundLine } from './refund.row.js';

/** What will not be sent need not be paid: what was paid for it goes back, and what was only promised is let go. */
export const onVendorOrderCancelled = defineConsumer('on-vendor-order-cancelled', vendorOrderCancelled, async (tx: PaymentsTx, { id: eventId, payload }) => {
  const payment = await lockedPayment(tx, { orderId: payload.orderId });
  const share = payment && (await tx.db.findOneBy(ShareRow, { tenantId: tx.tenant.id, id: payload.vendorOrderId }));
  if (!payment || !share) return;
  await tx.db.save(Object.assign(share, { cancelledMinor: Math.min(share.amountMinor, share.cancelledMinor + payload.amountMinor) }));
  const cancelled = payload.cancelled.map((line) => ({ ...line, vendorOrderId: share.id, restock: false }));
  const { amountMinor, lines } = cancelledLeft(await linesOf(tx, cancelled), { cancelled, amountMinor: payload.amountMinor }, backOf(share, payment.provider === 'CASH_ON_DELIVERY'));
  if (amountMinor > 0) await beginRefund(tx, payment, { source: `cancelled:${eventId}`, reason: payload.reason, amountMinor, lines, shares: [{ vendorOrderId: share.id, vendorId: share.vendorId, amountMinor }] });
  if ((await dueOf(tx, payment)) === 0) await cancelPayment(tx, payment);
  await deriveAgain(tx, payment);
  await tx.db.save(Object.assign(payment, { version: payment.version + 1 }));
});

/** The order says that money has no order to pay for. What was paid twice goes back by itself, and is none of this. */
export const onOrderRefundDue = defineConsumer('on-order-refund-due', orderRefundDue, async (tx: PaymentsTx, { id: eventId, payload }) => {
  const payment = await lockedPayment(tx, { orderId: payload.orderId });
  if (!payment) return;
  const shares = await sharesOf(tx, payment.id);
  const isForNothing = payload.why !== 'PAID_TWICE';
  if (payment.status === PaymentStatus.AUTHORIZED && isForNothing) return void (await callOffAttempts(tx, payment, tx.clock.now()));
  const leftMinor = payment.capturedMinor - payment.refundReservedMinor - (isForNothing ? 0 : await dueOf(tx, payment));
  const amountMinor = Math.min(payload.amountMinor, leftMinor);
  await beginRefund(tx, payment, { source: `due:${eventId}`, reason: reasons[payload.why], amountMinor, lines: [], shares: isForNothing ? sharesOfAmount(shares, amountMinor) : [] });
  if (isForNothing) await tx.db.query('update payment_share set cancelled_minor = amount_minor, version = version + 1, updated_at = now() where payment_id = $1', [payment.id]);
});

const reasons = { PAID_AFTER_EXPIRY: 'Paid after the time to pay was over.', PAID_AFTER_CANCELLATION: 'Paid after the order was cancelled.', PAID_TWICE: 'Paid twice.' } as const;

async function linesOf(tx: PaymentsTx, cancelled: readonly RefundLine[]): Promise<LineRow[]> {
  if (cancelled.length === 0) return [];
  return tx.db.createQueryBuilder(LineRow, 'l').where('l.id = any(:ids)', { ids: cancelled.map(({ orderLineId }) => orderLineId) }).getMany();
}
