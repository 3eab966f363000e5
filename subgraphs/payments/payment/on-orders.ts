import { orderConfirmed, orderExpired, orderPlaced } from '@haat/schema/events/orders';
import { codCollected } from '@haat/schema/events/shipping';
import { paymentCaptured } from '@haat/schema/events/payments';
import { defineConsumer } from '@haat/kit/define';
import { invariant } from '@haat/kit/invariant';
import type { PaymentsTx } from '../context.js';
import { beginRefund } from '../refund/begin-refund.js';
import { addFacts, deriveAgain } from './add-facts.js';
import { beginPayment } from './begin-payment.js';
import { callOffAttempts, expirePayment } from './end-payment.js';
import { lockedPayment } from './locked-payment.js';
import { EventKind } from './payment-enums.js';
import { type PaymentRow, ShareRow } from './payment.row.js';
import { sayPayment } from './say-payment.js';

/** Opens the payment of an order where whoever placed it could not wait for that. */
export const onOrderPlaced = defineConsumer('on-order-placed', orderPlaced, async (tx: PaymentsTx, { payload }) => {
  const { orderId, number, paymentChoice, savedPaymentMethodId, currency, totals, vendorOrders, lines, buyer, emailHash } = payload;
  const payment = await beginPayment(tx, {
    orderId, orderNumber: number, choice: paymentChoice, savedPaymentMethodId, currency, amountMinor: totals.totalMinor, buyer,
    shares: vendorOrders.map(({ vendorOrderId, vendorId, totalMinor }) => ({ vendorOrderId, vendorId, amountMinor: totalMinor })),
    lines: lines.map((line) => ({ ...line, cartLineId: '' })),
  });
  if (payment.emailHash === null && emailHash !== null) await tx.db.save(Object.assign(payment, { emailHash }));
});

/** The lines of the cart are what stock is kept by; where nobody asked to open the payment, they are heard of first here. */
export const onOrderConfirmed = defineConsumer('on-order-confirmed', orderConfirmed, async (tx: PaymentsTx, { payload: { lines } }) => {
  await tx.db.query(
    `update payment_line set cart_line_id = given.cart_line_id from unnest($1::text[], $2::text[]) as given (id, cart_line_id) where payment_line.id = given.id and payment_line.cart_line_id = ''`,
    [lines.map(({ orderLineId }) => orderLineId), lines.map(({ cartLineId }) => cartLineId)]);
});

/** Nothing is to be paid for any more. */
export const onOrderExpired = defineConsumer('on-order-expired', orderExpired, async (tx: PaymentsTx, { payload }) => {
  const payment = await lockedPayment(tx, { orderId: payload.orderId });
  if (!payment) return;
  if (payment.capturedMinor === 0) await callOffAttempts(tx, payment, tx.clock.now());
  await expirePayment(tx, payment);
});

/** A courier took cash at the door: it is of one vendor's part. */
export const onCodCollected = defineConsumer('on-cod-collected', codCollected, async (tx: PaymentsTx, { payload }) => {
  const { orderId, vendorOrderId, parcelId, currency, amountMinor } = payload;
  const payment = await lockedPayment(tx, { orderId });
  invariant(payment?.provider === 'CASH_ON_DELIVERY', `Cash was collected for order ${orderId}, which is not paid in cash.`);
  if (currency !== payment.currency) {
    tx.log.error({ payment: payment.id, parcel: parcelId }, `A payment is held. The courier collected ${currency}, not ${payment.currency}.`);
    await addFacts(tx, payment, [{ kind: EventKind.MISMATCH, reference: parcelId, amountMinor, at: tx.clock.now() }]);
    return void (await tx.db.save(Object.assign(payment, { heldReason: 'collected_other_currency', version: payment.version + 1 })));
  }
  const added = await addFacts(tx, payment, [{ kind: EventKind.CHARGE_SUCCESS, reference: parcelId, amountMinor, at: tx.clock.now() }]);
  if (added.length === 0) return;
  const share = await tx.db.findOneBy(ShareRow, { tenantId: tx.tenant.id, id: vendorOrderId });
  invariant(share?.paymentId === payment.id, `Vendor order ${vendorOrderId} is no part of order ${orderId}.`);
  const dueMinor = Math.max(0, share.amountMinor - share.cancelledMinor - share.capturedMinor);
  const before = share.capturedMinor;
  await tx.db.save(Object.assign(share, { capturedMinor: Math.min(share.amountMinor, before + amountMinor) }));
  await deriveAgain(tx, payment);
  await sayPayment(tx, payment, paymentCaptured, { nowMinor: amountMinor, vendorOrderId });
  await askSurplusBack(tx, payment, { share, parcelId, surplusMinor: amountMinor - dueMinor, ofNobodyMinor: amountMinor - (share.capturedMinor - before) });
});

/** What a courier collected beyond what was due, as of a part that was cancelled meanwhile or twice, is somebody's to hand back. What is beyond the whole part is of no vendor. */
async function askSurplusBack(tx: PaymentsTx, payment: PaymentRow, { share, parcelId, surplusMinor, ofNobodyMinor }: { share: ShareRow; parcelId: string; surplusMinor: number; ofNobodyMinor: number }): Promise<void> {
  if (surplusMinor <= 0) return;
  const amountMinor = surplusMinor - ofNobodyMinor;
  const shares = amountMinor > 0 ? [{ vendorOrderId: share.id, vendorId: share.vendorId, amountMinor }] : [];
  await beginRefund(tx, payment, { source: `surplus:${parcelId}`, reason: 'Paid more than was due.', amountMinor: surplusMinor, lines: [], shares });
}
