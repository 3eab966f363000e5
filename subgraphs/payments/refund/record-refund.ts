import { refundFailed, refundSucceeded } from '@haat/schema/events/payments';
import type { PaymentsTx } from '../context.js';
import { addFacts, deriveAgain } from '../payment/add-facts.js';
import { lockedPayment } from '../payment/locked-payment.js';
import { EventKind } from '../payment/payment-enums.js';
import { bouncesWithin, later, lookSeconds } from '../payment/try-again.js';
import type { PaymentRow } from '../payment/payment.row.js';
import type { RefundSnapshot } from '../provider/payment-provider.js';
import { RefundStatus } from './refund-status.js';
import { RefundRow } from './refund.row.js';
import { reserveRefund } from './reserve-refund.js';

/** Takes in how a refund stands at its provider, whoever brought the news, late or twice. One that failed is over: the money is wanted by another refund, or not at all. */
export async function recordRefund(tx: PaymentsTx, refundId: string, snapshot: RefundSnapshot): Promise<void> {
  const found = await lockedRefund(tx, refundId);
  if (!found) return;
  const { payment, refund } = found;
  if (refund.status === RefundStatus.FAILED || (refund.reference !== null && refund.reference !== snapshot.reference)) return;
  if (snapshot.amountMinor !== refund.amountMinor || snapshot.currency !== refund.currency) {
    tx.log.error({ refund: refund.id, reference: snapshot.reference }, `A refund is held: the provider says ${snapshot.amountMinor} ${snapshot.currency}, not ${refund.amountMinor} ${refund.currency}.`);
    return void (await tx.db.save(Object.assign(refund, { dueAt: null })));
  }
  refund.reference = snapshot.reference;
  if (snapshot.status === 'FAILED') return giveUp(tx, { payment, refund }, snapshot);
  if (snapshot.status === 'SUCCEEDED') return succeed(tx, { payment, refund }, snapshot);
  if (refund.status === RefundStatus.SUCCEEDED) return;
  await tx.db.save(Object.assign(refund, { status: RefundStatus.PROCESSING, tries: 0, dueAt: new Date(tx.clock.now().getTime() + tx.config.STRIPE_POLL_SECONDS * 1_000) }));
}

/** A refund, read behind its payment's lock. */
export async function lockedRefund(tx: PaymentsTx, refundId: string): Promise<Found | null> {
  const where = { tenantId: tx.tenant.id, id: refundId };
  const seen = await tx.db.findOneBy(RefundRow, where);
  const payment = seen && (await lockedPayment(tx, { id: seen.paymentId }));
  const refund = payment && (await tx.db.findOneBy(RefundRow, where));
  return payment && refund ? { payment, refund } : null;
}

interface Found {
  readonly payment: PaymentRow;
  readonly refund: RefundRow;
}

async function succeed(tx: PaymentsTx, { payment, refund }: Found, { reference, at }: RefundSnapshot): Promise<void> {
  if (refund.status === RefundStatus.SUCCEEDED) return;
  const { attemptId, amountMinor } = refund;
  await addFacts(tx, payment, [{ kind: EventKind.REFUND_SUCCESS, reference, amountMinor, at, attemptId }]);
  await countRefunded(tx, refund, 1);
  await deriveAgain(tx, payment);
  await tx.db.save(Object.assign(payment, { version: payment.version + 1 }));
  Object.assign(refund, { status: RefundStatus.SUCCEEDED, tries: 0, dueAt: attemptId === null ? null : later(tx.clock.now(), bouncesWithin[0] ?? 0), errorCode: null });
  // What of the pieces was said already stays: they are on the shelf again, and counted.
  const lines = (await hadSucceededBefore(tx, refund)) ? [] : refund.lines;
  await tx.emit(refundSucceeded, { aggregate: { id: refund.id, version: await nextVersion(tx, refund) }, payload: { ...stateOf(payment, refund), lines } });
}

/** Whether one in whose place it stands went back before, and came to us again. */
async function hadSucceededBefore(tx: PaymentsTx, { id, paymentId }: RefundRow): Promise<boolean> {
  const rows: unknown[] = await tx.db.query(
    `with recursive before as (select id, reference from refund where replaced_by_id = $1 union select r.id, r.reference from refund r join before b on r.replaced_by_id = b.id)
     select 1 from before join payment_event e on e.reference = before.reference and e.payment_id = $2 and e.kind = 'REFUND_SUCCESS' limit 1`, [id, paymentId]);
  return rows.length > 0;
}

/** It never went back, or came to us again after it had. */
async function giveUp(tx: PaymentsTx, { payment, refund }: Found, { reference, at, code }: RefundSnapshot): Promise<void> {
  const { attemptId, amountMinor } = refund;
  const hadSucceeded = refund.status === RefundStatus.SUCCEEDED;
  await addFacts(tx, payment, [{ kind: hadSucceeded ? EventKind.REFUND_REVERSE : EventKind.REFUND_FAILURE, reference, amountMinor, at, attemptId, code }]);
  if (hadSucceeded) await countRefunded(tx, refund, -1);
  await deriveAgain(tx, payment);
  await reserveRefund(tx, payment, refund, -1);
  await tx.db.save(Object.assign(payment, { version: payment.version + 1 }));
  Object.assign(refund, { status: RefundStatus.FAILED, tries: 0, dueAt: attemptId === null ? null : later(tx.clock.now(), lookSeconds(0)), errorCode: code ?? 'failed' });
  await tx.emit(refundFailed, { aggregate: { id: refund.id, version: await nextVersion(tx, refund) }, payload: { ...stateOf(payment, refund), code: code ?? 'failed' } });
}

async function countRefunded(tx: PaymentsTx, { paymentId, shares }: RefundRow, sign: 1 | -1): Promise<void> {
  for (const { vendorOrderId, amountMinor } of shares) {
    await tx.db.query('update payment_share set refunded_minor = refunded_minor + $3, version = version + 1, updated_at = now() where payment_id = $1 and id = $2', [paymentId, vendorOrderId, sign * amountMinor]);
  }
}

async function nextVersion(tx: PaymentsTx, refund: RefundRow): Promise<number> {
  return (await tx.db.save(Object.assign(refund, { version: refund.version + 1 }))).version;
}

function stateOf({ orderId, userId, guestKey }: PaymentRow, { id, paymentId, currency, amountMinor, lines, shares, reason }: RefundRow) {
  return { refundId: id, paymentId, orderId, currency, amountMinor, lines, shares, buyer: { userId, guestKey }, reason };
}
