import type Stripe from 'stripe';
import { z } from 'zod';
import type { AccountBooks, CardFacts } from '../account-books.js';
import { integer, text, textOrNone } from '../api/read-params.js';
import { invariant } from '@haat/kit/invariant';
import { missing, notNow, StripeRefusal, wrongParameter } from '../refusal.js';
import { testCard, type TestCard } from '../test-cards.js';
import { newMethod } from './new-method.js';

/** A card as Stripe.js sends it, or by a test token. */
export const cardParam = z.strictObject({ number: text.optional(), exp_month: integer.optional(), exp_year: integer.optional(), cvc: text.optional(), token: text.optional() });
/** Who pays with it. */
export const billingParam = z.looseObject({ name: textOrNone.optional(), email: textOrNone.optional() });
/** A method made on the way. */
export const methodDataParam = z.strictObject({ type: z.literal('card'), card: cardParam, billing_details: billingParam.optional() });

/** The method that a request names: one there is, or a new one by a test id such as `pm_card_visa`. */
export function methodNamed(books: AccountBooks, id: string, param = 'payment_method'): Stripe.PaymentMethod {
  const card = id.startsWith('pm_card_') ? testCard(id) : undefined;
  if (card) return newMethod(books, card);
  if (id.startsWith('pm_card_')) throw missing('PaymentMethod', id, param);
  return books.get('payment_method', id, param);
}

/** A new method by its card. Only a publishable key may send the number of one: no server of a shop should ever see it. */
export function methodByCard(books: AccountBooks, { card, billing_details: billing }: z.infer<typeof methodDataParam>, isPublic: boolean): Stripe.PaymentMethod {
  if (card.number !== undefined && !isPublic) {
    throw new StripeRefusal(402, { type: 'invalid_request_error', message: 'Sending credit card numbers directly to the Stripe API is generally unsafe. To continue processing use Stripe.js.' }, true);
  }
  const said = card.number ?? card.token;
  if (said === undefined) throw wrongParameter('Missing required param: card[number].', 'card[number]', 'parameter_missing');
  const known = testCard(said);
  if (!known) throw new StripeRefusal(402, { type: 'card_error', code: 'incorrect_number', message: 'Your card number is incorrect.', param: 'number' });
  return newMethod(books, known, { expMonth: card.exp_month, expYear: card.exp_year, name: billing?.name, email: billing?.email });
}

/** What is known of a method, and its card. */
export function cardOf(books: AccountBooks, methodId: string): { readonly facts: CardFacts; readonly card: TestCard } {
  const facts = books.cardOf(methodId);
  const card = facts && testCard(facts.card);
  invariant(facts && card, `The method ${methodId} has no card.`);
  return { facts, card };
}

/** Refuses a method that belongs to somebody else than the intent, or that was used up. */
export function checkUsable(books: AccountBooks, method: Stripe.PaymentMethod, customer: string | null): void {
  if (method.customer !== null && method.customer !== customer) {
    throw wrongParameter(`The payment method ${method.id} belongs to a Customer. Please include the Customer in the \`customer\` parameter of the intent.`, 'payment_method');
  }
  if (method.customer === null && cardOf(books, method.id).facts.isSpent) throw spent();
}

/** A method that was charged without a customer, or taken from one, is used up. */
export function spent(): StripeRefusal {
  return notNow('This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.', 'payment_method_unexpected_state');
}
