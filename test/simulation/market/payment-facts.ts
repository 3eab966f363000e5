import type { PaymentFact } from '@haat/payments/pure/payment-state';
import type { Tx } from '../engine/store.js';
import type { Market } from './market.js';
import type { PaymentRow } from './rows.js';

/** States of a try with which something may still happen at the provider. */
export const openStates = ['CREATED', 'REQUIRES_ACTION', 'PROCESSING', 'AUTHORIZED'];

/** What is still to be paid for, in all. */
export function dueOf({ shares }: Pick<PaymentRow, 'shares'>): number {
  return shares.reduce((sum, { amountMinor, cancelledMinor }) => sum + amountMinor - cancelledMinor, 0);
}

/** Says what happened to a payment: each event has a version of its own. */
export function say(tx: Tx, payment: PaymentRow, type: string): void {
  payment.version += 1;
  const { id: paymentId, orderId, status, capturedMinor, refundedMinor } = payment;
  tx.emit(payment.tenant, type, payment, { paymentId, orderId, status, capturedMinor, refundedMinor });
}

/** Adds what is not known yet, and answers that: a fact heard twice is one. */
export function addFacts(payment: PaymentRow, facts: readonly PaymentFact[]): PaymentFact[] {
  const added = facts.filter((fact) => !payment.facts.some(({ kind, reference }) => kind === fact.kind && reference === fact.reference));
  payment.facts.push(...added);
  return added;
}

/** Brings a payment to what its facts say, by the product's own rule. */
export function deriveAgain({ world: { parts } }: Market, payment: PaymentRow): void {
  const { attempt, facts, amountMinor, heldReason } = payment;
  Object.assign(payment, parts.derivePayment({ provider: 'STRIPE', amountMinor, dueMinor: dueOf(payment), isHeld: heldReason !== null }, facts));
  attempt.status = parts.deriveAttempt(facts.filter(({ attemptId }) => attemptId === attempt.id), attempt.amountMinor);
}

/** Wants a try that is open called off at the provider. */
export function callOff({ attempt }: PaymentRow, dueAtMs: number): void {
  if (openStates.includes(attempt.status)) Object.assign(attempt, { wish: 'CANCEL', dueAtMs });
}
