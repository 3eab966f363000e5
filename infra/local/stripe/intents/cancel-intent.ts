import type Stripe from 'stripe';
import type { AccountBooks } from '../account-books.js';
import { checkClientSecret, type Call } from '../api/call.js';
import { readParams } from '../api/read-params.js';
import { notAllowed, notNow } from '../refusal.js';
import { idOf } from './id-of.js';
import { cancelParams } from './intent-params.js';

const mayCancel = ['requires_payment_method', 'requires_capture', 'requires_confirmation', 'requires_action'];

/** `POST /v1/payment_intents/:id/cancel`. */
export function cancelIntent({ books, form, id, isPublic }: Call): object {
  const params = readParams(form, cancelParams);
  if (isPublic) throw notAllowed('A publishable key cannot cancel a PaymentIntent.', 'secret_key_required');
  const intent = books.get('payment_intent', id);
  checkClientSecret({ books, form, id, isPublic, other: '' }, intent.client_secret, 'payment_intent');
  return cancelWith(books, intent, params.cancellation_reason ?? null);
}

/** Calls an intent off; what was held is let go. The reason is one of Stripe's, `automatic` where Stripe itself does it. */
export function cancelWith(books: AccountBooks, intent: Stripe.PaymentIntent, reason: string | null): Stripe.PaymentIntent {
  if (!mayCancel.includes(intent.status)) {
    const message = `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${mayCancel.join(', ')}.`;
    throw notNow(message, 'payment_intent_unexpected_state', { payment_intent: intent });
  }
  if (intent.status === 'requires_capture') letGo(books, intent, reason === 'automatic');
  const canceled = books.put('payment_intent', { ...intent, status: 'canceled', amount_capturable: 0, next_action: null, canceled_at: books.around.now(), cancellation_reason: reason });
  books.tell('payment_intent.canceled', canceled);
  return canceled;
}

/** A charge that was never captured counts as refunded then; it expires where nobody asked. */
function letGo(books: AccountBooks, intent: Stripe.PaymentIntent, isExpired: boolean): void {
  const charge = books.get('charge', idOf(intent.latest_charge) ?? '');
  const gone = books.put('charge', { ...charge, amount_refunded: charge.amount, refunded: true });
  books.tell(isExpired ? 'charge.expired' : 'charge.refunded', gone);
}
