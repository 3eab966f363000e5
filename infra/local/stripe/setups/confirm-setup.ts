import type Stripe from 'stripe';
import type { z } from 'zod';
import type { AccountBooks } from '../account-books.js';
import { idOf } from '../intents/id-of.js';
import { mayRedirect, nextAction } from '../intents/next-action.js';
import { cardOf, checkUsable, methodByCard, methodNamed } from '../methods/method-of.js';
import { notNow, StripeRefusal, wrongParameter } from '../refusal.js';
import type { confirmSetupParams } from './setup-params.js';

type Confirming = Pick<z.infer<typeof confirmSetupParams>, 'payment_method' | 'payment_method_data' | 'return_url'>;
const mayConfirm = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

/** Confirms a setup. @throws StripeRefusal a `card_error` where the card is declined, with the setup as it is then. */
export function confirmSetupWith(books: AccountBooks, setup: Stripe.SetupIntent, params: Confirming, isPublic: boolean): Stripe.SetupIntent {
  if (!mayConfirm.includes(setup.status)) throw unexpected(setup, 'you cannot confirm it');
  const method = methodFor(books, setup, params, isPublic);
  checkUsable(books, method, idOf(setup.customer));
  if (mayRedirect(setup) && params.return_url === undefined) throw wrongParameter('This SetupIntent may redirect your customer off of your page, so you must provide a `return_url`.', 'return_url');
  const ready: Stripe.SetupIntent = { ...setup, payment_method: method.id, last_setup_error: null, next_action: null };
  const { card, facts } = cardOf(books, method.id);
  if (card.authentication && !facts.isSetUp) return askToAuthenticate(books, ready, params.return_url);
  const outcome = finish(books, ready, method);
  if (outcome.last_setup_error) throw new StripeRefusal(402, { message: '', ...outcome.last_setup_error, type: 'card_error', setup_intent: outcome });
  return outcome;
}

/** The person authenticated, or failed to. */
export function authenticateSetup(books: AccountBooks, id: string, isDone: boolean): Stripe.SetupIntent {
  const setup = books.get('setup_intent', id);
  if (setup.status !== 'requires_action') throw unexpected(setup, 'it asks for no authentication');
  const method = books.get('payment_method', idOf(setup.payment_method) ?? '');
  if (isDone) return finish(books, setup, method);
  return fail(books, setup, { type: 'invalid_request_error', code: 'setup_intent_authentication_failure', message: 'The latest attempt to set up the payment method has failed because authentication failed.', payment_method: method, payment_method_type: 'card' });
}

function methodFor(books: AccountBooks, setup: Stripe.SetupIntent, params: Confirming, isPublic: boolean): Stripe.PaymentMethod {
  if (params.payment_method_data) return methodByCard(books, params.payment_method_data, isPublic);
  const named = params.payment_method ?? idOf(setup.payment_method);
  if (named === null) throw unexpected(setup, "it's missing a payment method");
  return methodNamed(books, named);
}

function askToAuthenticate(books: AccountBooks, setup: Stripe.SetupIntent, returnUrl: string | undefined): Stripe.SetupIntent {
  const asked = books.put('setup_intent', { ...setup, status: 'requires_action', next_action: nextAction(`${books.around.url()}/pay/${books.settings.name}/${setup.id}/authenticate`, returnUrl) });
  books.tell('setup_intent.requires_action', asked);
  return asked;
}

function finish(books: AccountBooks, setup: Stripe.SetupIntent, method: Stripe.PaymentMethod): Stripe.SetupIntent {
  const { card, facts } = cardOf(books, method.id);
  if (card.decline) {
    const { code, declineCode, message } = card.decline;
    return fail(books, setup, { type: 'card_error', code, decline_code: declineCode, message, payment_method: method, payment_method_type: 'card' });
  }
  books.putCard(method.id, { ...facts, isSetUp: true });
  const customer = idOf(setup.customer);
  if (customer !== null && method.customer === null) books.tell('payment_method.attached', books.put('payment_method', { ...method, customer }));
  const done = books.put('setup_intent', { ...setup, status: 'succeeded', next_action: null, last_setup_error: null });
  books.tell('setup_intent.succeeded', done);
  return done;
}

function fail(books: AccountBooks, setup: Stripe.SetupIntent, error: Stripe.SetupIntent.LastSetupError): Stripe.SetupIntent {
  const open = books.put('setup_intent', { ...setup, status: 'requires_payment_method', payment_method: null, next_action: null, last_setup_error: error });
  books.tell('setup_intent.setup_failed', open);
  return open;
}

function unexpected(setup: Stripe.SetupIntent, why: string): StripeRefusal {
  return notNow(`This SetupIntent has a status of ${setup.status}: ${why}.`, 'setup_intent_unexpected_state', { setup_intent: setup });
}
