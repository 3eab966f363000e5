import { paymentActionRequired, paymentAuthorized, paymentCaptured, paymentExpired, paymentFailed, paymentOpened, refundSucceeded, type PaymentState } from '@haat/schema/events/payments';
import { orderRefundDue } from '@haat/schema/events/orders';
import { reservationExpired } from '@haat/schema/events/inventory';
import type { EventEnvelope } from '@haat/schema/event';
import { defineConsumer } from '@haat/kit/define';
import type { OrdersTx } from '../context.js';
import { holdUnpaid, releasePaid } from './hold-unpaid.js';
import { lockedOrder } from './locked-order.js';
import type { OrderChange } from './order-change.js';
import type { OrderRow } from './order.row.js';
import type { WholeOrder } from './say-order.js';
import { changeOrder } from './write-change.js';

const system = { by: 'SYSTEM' } as const;

type PaymentEvent = EventEnvelope<PaymentState>;

/** It can be paid; at the door, it is as good as paid. */
export const onPaymentOpened = defineConsumer('on-payment-opened', paymentOpened, (tx: OrdersTx, event) => takeIn(tx, event));
/** The money is promised. */
export const onPaymentAuthorized = defineConsumer('on-payment-authorized', paymentAuthorized, (tx: OrdersTx, event) => takeIn(tx, event));
/** The money is there. */
export const onPaymentCaptured = defineConsumer('on-payment-captured', paymentCaptured, (tx: OrdersTx, event) => takeIn(tx, event));
/** The buyer must do something: their page shows it. */
export const onPaymentActionRequired = defineConsumer('on-payment-action-required', paymentActionRequired, (tx: OrdersTx, event) => takeIn(tx, event));
/** Declined; another try may follow. Or what it was confirmed by is not promised any more. */
export const onPaymentFailed = defineConsumer('on-payment-failed', paymentFailed, (tx: OrdersTx, event) => (event.payload.code === 'promise_lapsed' ? takeBack(tx, event) : takeIn(tx, event, 'paymentFailed')));

/** Nobody paid in time: stock, coupons and cart are given back by those who hear it. */
export const onPaymentExpired = defineConsumer('on-payment-expired', paymentExpired, async (tx: OrdersTx, { payload }) => {
  const whole = await lockedOrder(tx, payload.orderId);
  if (!whole || !whole.parts.some(({ status }) => status === 'PENDING_PAYMENT')) return;
  await changeOrder(tx, whole, (change) => {
    remember(whole.order, payload);
    for (const part of whole.parts) change.move(part, 'expire', system);
  });
});

/** Money went back: the buyer's page shows it. */
export const onRefundSucceeded = defineConsumer('on-refund-succeeded', refundSucceeded, async (tx: OrdersTx, { payload }) => {
  const whole = await lockedOrder(tx, payload.orderId);
  if (!whole) return;
  await changeOrder(tx, whole, (change) => {
    for (const { orderLineId, quantity } of payload.lines) {
      const line = whole.lines.find(({ id }) => id === orderLineId);
      if (line) line.refunded = Math.min(line.quantity, line.refunded + quantity);
    }
    const parts = whole.parts.filter(({ id }) => payload.shares.some(({ vendorOrderId }) => vendorOrderId === id));
    for (const part of parts) change.touched.add(part);
    // Of each part by itself: what is told of the whole order, the merchants of the other parts read as well.
    for (const vendorOrderId of parts.length > 0 ? parts.map(({ id }) => id) : [null]) change.note({ kind: 'refunded', vendorOrderId, reason: payload.reason });
  });
});

/** What was held is gone: an order that is confirmed, or will be, takes its stock anew. */
export const onReservationExpired = defineConsumer('on-reservation-expired', reservationExpired, async (tx: OrdersTx, { payload }) => {
  const whole = await lockedOrder(tx, payload.orderId);
  if (!whole) return;
  const isWaiting = whole.parts.some(({ status }) => status === 'PENDING_PAYMENT');
  const isUnsent = whole.parts.some(({ status }) => status === 'CONFIRMED' || status === 'PROCESSING' || status === 'ON_HOLD');
  if (isWaiting || isUnsent) await tx.db.save(Object.assign(whole.order, { revivesWhy: 'HOLD_LOST', revivesAt: isUnsent ? tx.clock.now() : null }));
});

/** Takes in how the payment stands, and moves the order on where it is enough. */
async function takeIn(tx: OrdersTx, { payload }: PaymentEvent, note?: string): Promise<void> {
  const whole = await lockedOrder(tx, payload.orderId);
  if (!whole) return;
  const { order } = whole;
  remember(order, payload);
  const isPaid = isEnough(payload, order);
  const [state] = whole.parts.map(({ status }) => status).filter((status) => status !== 'CANCELLED');
  // Its hold is gone, or the whole order is: what it needs is taken anew before anything is promised.
  const mustRevive = isPaid && (state === 'EXPIRED' || (state === 'PENDING_PAYMENT' && order.revivesWhy === 'HOLD_LOST'));
  if (mustRevive) Object.assign(order, { revivesAt: tx.clock.now(), revivesWhy: 'PAID_LATE' });
  const change = await changeOrder(tx, whole, (doing) => {
    if (note) doing.note({ kind: note });
    if (isPaid && !mustRevive) confirm(doing);
    if (isBack(payload, whole)) releasePaid(doing, { ...system, reason: 'Its money is there again.' });
  });
  if (state === undefined && order.paidMinor > 0 && change.before === 'CANCELLED') await refundAfterCancelling(tx, order, payload);
}

/** What it was confirmed by is gone: what was not sent waits until the money is there again, or an operator lets it go on. */
async function takeBack(tx: OrdersTx, { payload: { orderId, capturedMinor } }: PaymentEvent): Promise<void> {
  const whole = await lockedOrder(tx, orderId);
  if (!whole) return;
  const reason = 'The money that was promised for it is not promised any more.';
  await changeOrder(tx, whole, (change) => {
    whole.order.paidMinor = capturedMinor;
    change.note({ kind: 'paymentFailed', reason });
    holdUnpaid(change, { ...system, reason });
  });
}

/** Confirms every part that waits. */
export function confirm(change: OrderChange): void {
  for (const part of change.whole.parts) if (!change.move(part, 'confirm', system)) change.move(part, 'confirmLate', system);
}

function remember(order: OrderRow, { paymentId, authorizedMinor, capturedMinor }: PaymentState): void {
  order.paymentId = paymentId;
  order.paidMinor = Math.max(order.paidMinor, authorizedMinor, capturedMinor);
}

/** At the door it is promised; otherwise all of it is promised or taken. */
function isEnough({ status, currency }: PaymentState, { paymentChoice, paidMinor, totals, currency: ours }: OrderRow): boolean {
  if (status === 'PENDING_COLLECTION') return paymentChoice === 'CASH_ON_DELIVERY';
  return currency === ours && totals.totalMinor > 0 ? paidMinor >= totals.totalMinor : totals.totalMinor === 0;
}

/** Whether what is still to be paid is promised or taken, after it was not: less than at first where parts were cancelled meanwhile. */
function isBack({ currency }: PaymentState, { order, parts }: WholeOrder): boolean {
  const owedMinor = parts.reduce((owed, { cancelledMinor }) => owed - cancelledMinor, order.totals.totalMinor);
  return currency === order.currency && order.paidMinor > 0 && order.paidMinor >= owedMinor;
}

/** Paid though it was withdrawn before: nothing that was cancelled stands for this money. What was cancelled after it was paid goes back by its own event. */
async function refundAfterCancelling(tx: OrdersTx, { id, version, currency }: OrderRow, { paymentId, capturedMinor, refundedMinor }: PaymentState): Promise<void> {
  const [withdrawn]: unknown[] = await tx.db.query(`select 1 from order_event where order_id = $1 and kind = 'withdraw' limit 1`, [id]);
  const amountMinor = capturedMinor - refundedMinor;
  if (withdrawn && amountMinor > 0) await tx.emit(orderRefundDue, { aggregate: { id, version }, payload: { orderId: id, paymentId, amountMinor, currency, why: 'PAID_AFTER_CANCELLATION' } });
}
