import type Stripe from 'stripe';
import { checkClientSecret, type Call } from '../api/call.js';
import { listPage } from '../api/list-page.js';
import { mergedMetadata, readParams } from '../api/read-params.js';
import { aliveCustomer } from '../customers/customer-verbs.js';
import { checkUsable, methodByCard, methodNamed } from '../methods/method-of.js';
import { newId, randomLetters } from '../new-id.js';
import { notNow } from '../refusal.js';
import { confirmSetupWith } from './confirm-setup.js';
import { cancelSetupParams, changeSetupParams, confirmSetupParams, createSetupParams, listSetupParams, readSetupParams } from './setup-params.js';

const mayCancel = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

/** `POST /v1/setup_intents`: begins to save a card. */
export function createSetup({ books, form, isPublic }: Call): object {
  const params = readParams(form, createSetupParams);
  const customer = params.customer === undefined ? null : aliveCustomer(books, params.customer, 'customer').id;
  const method = params.payment_method_data ? methodByCard(books, params.payment_method_data, isPublic) : params.payment_method === undefined ? null : methodNamed(books, params.payment_method);
  if (method) checkUsable(books, method, customer);
  const id = newId('setup_intent');
  const isAutomatic = params.automatic_payment_methods?.enabled !== false;
  const made = books.put('setup_intent', {
    id, object: 'setup_intent', allowed_payment_method_types: params.allowed_payment_method_types ?? null, application: null, cancellation_reason: null, client_secret: `${id}_secret_${randomLetters(25)}`, created: books.around.now(), customer, customer_account: null,
    automatic_payment_methods: isAutomatic ? { allow_redirects: params.automatic_payment_methods?.allow_redirects ?? 'always', enabled: true } : null, description: params.description ?? null,
    excluded_payment_method_types: null, flow_directions: null, last_setup_error: null, latest_attempt: null, livemode: false, managed_payments: null, mandate: null, metadata: mergedMetadata(null, params.metadata), next_action: null,
    on_behalf_of: null, payment_method: method?.id ?? null, payment_method_configuration_details: null, payment_method_options: null, payment_method_types: ['card'], single_use_mandate: null,
    status: method ? 'requires_confirmation' : 'requires_payment_method', usage: params.usage ?? 'off_session',
  });
  books.tell('setup_intent.created', made);
  return params.confirm ? confirmSetupWith(books, made, params, isPublic) : made;
}

/** `POST /v1/setup_intents/:id/confirm`, by the shop or by the person's browser. */
export function confirmSetup(call: Call): object {
  const params = readParams(call.form, confirmSetupParams);
  const setup = call.books.get('setup_intent', call.id);
  checkClientSecret(call, setup.client_secret, 'setup_intent');
  return confirmSetupWith(call.books, setup, params, call.isPublic);
}

/** `GET /v1/setup_intents/:id`. */
export function readSetup(call: Call): object {
  readParams(call.form, readSetupParams);
  const setup = call.books.get('setup_intent', call.id);
  checkClientSecret(call, setup.client_secret, 'setup_intent');
  return setup;
}

/** `POST /v1/setup_intents/:id`. */
export function changeSetup({ books, form, id }: Call): object {
  const params = readParams(form, changeSetupParams);
  const setup = books.get('setup_intent', id);
  return books.put('setup_intent', { ...setup, description: params.description === undefined ? setup.description : params.description, metadata: mergedMetadata(setup.metadata, params.metadata) });
}

/** `POST /v1/setup_intents/:id/cancel`. */
export function cancelSetup({ books, form, id }: Call): object {
  const { cancellation_reason: reason = null } = readParams(form, cancelSetupParams);
  const setup = books.get('setup_intent', id);
  if (!mayCancel.includes(setup.status)) throw notNow(`You cannot cancel this SetupIntent because it has a status of ${setup.status}.`, 'setup_intent_unexpected_state', { setup_intent: setup });
  const canceled = books.put('setup_intent', { ...setup, status: 'canceled', cancellation_reason: reason, next_action: null });
  books.tell('setup_intent.canceled', canceled);
  return canceled;
}

/** `GET /v1/setup_intents`. */
export function listSetups({ books, form }: Call): object {
  const params = readParams(form, listSetupParams);
  const isWanted = (setup: Stripe.SetupIntent): boolean => (params.customer ?? setup.customer) === setup.customer && (params.payment_method ?? setup.payment_method) === setup.payment_method;
  return listPage('/v1/setup_intents', books.all('setup_intent').filter(isWanted), params);
}
