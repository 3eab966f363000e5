import type Stripe from 'stripe';
import { z } from 'zod';
import type { AccountBooks } from '../account-books.js';
import type { Call } from '../api/call.js';
import { listPage } from '../api/list-page.js';
import { anywhere, mergedMetadata, metadata, paging, readParams, text, textOrNone } from '../api/read-params.js';
import { newId, randomLetters } from '../new-id.js';
import { missing } from '../refusal.js';

const words = { ...anywhere, name: textOrNone.optional(), email: textOrNone.optional(), phone: textOrNone.optional(), description: textOrNone.optional(), metadata: metadata.optional() };
const customerParams = z.strictObject(words);
const listParams = z.strictObject({ ...paging, email: text.optional() });
const none = z.strictObject(anywhere);

/** `POST /v1/customers`. */
export function createCustomer({ books, form }: Call): object {
  const params = readParams(form, customerParams);
  const made = books.put('customer', {
    id: newId('customer'), object: 'customer', address: null, balance: 0, created: books.around.now(), currency: null, default_source: null, delinquent: false,
    description: params.description ?? null, discount: null, email: params.email ?? null, invoice_prefix: randomLetters(8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null }, livemode: false, metadata: mergedMetadata(null, params.metadata),
    name: params.name ?? null, phone: params.phone ?? null, preferred_locales: [], shipping: null, tax_exempt: 'none', test_clock: null,
  });
  books.tell('customer.created', made);
  return made;
}

/** `GET /v1/customers/:id`: one that was deleted says so. */
export function readCustomer({ books, form, id }: Call): object {
  readParams(form, none);
  return books.get('customer', id);
}

/** `POST /v1/customers/:id`. */
export function changeCustomer({ books, form, id }: Call): object {
  const { name, email, phone, description, metadata: change } = readParams(form, customerParams);
  const known = aliveCustomer(books, id);
  const said = Object.fromEntries(Object.entries({ name, email, phone, description }).filter(([, value]) => value !== undefined));
  const changed = books.put('customer', { ...known, ...said, metadata: mergedMetadata(known.metadata, change) });
  books.tell('customer.updated', changed);
  return changed;
}

/** `DELETE /v1/customers/:id`: its methods go with it. */
export function deleteCustomer({ books, form, id }: Call): object {
  readParams(form, none);
  const known = aliveCustomer(books, id);
  for (const method of books.all('payment_method').filter(({ customer }) => customer === id)) {
    const facts = books.cardOf(method.id);
    if (facts) books.putCard(method.id, { ...facts, isSpent: true });
    books.put('payment_method', { ...method, customer: null });
  }
  books.tell('customer.deleted', known);
  return books.put('customer', { id, object: 'customer', deleted: true });
}

/** `GET /v1/customers`. */
export function listCustomers({ books, form }: Call): object {
  const params = readParams(form, listParams);
  const alive = books.all('customer').filter((customer): customer is Stripe.Customer => !customer.deleted);
  return listPage('/v1/customers', alive.filter(({ email }) => params.email === undefined || email === params.email), params);
}

/** A customer that was not deleted. @throws StripeRefusal `resource_missing` */
export function aliveCustomer(books: AccountBooks, id: string, param = 'id'): Stripe.Customer {
  const customer = books.get('customer', id, param);
  if (customer.deleted) throw missing('customer', id, param);
  return customer;
}
