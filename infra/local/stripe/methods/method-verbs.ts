import { z } from 'zod';
import type { Call } from '../api/call.js';
import { listPage } from '../api/list-page.js';
import { anywhere, mergedMetadata, metadata, paging, readParams, text } from '../api/read-params.js';
import { aliveCustomer } from '../customers/customer-verbs.js';
import { notNow, wrongParameter } from '../refusal.js';
import { billingParam, cardOf, cardParam, methodByCard, methodNamed, spent } from './method-of.js';

const createParams = z.strictObject({ ...anywhere, type: z.literal('card'), card: cardParam, billing_details: billingParam.optional(), metadata: metadata.optional() });
const changeParams = z.strictObject({ ...anywhere, metadata: metadata.optional(), billing_details: billingParam.optional() });
const attachParams = z.strictObject({ ...anywhere, customer: text });
const listParams = z.strictObject({ ...paging, customer: text.optional(), type: text.optional() });
const none = z.strictObject(anywhere);

/** `POST /v1/payment_methods`, as Stripe.js does. */
export function createMethod({ books, form, isPublic }: Call): object {
  const params = readParams(form, createParams);
  const made = methodByCard(books, params, isPublic);
  return books.put('payment_method', { ...made, metadata: mergedMetadata(null, params.metadata) });
}

/** `GET /v1/payment_methods/:id`. */
export function readMethod({ books, form, id }: Call): object {
  readParams(form, none);
  return methodNamed(books, id, 'id');
}

/** `POST /v1/payment_methods/:id`. */
export function changeMethod({ books, form, id }: Call): object {
  const params = readParams(form, changeParams);
  const known = books.get('payment_method', id);
  const { name, email } = params.billing_details ?? {};
  const billing = { ...known.billing_details, ...(name !== undefined && { name }), ...(email !== undefined && { email }) };
  return books.put('payment_method', { ...known, billing_details: billing, metadata: mergedMetadata(known.metadata, params.metadata) });
}

/** `GET /v1/payment_methods`. Without a customer Stripe lists none of them. */
export function listMethods({ books, form }: Call): object {
  const params = readParams(form, listParams);
  if (params.customer !== undefined) aliveCustomer(books, params.customer, 'customer');
  const all = params.customer === undefined ? [] : books.all('payment_method').filter(({ customer, type }) => customer === params.customer && type === (params.type ?? type));
  return listPage('/v1/payment_methods', all, params);
}

/** `GET /v1/customers/:id/payment_methods`. */
export function listMethodsOfCustomer({ books, form, id }: Call): object {
  const params = readParams(form, listParams);
  aliveCustomer(books, id);
  return listPage(`/v1/customers/${id}/payment_methods`, books.all('payment_method').filter(({ customer, type }) => customer === id && type === (params.type ?? type)), params);
}

/** `GET /v1/customers/:id/payment_methods/:other`. */
export function readMethodOfCustomer({ books, form, id, other }: Call): object {
  readParams(form, none);
  aliveCustomer(books, id);
  const method = books.get('payment_method', other);
  if (method.customer !== id) throw wrongParameter(`The payment method ${other} is not attached to the customer ${id}.`, 'payment_method');
  return method;
}

/** `POST /v1/payment_methods/:id/attach`. */
export function attachMethod({ books, form, id }: Call): object {
  const { customer } = readParams(form, attachParams);
  const { id: customerId } = aliveCustomer(books, customer, 'customer');
  const method = methodNamed(books, id, 'id');
  if (method.customer !== null && method.customer !== customerId) throw wrongParameter('The payment method you provided has already been attached to a customer.', 'payment_method');
  if (method.customer === customerId) return method;
  if (cardOf(books, method.id).facts.isSpent) throw spent();
  const attached = books.put('payment_method', { ...method, customer: customerId });
  books.tell('payment_method.attached', attached);
  return attached;
}

/** `POST /v1/payment_methods/:id/detach`. It cannot be used again. */
export function detachMethod({ books, form, id }: Call): object {
  readParams(form, none);
  const method = books.get('payment_method', id);
  if (method.customer === null) throw notNow('The payment method you provided is not attached to a customer so detachment is impossible.', 'payment_method_unexpected_state');
  books.putCard(id, { ...cardOf(books, id).facts, isSpent: true });
  const detached = books.put('payment_method', { ...method, customer: null });
  books.tell('payment_method.detached', detached, { customer: method.customer });
  return detached;
}
