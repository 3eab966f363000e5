import { attachMethod, changeMethod, createMethod, detachMethod, listMethods, listMethodsOfCustomer, readMethod, readMethodOfCustomer } from '../methods/method-verbs.js';
import { changeCustomer, createCustomer, deleteCustomer, listCustomers, readCustomer } from '../customers/customer-verbs.js';
import { changeDispute, giveInDispute, listDisputes, readDispute } from '../disputes/dispute-verbs.js';
import { listEvents, readEvent } from '../events/event-verbs.js';
import { cancelIntent } from '../intents/cancel-intent.js';
import { captureIntent } from '../intents/capture-intent.js';
import { changeIntent } from '../intents/change-intent.js';
import { confirmIntent } from '../intents/confirm-intent.js';
import { createIntent } from '../intents/create-intent.js';
import { listCharges, listIntents, readCharge, readIntent } from '../intents/read-intents.js';
import { changeRefund, createRefund, listRefunds, readRefund } from '../refunds/refund-verbs.js';
import { cancelSetup, changeSetup, confirmSetup, createSetup, listSetups, readSetup } from '../setups/setup-verbs.js';
import type { Verb } from './call.js';

/** A kind of request that is answered. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly verb: Verb;
  /** A publishable key may ask for it. */
  readonly isPublic: boolean;
}

/** A route with what stands in the variable parts of its path. */
export interface FoundRoute extends Route {
  readonly id: string;
  readonly other: string;
}

const secret = (method: string, path: string, verb: Verb): Route => ({ method, path, verb, isPublic: false });
const open = (method: string, path: string, verb: Verb): Route => ({ method, path, verb, isPublic: true });

const routes: readonly Route[] = [
  secret('POST', '/v1/payment_intents', createIntent), secret('GET', '/v1/payment_intents', listIntents), open('GET', '/v1/payment_intents/:id', readIntent), secret('POST', '/v1/payment_intents/:id', changeIntent),
  open('POST', '/v1/payment_intents/:id/confirm', confirmIntent), secret('POST', '/v1/payment_intents/:id/capture', captureIntent), secret('POST', '/v1/payment_intents/:id/cancel', cancelIntent),
  secret('POST', '/v1/setup_intents', createSetup), secret('GET', '/v1/setup_intents', listSetups), open('GET', '/v1/setup_intents/:id', readSetup), secret('POST', '/v1/setup_intents/:id', changeSetup),
  open('POST', '/v1/setup_intents/:id/confirm', confirmSetup), secret('POST', '/v1/setup_intents/:id/cancel', cancelSetup),
  secret('GET', '/v1/charges', listCharges), secret('GET', '/v1/charges/:id', readCharge),
  secret('POST', '/v1/refunds', createRefund), secret('GET', '/v1/refunds', listRefunds), secret('GET', '/v1/refunds/:id', readRefund), secret('POST', '/v1/refunds/:id', changeRefund),
  secret('POST', '/v1/customers', createCustomer), secret('GET', '/v1/customers', listCustomers), secret('GET', '/v1/customers/:id', readCustomer), secret('POST', '/v1/customers/:id', changeCustomer), secret('DELETE', '/v1/customers/:id', deleteCustomer),
  secret('GET', '/v1/customers/:id/payment_methods', listMethodsOfCustomer), secret('GET', '/v1/customers/:id/payment_methods/:other', readMethodOfCustomer),
  open('POST', '/v1/payment_methods', createMethod), secret('GET', '/v1/payment_methods', listMethods), secret('GET', '/v1/payment_methods/:id', readMethod), secret('POST', '/v1/payment_methods/:id', changeMethod),
  secret('POST', '/v1/payment_methods/:id/attach', attachMethod), secret('POST', '/v1/payment_methods/:id/detach', detachMethod),
  secret('GET', '/v1/disputes', listDisputes), secret('GET', '/v1/disputes/:id', readDispute), secret('POST', '/v1/disputes/:id', changeDispute), secret('POST', '/v1/disputes/:id/close', giveInDispute),
  secret('GET', '/v1/events', listEvents), secret('GET', '/v1/events/:id', readEvent),
];

const patterns = routes.map((route) => ({ route, pattern: new RegExp(`^${route.path.replace(/:(id|other)/g, '(?<$1>[A-Za-z0-9_-]{1,200})')}$`) }));

/** The route of a request; undefined where there is none. */
export function findRoute(method: string, path: string): FoundRoute | undefined {
  for (const { route, pattern } of patterns) {
    const match = route.method === method ? pattern.exec(path) : null;
    if (match) return { ...route, id: match.groups?.['id'] ?? '', other: match.groups?.['other'] ?? '' };
  }
  return undefined;
}
