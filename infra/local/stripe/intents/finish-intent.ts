import type Stripe from 'stripe';
import type { AccountBooks } from '../account-books.js';
import { cardOf } from '../methods/method-of.js';
import { notNow } from '../refusal.js';
import { chargeIntent } from './charge-intent.js';
import { declineIntent, failAuthentication } from './decline-intent.js';
import { idOf } from './id-of.js';

/** The buyer authenticated, or failed to. */
export function authenticateIntent(books: AccountBooks, id: string, isDone: boolean): Stripe.PaymentIntent {
  const intent = books.get('payment_intent', id);
  if (intent.status !== 'requires_action') throw notNow(`This PaymentIntent asks for no authentication: it has a status of ${intent.status}.`, 'payment_intent_unexpected_state', { payment_intent: intent });
  const method = books.get('payment_method', idOf(intent.payment_method) ?? '');
  return isDone ? chargeIntent(books, intent, method, { isAuthenticated: true }) : failAuthentication(books, intent, method);
}

/** A payment that was in the works comes to its end. */
export function settleIntent(books: AccountBooks, id: string, isPaid: boolean): Stripe.PaymentIntent {
  const intent = books.get('payment_intent', id);
  if (intent.status !== 'processing') throw notNow(`This PaymentIntent is not in the works: it has a status of ${intent.status}.`, 'payment_intent_unexpected_state', { payment_intent: intent });
  const method = books.get('payment_method', idOf(intent.payment_method) ?? '');
  if (isPaid) return chargeIntent(books, intent, method, { isSettled: true });
  const { card } = cardOf(books, method.id);
  return declineIntent(books, intent, method, card.decline ?? { code: 'card_declined', declineCode: 'generic_decline', message: 'Your card was declined.' });
}
