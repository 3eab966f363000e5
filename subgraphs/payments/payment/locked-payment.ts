import type { PaymentsReads, PaymentsTx } from '../context.js';
import { AttemptRow, PaymentRow } from './payment.row.js';

/** A payment that nobody else changes meanwhile: everything of it is written behind this one lock. */
export function lockedPayment(tx: PaymentsTx, where: { readonly id: string } | { readonly orderId: string }): Promise<PaymentRow | null> {
  return tx.db.findOne(PaymentRow, { where: { tenantId: tx.tenant.id, ...where }, lock: { mode: 'pessimistic_write' } });
}

/** An attempt, read behind its payment's lock. */
export async function lockedAttempt(tx: PaymentsTx, attemptId: string): Promise<{ payment: PaymentRow; attempt: AttemptRow } | null> {
  const where = { tenantId: tx.tenant.id, id: attemptId };
  const seen = await tx.db.findOneBy(AttemptRow, where);
  const payment = seen && (await lockedPayment(tx, { id: seen.paymentId }));
  const attempt = payment && (await tx.db.findOneBy(AttemptRow, where));
  return payment && attempt ? { payment, attempt } : null;
}

/** The attempt that counts: the latest. */
export function latestAttempt(tx: PaymentsReads, paymentId: string): Promise<AttemptRow | null> {
  return tx.db.findOne(AttemptRow, { where: { tenantId: tx.tenant.id, paymentId }, order: { number: 'DESC' } });
}

/** All tries of a payment, the earliest first. */
export function attemptsOf(tx: PaymentsReads, paymentId: string): Promise<AttemptRow[]> {
  return tx.db.find(AttemptRow, { where: { tenantId: tx.tenant.id, paymentId }, order: { number: 'ASC' } });
}
