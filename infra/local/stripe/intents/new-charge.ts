import type Stripe from 'stripe';
import type { AccountBooks } from '../account-books.js';
import { newId, randomLetters } from '../new-id.js';
import type { Decline } from '../test-cards.js';
import { idOf } from './id-of.js';

/** A charge of an intent: declined, held or taken. */
export function newCharge(books: AccountBooks, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod, decline: Decline | null, isAuthenticated: boolean): Stripe.Charge {
  const isTaken = decline === null && intent.capture_method !== 'manual';
  const id = newId('charge');
  return books.put('charge', {
    id, object: 'charge', amount: intent.amount, amount_captured: isTaken ? intent.amount : 0, amount_refunded: 0, application: null, application_fee: null, application_fee_amount: null,
    balance_transaction: isTaken ? `txn_${randomLetters(24)}` : null, billing_details: method.billing_details, calculated_statement_descriptor: 'HAAT', captured: isTaken, created: books.around.now(),
    currency: intent.currency, customer: idOf(intent.customer), description: intent.description, disputed: false, failure_balance_transaction: null, failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null, fraud_details: {}, livemode: false, metadata: intent.metadata, on_behalf_of: null, outcome: outcomeOf(decline), paid: decline === null,
    payment_intent: intent.id, payment_method: method.id, payment_method_details: { type: 'card', card: cardDetails(intent.amount, method, isAuthenticated) }, receipt_email: intent.receipt_email,
    receipt_number: null, receipt_url: null, refunded: false, review: null, shipping: null, source: null, source_transfer: null, statement_descriptor: null,
    statement_descriptor_suffix: intent.statement_descriptor_suffix, status: decline === null ? 'succeeded' : 'failed', transfer_data: null, transfer_group: intent.transfer_group,
  });
}

function outcomeOf(decline: Decline | null): Stripe.Charge.Outcome {
  const isFine = decline === null;
  return {
    advice_code: null, network_advice_code: null, network_decline_code: null, network_status: isFine ? 'approved_by_network' : 'declined_by_network', reason: decline?.declineCode ?? null,
    risk_level: 'normal', risk_score: 10, seller_message: isFine ? 'Payment complete.' : 'The bank did not take this charge.', type: isFine ? 'authorized' : 'issuer_declined',
  };
}

function cardDetails(amount: number, { card }: Stripe.PaymentMethod, isAuthenticated: boolean): Stripe.Charge.PaymentMethodDetails.Card {
  return {
    amount_authorized: amount, authorization_code: null, brand: card?.brand ?? null, checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' }, country: 'US',
    electronic_commerce_indicator: null, exp_month: card?.exp_month ?? 0, exp_year: card?.exp_year ?? 0, fingerprint: card?.fingerprint ?? null, funding: 'credit', installments: null,
    last4: card?.last4 ?? null, mandate: null, network: card?.brand ?? null, network_transaction_id: null, regulated_status: 'unregulated', transaction_link_id: null, wallet: null,
    three_d_secure: isAuthenticated ? { authentication_flow: 'challenge', electronic_commerce_indicator: '05', exemption_indicator: null, result: 'authenticated', result_reason: null, transaction_id: null, version: '2.2.0' } : null,
  };
}
