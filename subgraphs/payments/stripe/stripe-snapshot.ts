import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import type { DisputeSnapshot, MethodSnapshot, PaymentSnapshot, RefundSnapshot, SetupSnapshot } from '../provider/payment-provider.js';
import { fromStripeAmount } from './stripe-amount.js';

/** What Stripe's states mean to us; docs.stripe.com/payments/paymentintents/lifecycle. */
const statuses: Readonly<Record<Stripe.PaymentIntent.Status, PaymentSnapshot['status']>> = {
  requires_payment_method: 'OPEN', requires_confirmation: 'OPEN', requires_action: 'ACTION_REQUIRED', processing: 'PROCESSING', requires_capture: 'AUTHORIZED', succeeded: 'CAPTURED', canceled: 'CANCELLED',
};

/** A PaymentIntent, as an answer, a callback or a poll brought it. */
export function paymentSnapshot(intent: Stripe.PaymentIntent, at: Date): PaymentSnapshot {
  return {
    reference: intent.id,
    attemptId: intent.metadata['attempt'] ?? null,
    status: statuses[intent.status] ?? 'PROCESSING',
    amountMinor: fromStripeAmount(intent.amount, intent.currency),
    currency: intent.currency.toUpperCase(),
    capturedMinor: fromStripeAmount(intent.amount_received, intent.currency),
    methodReference: idOf(intent.payment_method),
    nextAction: intent.next_action ? { kind: intent.next_action.type, url: intent.next_action.redirect_to_url?.url ?? null } : null,
    failure: failureOf(intent),
    clientSecret: intent.client_secret,
    at,
  };
}

/** A Refund of Stripe's. */
export function refundSnapshot(refund: Stripe.Refund, at: Date): RefundSnapshot {
  const isOver = refund.status === 'failed' || refund.status === 'canceled';
  return {
    reference: refund.id,
    refundId: refund.metadata?.['refund'] ?? null,
    paymentReference: idOf(refund.payment_intent),
    status: refund.status === 'succeeded' ? 'SUCCEEDED' : isOver ? 'FAILED' : 'PROCESSING',
    amountMinor: fromStripeAmount(refund.amount, refund.currency),
    currency: refund.currency.toUpperCase(),
    code: isOver ? (refund.failure_reason ?? refund.status) : null,
    at,
  };
}

/** A Dispute of Stripe's. */
export function disputeSnapshot(dispute: Stripe.Dispute, at: Date): DisputeSnapshot {
  const dueBy = dispute.evidence_details?.due_by;
  return {
    reference: dispute.id,
    paymentReference: idOf(dispute.payment_intent),
    status: dispute.status,
    outcome: dispute.status === 'won' || dispute.status === 'warning_closed' ? 'WON' : dispute.status === 'lost' ? 'LOST' : 'OPEN',
    reason: dispute.reason,
    amountMinor: fromStripeAmount(dispute.amount, dispute.currency),
    currency: dispute.currency.toUpperCase(),
    evidenceDueAt: dueBy ? new Date(dueBy * 1_000) : null,
    at,
  };
}

/** A SetupIntent of Stripe's. */
export function setupSnapshot(setup: Stripe.SetupIntent): SetupSnapshot {
  return {
    reference: setup.id, userId: setup.metadata?.['user'] ?? null, clientSecret: setup.client_secret, isDone: setup.status === 'succeeded',
    customerReference: idOf(setup.customer), methodReference: idOf(setup.payment_method),
  };
}

/** A card of Stripe's; what is no card has no numbers to show. */
export function methodSnapshot(method: Stripe.PaymentMethod, customerReference: string): MethodSnapshot {
  const { card } = method;
  return { reference: method.id, customerReference, brand: card?.brand ?? method.type, lastFour: card?.last4 ?? '', expiryMonth: card?.exp_month ?? 0, expiryYear: card?.exp_year ?? 0 };
}

/** Only a state that waits for a method tells of the latest one's decline. */
function failureOf({ id, status, last_payment_error: error, latest_charge: charge }: Stripe.PaymentIntent): PaymentSnapshot['failure'] {
  if (!error || (status !== 'requires_payment_method' && status !== 'canceled')) return null;
  const code = error.decline_code ?? error.code ?? error.type;
  // Not every decline makes a charge; the method and the code tell two tries apart then.
  const ofCharge = error.charge ?? idOf(charge);
  const reference = ofCharge ?? `${id}:${createHash('sha256').update(`${error.payment_method?.id}:${code}`).digest('base64url').slice(0, 16)}`;
  return { reference, isUnique: ofCharge !== null, code, message: (error.message ?? code).slice(0, 500) };
}

function idOf(thing: string | { readonly id: string } | null | undefined): string | null {
  return typeof thing === 'string' ? thing : (thing?.id ?? null);
}
