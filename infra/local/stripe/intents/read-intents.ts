import type Stripe from 'stripe';
import { z } from 'zod';
import { checkClientSecret, type Call } from '../api/call.js';
import { listPage } from '../api/list-page.js';
import { anywhere, paging, readParams, text } from '../api/read-params.js';
import { listParams, readIntentParams } from './intent-params.js';

/** What a publishable key may see of an intent. */
const publicFields = [
  'id', 'object', 'amount', 'amount_details', 'automatic_payment_methods', 'canceled_at', 'cancellation_reason', 'capture_method', 'client_secret', 'confirmation_method', 'created', 'currency', 'description',
  'last_payment_error', 'last_setup_error', 'livemode', 'next_action', 'payment_method', 'payment_method_types', 'processing', 'receipt_email', 'setup_future_usage', 'shipping', 'source', 'status', 'usage',
];
const chargesOf = z.strictObject({ ...paging, payment_intent: text.optional(), customer: text.optional() });

/** `GET /v1/payment_intents/:id`. */
export function readIntent(call: Call): object {
  readParams(call.form, readIntentParams);
  const intent = call.books.get('payment_intent', call.id);
  checkClientSecret(call, intent.client_secret, 'payment_intent');
  return intent;
}

/** `GET /v1/payment_intents`. */
export function listIntents({ books, form }: Call): object {
  const params = readParams(form, listParams);
  return listPage('/v1/payment_intents', books.all('payment_intent').filter(({ customer }) => params.customer === undefined || customer === params.customer), params);
}

/** `GET /v1/charges/:id`. */
export function readCharge({ books, form, id }: Call): object {
  readParams(form, z.strictObject(anywhere));
  return books.get('charge', id);
}

/** `GET /v1/charges`. */
export function listCharges({ books, form }: Call): object {
  const params = readParams(form, chargesOf);
  const isWanted = (charge: Stripe.Charge): boolean => (params.payment_intent ?? charge.payment_intent) === charge.payment_intent && (params.customer ?? charge.customer) === charge.customer;
  return listPage('/v1/charges', books.all('charge').filter(isWanted), params);
}

/** The part of an intent that a browser may see. */
export function publicView(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([name]) => publicFields.includes(name)));
}
