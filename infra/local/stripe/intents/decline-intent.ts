import type Stripe from 'stripe';
import type { AccountBooks } from '../account-books.js';
import type { Decline } from '../test-cards.js';
import { newCharge } from './new-charge.js';

/** The decline of a card whose holder would have to authenticate and is not there. */
export const needsAuthentication: Decline = { code: 'authentication_required', declineCode: 'authentication_required', message: 'Your card was declined. This transaction requires authentication.' };

/** The bank says no: the intent waits for another method. */
export function declineIntent(books: AccountBooks, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod, decline: Decline): Stripe.PaymentIntent {
  const charge = newCharge(books, intent, method, decline, false);
  books.tell('charge.failed', charge);
  return failed(books, { ...intent, latest_charge: charge.id }, {
    type: 'card_error', charge: charge.id, code: decline.code, decline_code: decline.declineCode, message: decline.message, payment_method: method, payment_method_type: 'card',
    doc_url: `https://docs.stripe.com/error-codes/${decline.code.replaceAll('_', '-')}`,
  });
}

/** Its holder did not authenticate; nothing was asked of the bank. */
export function failAuthentication(books: AccountBooks, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): Stripe.PaymentIntent {
  return failed(books, intent, {
    type: 'invalid_request_error', code: 'payment_intent_authentication_failure', payment_method: method, payment_method_type: 'card', doc_url: 'https://docs.stripe.com/error-codes/payment-intent-authentication-failure',
    message: 'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
  });
}

function failed(books: AccountBooks, intent: Stripe.PaymentIntent, error: Stripe.PaymentIntent.LastPaymentError): Stripe.PaymentIntent {
  const open = books.put('payment_intent', { ...intent, status: 'requires_payment_method', payment_method: null, next_action: null, processing: null, last_payment_error: error });
  books.tell('payment_intent.payment_failed', open);
  return open;
}
