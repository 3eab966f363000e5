import { newId } from '@haat/kit/id';
import type { PaymentsTx } from '../context.js';
import type { EventKind } from './payment-enums.js';
import { type AttemptRow, PaymentEventRow, type PaymentRow } from './payment.row.js';
import { deriveAttempt, derivePayment } from './payment-state.js';
import { sharesOf } from './say-payment.js';

/** A fact to be added to a payment's events. */
export interface NewFact {
  readonly kind: EventKind;
  /** The provider's, or ours where there is no provider: names the fact together with its kind. */
  readonly reference: string;
  readonly amountMinor: number;
  readonly at: Date;
  readonly attemptId?: string | null;
  readonly code?: string | null;
  readonly message?: string | null;
}

/** Adds what is not known yet, and answers that: a fact heard twice is one. */
export async function addFacts(tx: PaymentsTx, payment: PaymentRow, facts: readonly NewFact[]): Promise<NewFact[]> {
  const added: NewFact[] = [];
  for (const fact of facts) {
    const { kind, reference, amountMinor, at, attemptId = null, code = null, message = null } = fact;
    const rows: unknown[] = await tx.db.query(
      `insert into payment_event (id, payment_id, attempt_id, provider, reference, kind, amount_minor, at, code, message) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict (tenant_id, provider, reference, kind) do nothing returning id`,
      [newId('pev', tx.clock.now()), payment.id, attemptId, payment.provider, reference, kind, amountMinor, at, code, message]);
    if (rows.length > 0) added.push(fact);
  }
  return added;
}

/** Brings a payment's amounts and status, and its attempt's, to what the events say. The payment is saved by whoever says so. */
export async function deriveAgain(tx: PaymentsTx, payment: PaymentRow, attempt?: AttemptRow): Promise<void> {
  const facts = await tx.db.find(PaymentEventRow, { where: { tenantId: tx.tenant.id, paymentId: payment.id }, order: { seq: 'ASC' } });
  const { provider, amountMinor, heldReason } = payment;
  Object.assign(payment, derivePayment({ provider, amountMinor, dueMinor: await dueOf(tx, payment), isHeld: heldReason !== null }, facts));
  if (!attempt) return;
  const own = facts.filter(({ attemptId }) => attemptId === attempt.id);
  attempt.status = deriveAttempt(own, attempt.captureMinor ?? attempt.amountMinor);
}

/** What is still to be paid for, in all. */
export async function dueOf(tx: PaymentsTx, { id }: PaymentRow): Promise<number> {
  return (await sharesOf(tx, id)).reduce((sum, { amountMinor, cancelledMinor }) => sum + amountMinor - cancelledMinor, 0);
}
