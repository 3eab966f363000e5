import type Stripe from 'stripe';
import type { AccountBooks } from '../account-books.js';
import { idOf } from '../intents/id-of.js';
import { newId } from '../new-id.js';
import { notNow } from '../refusal.js';

/** Seconds until evidence is due. */
const dueAfter = 9 * 86_400;
const openStates = ['needs_response', 'under_review', 'warning_needs_response', 'warning_under_review'];

/** The holder of a card disputes its charge. An amount below the charge's disputes a part of it. */
export function openDispute(books: AccountBooks, charge: Stripe.Charge, { reason = 'fraudulent', amount = charge.amount_captured }: { readonly reason?: string; readonly amount?: number } = {}): Stripe.Dispute {
  if (charge.disputed) throw notNow(`Charge ${charge.id} is disputed already.`, 'charge_disputed');
  const dispute = books.put('dispute', {
    id: newId('dispute'), object: 'dispute', amount, balance_transactions: [], charge: charge.id, created: books.around.now(), currency: charge.currency, enhanced_eligibility_types: [], evidence: noEvidence,
    evidence_details: { due_by: books.around.now() + dueAfter, enhanced_eligibility: {}, has_evidence: false, past_due: false, submission_count: 0, submission_method: 'manual' }, intended_submission_method: null,
    is_charge_refundable: false, livemode: false, metadata: {}, network_reason_code: '10.4', payment_intent: idOf(charge.payment_intent),
    payment_method_details: { card: { brand: 'visa', case_type: 'chargeback', network: 'visa', network_reason_code: '10.4' }, type: 'card' }, reason, status: 'needs_response',
  });
  books.put('charge', { ...charge, disputed: true });
  books.tell('charge.dispute.created', dispute);
  books.tell('charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

/** The bank decides. What is won comes back. */
export function closeDispute(books: AccountBooks, id: string, status: 'won' | 'lost'): Stripe.Dispute {
  const dispute = books.get('dispute', id);
  if (!openStates.includes(dispute.status)) throw notNow(`This dispute is already closed: it has a status of ${dispute.status}.`, 'dispute_unexpected_state');
  const closed = books.put('dispute', { ...dispute, status });
  if (status === 'won') books.tell('charge.dispute.funds_reinstated', closed);
  books.tell('charge.dispute.closed', closed, { status: dispute.status });
  return closed;
}

const noEvidence: Stripe.Dispute.Evidence = {
  access_activity_log: null, billing_address: null, cancellation_policy: null, cancellation_policy_disclosure: null, cancellation_rebuttal: null, customer_communication: null, customer_email_address: null, customer_name: null,
  customer_purchase_ip: null, customer_signature: null, duplicate_charge_documentation: null, duplicate_charge_explanation: null, duplicate_charge_id: null, enhanced_evidence: {}, product_description: null, receipt: null,
  refund_policy: null, refund_policy_disclosure: null, refund_refusal_explanation: null, service_date: null, service_documentation: null, shipping_address: null, shipping_carrier: null, shipping_date: null,
  shipping_documentation: null, shipping_tracking_number: null, uncategorized_file: null, uncategorized_text: null,
};
