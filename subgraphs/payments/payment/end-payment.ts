import { paymentExpired } from '@haat/schema/events/payments';
import type { PaymentsTx } from '../context.js';
import { addFacts, deriveAgain } from './add-facts.js';
import { attemptsOf } from './locked-payment.js';
import { EventKind, openAttempts, PaymentStatus } from './payment-enums.js';
import type { PaymentRow } from './payment.row.js';
import { sayPayment } from './say-payment.js';

/** Wants every try that is open called off at the provider, by the job at `dueAt` at the latest. Answers their ids. What one was to capture stays known: it may have been, and nobody heard yet. */
export async function callOffAttempts(tx: PaymentsTx, payment: PaymentRow, dueAt: Date): Promise<string[]> {
  const open = (await attemptsOf(tx, payment.id)).filter(({ status }) => openAttempts.includes(status));
  for (const attempt of open) await tx.db.save(Object.assign(attempt, { wish: 'CANCEL', dueAt }));
  return open.map(({ id }) => id);
}

/** Ends a payment whose time is over with nothing paid, and says so once. What is promised or taken later is seen to then. */
export async function expirePayment(tx: PaymentsTx, payment: PaymentRow): Promise<void> {
  if (!isUnpaid(payment)) return;
  const added = await addFacts(tx, payment, [{ kind: EventKind.EXPIRED, reference: payment.id, amountMinor: payment.amountMinor, at: tx.clock.now() }]);
  if (added.length === 0) return;
  payment.windowEndsAt = null;
  await deriveAgain(tx, payment);
  await sayPayment(tx, payment, paymentExpired, {});
}

/** Ends a payment that nothing is due of any more. */
export async function cancelPayment(tx: PaymentsTx, payment: PaymentRow): Promise<void> {
  if (payment.capturedMinor > 0) return;
  await callOffAttempts(tx, payment, tx.clock.now());
  await addFacts(tx, payment, [{ kind: EventKind.CANCEL_SUCCESS, reference: payment.id, amountMinor: payment.amountMinor, at: tx.clock.now() }]);
  await deriveAgain(tx, payment);
  await tx.db.save(Object.assign(payment, { windowEndsAt: null, version: payment.version + 1 }));
}

/** Whether nothing of it was taken, or promised to stay, or called off with the whole order. */
function isUnpaid({ capturedMinor, status, windowEndsAt }: PaymentRow): boolean {
  const isCalledOff = status === PaymentStatus.CANCELLED && windowEndsAt === null;
  return capturedMinor === 0 && !isCalledOff && ![PaymentStatus.AUTHORIZED, PaymentStatus.PENDING_COLLECTION, PaymentStatus.CAPTURED].includes(status);
}
