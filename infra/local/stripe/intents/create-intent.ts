import type Stripe from 'stripe';
import type { z } from 'zod';
import type { AccountBooks } from '../account-books.js';
import { checkAmount, checkCurrency } from '../amounts.js';
import type { Call } from '../api/call.js';
import { mergedMetadata, readParams } from '../api/read-params.js';
import { aliveCustomer } from '../customers/customer-verbs.js';
import { checkUsable, methodByCard, methodNamed } from '../methods/method-of.js';
import { newId, randomLetters } from '../new-id.js';
import { wrongParameter } from '../refusal.js';
import { confirmWith } from './confirm-intent.js';
import { createParams } from './intent-params.js';

type Params = z.infer<typeof createParams>;

/** `POST /v1/payment_intents`: opens a payment, and confirms it at once where that is asked for. */
export function createIntent({ books, form, isPublic }: Call): object {
  const params = readParams(form, createParams);
  const made = newIntent(books, params);
  const method = params.payment_method_data ? methodByCard(books, params.payment_method_data, isPublic) : params.payment_method === undefined ? null : methodNamed(books, params.payment_method);
  if (method) checkUsable(books, method, made.customer);
  const intent = books.put('payment_intent', method ? { ...made, payment_method: method.id, status: 'requires_confirmation' } : made);
  books.tell('payment_intent.created', intent);
  return params.confirm === true ? confirmWith(books, intent, params) : intent;
}

function newIntent(books: AccountBooks, params: Params): Stripe.PaymentIntent & { customer: string | null } {
  const currency = checkCurrency(params.currency);
  checkWanted(params);
  const id = newId('payment_intent');
  return {
    id, object: 'payment_intent', allowed_payment_method_types: params.allowed_payment_method_types ?? null, amount: checkAmount(params.amount, currency), amount_capturable: 0, amount_details: { tip: {} }, amount_received: 0, application: null,
    application_fee_amount: null, automatic_payment_methods: automaticOf(params), canceled_at: null, cancellation_reason: null, capture_method: params.capture_method ?? 'automatic_async',
    client_secret: `${id}_secret_${randomLetters(25)}`, confirmation_method: 'automatic', created: books.around.now(), currency,
    customer: params.customer === undefined ? null : aliveCustomer(books, params.customer, 'customer').id, customer_account: null, description: params.description ?? null,
    excluded_payment_method_types: null, last_payment_error: null, latest_charge: null, livemode: false, managed_payments: null, metadata: mergedMetadata(null, params.metadata), next_action: null,
    on_behalf_of: null, payment_method: null, payment_method_configuration_details: null, payment_method_options: { card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' } },
    payment_method_types: ['card'], payment_record: null, processing: null, receipt_email: params.receipt_email ?? null, review: null, setup_future_usage: params.setup_future_usage ?? null, shipping: null,
    source: null, statement_descriptor: null, statement_descriptor_suffix: params.statement_descriptor_suffix ?? null, status: 'requires_payment_method', transfer_data: null, transfer_group: params.transfer_group ?? null,
  };
}

function checkWanted({ confirm, ...rest }: Params): void {
  if (confirm) return;
  const early = (['off_session', 'error_on_requires_action', 'return_url'] as const).find((name) => rest[name] !== undefined);
  if (early) throw wrongParameter(`You can only pass in ${early} when \`confirm\` is true.`, early);
}

/** Stripe takes whatever its dashboard allows unless it is told not to. */
function automaticOf({ automatic_payment_methods: automatic }: Params): Stripe.PaymentIntent.AutomaticPaymentMethods | null {
  if (automatic?.enabled === false) return null;
  return { allow_redirects: automatic?.allow_redirects ?? 'always', enabled: true };
}
