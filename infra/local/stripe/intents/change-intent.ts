import type Stripe from 'stripe';
import type { z } from 'zod';
import type { AccountBooks } from '../account-books.js';
import { checkAmount, checkCurrency } from '../amounts.js';
import type { Call } from '../api/call.js';
import { mergedMetadata, readParams } from '../api/read-params.js';
import { aliveCustomer } from '../customers/customer-verbs.js';
import { checkUsable, methodNamed } from '../methods/method-of.js';
import { notNow } from '../refusal.js';
import { idOf } from './id-of.js';
import { changeParams } from './intent-params.js';

type Params = z.infer<typeof changeParams>;
const open = ['requires_payment_method', 'requires_confirmation', 'requires_action'];
const always = new Set(['metadata', 'description', 'receipt_email', 'transfer_group', 'expand', 'key', 'client_secret']);

/** `POST /v1/payment_intents/:id`: words at any time, what is paid and with what only while it is open. */
export function changeIntent({ books, form, id }: Call): object {
  const params = readParams(form, changeParams);
  const intent = books.get('payment_intent', id);
  const late = open.includes(intent.status) ? undefined : Object.keys(params).find((name) => !always.has(name));
  if (late) throw notNow(`This PaymentIntent's ${late} could not be updated because it has a status of ${intent.status}. You may only update it with one of the following statuses: ${open.join(', ')}.`, 'payment_intent_unexpected_state', { payment_intent: intent });
  const currency = params.currency === undefined ? intent.currency : checkCurrency(params.currency);
  const amount = params.amount === undefined && params.currency === undefined ? intent.amount : checkAmount(params.amount ?? intent.amount, currency);
  return books.put('payment_intent', withMethod(books, { ...withWords(intent, params), amount, currency, customer: customerOf(books, intent, params) }, params));
}

function withWords(intent: Stripe.PaymentIntent, params: Params): Stripe.PaymentIntent {
  const { description, receipt_email: email, setup_future_usage: usage, statement_descriptor_suffix: suffix, transfer_group: group } = params;
  return {
    ...intent, metadata: mergedMetadata(intent.metadata, params.metadata), ...(description !== undefined && { description }), ...(email !== undefined && { receipt_email: email }),
    ...(usage !== undefined && { setup_future_usage: usage }), ...(suffix !== undefined && { statement_descriptor_suffix: suffix }), ...(group !== undefined && { transfer_group: group }),
  };
}

function customerOf(books: AccountBooks, intent: Stripe.PaymentIntent, { customer }: Params): string | null {
  return customer === undefined ? idOf(intent.customer) : aliveCustomer(books, customer, 'customer').id;
}

/** What is paid with has to be confirmed again. */
function withMethod(books: AccountBooks, intent: Stripe.PaymentIntent, { payment_method: named, amount }: Params): Stripe.PaymentIntent {
  const method = named === undefined ? null : methodNamed(books, named);
  if (method) checkUsable(books, method, idOf(intent.customer));
  if (method) return { ...intent, payment_method: method.id, status: 'requires_confirmation', next_action: null };
  return amount !== undefined && intent.status === 'requires_action' ? { ...intent, status: 'requires_confirmation', next_action: null } : intent;
}
