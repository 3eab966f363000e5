import type Stripe from 'stripe';
import type { z } from 'zod';
import type { AccountBooks } from '../account-books.js';
import { checkClientSecret, type Call } from '../api/call.js';
import { readParams } from '../api/read-params.js';
import { cardOf, checkUsable, methodByCard, methodNamed } from '../methods/method-of.js';
import { notNow, StripeRefusal, wrongParameter } from '../refusal.js';
import { chargeIntent } from './charge-intent.js';
import { declineIntent, needsAuthentication } from './decline-intent.js';
import { confirmParams } from './intent-params.js';
import { idOf } from './id-of.js';
import { mayRedirect, nextAction } from './next-action.js';

const mayConfirm = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

type Confirming = Pick<z.infer<typeof confirmParams>, 'payment_method' | 'payment_method_data' | 'return_url' | 'off_session' | 'error_on_requires_action' | 'setup_future_usage' | 'receipt_email'>;

/** `POST /v1/payment_intents/:id/confirm`, by the shop or by the buyer's browser. */
export function confirmIntent({ books, form, id, isPublic }: Call): object {
  const params = readParams(form, confirmParams);
  const intent = books.get('payment_intent', id);
  checkClientSecret({ books, form, id, isPublic, other: '' }, intent.client_secret, 'payment_intent');
  return confirmWith(books, intent, params, isPublic);
}

/** Confirms an intent. @throws StripeRefusal a `card_error` where the card is declined, with the intent as it is then. */
export function confirmWith(books: AccountBooks, intent: Stripe.PaymentIntent, params: Confirming, isPublic = false): Stripe.PaymentIntent {
  if (!mayConfirm.includes(intent.status)) throw notNow(`You cannot confirm this PaymentIntent because it has a status of ${intent.status}.`, 'payment_intent_unexpected_state', { payment_intent: intent });
  const method = methodFor(books, intent, params, isPublic);
  checkUsable(books, method, idOf(intent.customer));
  if (mayRedirect(intent) && params.return_url === undefined) throw needsReturnUrl();
  const ready: Stripe.PaymentIntent = {
    ...intent, payment_method: method.id, last_payment_error: null, next_action: null, setup_future_usage: params.setup_future_usage ?? intent.setup_future_usage, receipt_email: params.receipt_email ?? intent.receipt_email,
  };
  const outcome = attempt(books, ready, method, params);
  if (outcome.last_payment_error) throw new StripeRefusal(402, { message: '', ...outcome.last_payment_error, type: 'card_error', payment_intent: outcome });
  return outcome;
}

function methodFor(books: AccountBooks, intent: Stripe.PaymentIntent, params: Confirming, isPublic: boolean): Stripe.PaymentMethod {
  if (params.payment_method_data) return methodByCard(books, params.payment_method_data, isPublic);
  const named = params.payment_method ?? idOf(intent.payment_method);
  if (named !== null) return methodNamed(books, named);
  const message = "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method.";
  throw notNow(message, 'payment_intent_unexpected_state', { payment_intent: intent });
}

function attempt(books: AccountBooks, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod, params: Confirming): Stripe.PaymentIntent {
  const { card, facts } = cardOf(books, method.id);
  const mustAuthenticate = card.authentication === 'always' || (card.authentication === 'until-set-up' && !facts.isSetUp);
  if (!mustAuthenticate) return chargeIntent(books, intent, method);
  if (params.off_session || params.error_on_requires_action) return declineIntent(books, intent, method, needsAuthentication);
  return askToAuthenticate(books, intent, params.return_url);
}

function askToAuthenticate(books: AccountBooks, intent: Stripe.PaymentIntent, returnUrl: string | undefined): Stripe.PaymentIntent {
  const url = `${books.around.url()}/pay/${books.settings.name}/${intent.id}/authenticate`;
  const asked = books.put('payment_intent', { ...intent, status: 'requires_action', next_action: nextAction(url, returnUrl) });
  books.tell('payment_intent.requires_action', asked);
  return asked;
}

function needsReturnUrl(): StripeRefusal {
  return wrongParameter('This PaymentIntent is configured to accept payment methods that might redirect your customer off of your page, so you must provide a `return_url`; or set automatic_payment_methods[allow_redirects] to never when you create it.', 'return_url');
}
