import { randomBytes } from 'node:crypto';

/** An object of the stand-in, as Stripe would write it. */
export type Thing = Record<string, unknown>;

/** A call, taken apart. */
export interface StandInRequest {
  readonly method: string;
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  readonly key: string | undefined;
  readonly secretKey: string | undefined;
}

/** A call that is refused. */
export class StandInError extends Error {
  constructor(readonly status: number, readonly facts: Thing) {
    super(String(facts['code']));
  }
}

/** A method whose charge is declined, and one that asks its bank. */
export const [declinedMethod, askingMethod] = ['pm_declined', 'pm_asking'];

/** Does what a call wants. */
export function standInApi(things: Map<string, Thing>, { method, path, form }: StandInRequest): Thing {
  const [, , kind = '', id, verb] = path.split('/');
  if (method === 'GET' && id === undefined) return { object: 'list', has_more: false, data: [...things.values()].filter((thing) => thing['object'] === kinds[kind] && thing['payment_intent'] === form['payment_intent']) };
  const known = id === undefined ? undefined : things.get(id);
  if (method === 'GET') return known ?? methodOf(kind, id);
  if (method === 'DELETE') return { id, deleted: true };
  if (id === undefined) return kept(things, made(kind, form, things));
  if (kind === 'payment_methods') return { id, object: 'payment_method' };
  if (!known) throw new StandInError(404, { code: 'resource_missing', message: `No such ${kind}: ${id}` });
  return changed(known, verb ?? '', form);
}

const kinds: Readonly<Record<string, string>> = { payment_intents: 'payment_intent', refunds: 'refund', customers: 'customer', setup_intents: 'setup_intent' };

function made(kind: string, form: Readonly<Record<string, string>>, things: Map<string, Thing>): Thing {
  const metadata = Object.fromEntries(Object.entries(form).flatMap(([name, value]) => { const key = /^metadata\[(.+)\]$/.exec(name)?.[1]; return key ? [[key, value]] : []; }));
  const common = { object: kinds[kind], metadata, created: 1_767_225_600 };
  if (kind === 'payment_intents') {
    return { id: named('pi'), ...common, amount: Number(form['amount']), amount_received: 0, currency: form['currency'], status: 'requires_payment_method', capture_method: form['capture_method'], customer: form['customer'] ?? null,
      payment_method: null, next_action: null, last_payment_error: null, latest_charge: null, client_secret: named('secret') };
  }
  if (kind === 'refunds') return refund(form, common, things);
  if (kind === 'setup_intents') return { id: named('seti'), ...common, status: 'requires_payment_method', customer: form['customer'], payment_method: null, client_secret: named('secret') };
  return { id: named('cus'), ...common };
}

function refund(form: Readonly<Record<string, string>>, common: Thing, things: Map<string, Thing>): Thing {
  const intent = things.get(form['payment_intent'] ?? '');
  const gone = [...things.values()].filter((thing) => thing['payment_intent'] === intent?.['id'] && thing['status'] !== 'failed').reduce((sum, thing) => sum + Number(thing['amount']), 0);
  if (Number(form['amount']) + gone > Number(intent?.['amount_received'])) throw new StandInError(400, { code: 'charge_already_refunded', message: 'Too much.' });
  return { id: named('re'), ...common, amount: Number(form['amount']), currency: intent?.['currency'], payment_intent: form['payment_intent'], status: 'succeeded' };
}

function changed(intent: Thing, verb: string, form: Readonly<Record<string, string>>): Thing {
  const isManual = intent['capture_method'] === 'manual';
  const may = (states: readonly string[]): void => {
    if (!states.includes(String(intent['status']))) throw new StandInError(400, { code: 'payment_intent_unexpected_state', message: 'In another state.', payment_intent: { ...intent } });
  };
  if (verb === 'cancel') {
    may(['requires_payment_method', 'requires_action', 'requires_capture', 'requires_confirmation']);
    return Object.assign(intent, { status: 'canceled' });
  }
  if (verb === 'capture') {
    may(['requires_capture']);
    return Object.assign(intent, { status: 'succeeded', amount_received: Number(form['amount_to_capture']) });
  }
  may(['requires_payment_method', 'requires_action']);
  const card = form['payment_method'] ?? null;
  if (card === declinedMethod) {
    Object.assign(intent, { last_payment_error: { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds', message: 'Your card has insufficient funds.', charge: named('ch'), payment_method: { id: card } } });
    throw new StandInError(402, { ...(intent['last_payment_error'] as Thing), payment_intent: { ...intent } });
  }
  if (card === askingMethod) return Object.assign(intent, { status: 'requires_action', payment_method: card, next_action: { type: 'redirect_to_url', redirect_to_url: { url: 'https://bank.example/3ds' } } });
  return Object.assign(intent, { payment_method: card, ...(isManual ? { status: 'requires_capture' } : { status: 'succeeded', amount_received: intent['amount'] }) });
}

function methodOf(kind: string, id: string | undefined): Thing {
  if (kind !== 'payment_methods') throw new StandInError(404, { code: 'resource_missing', message: `No such ${kind}: ${id}` });
  return { id, object: 'payment_method', type: 'card', card: { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2030 } };
}

function kept(things: Map<string, Thing>, thing: Thing): Thing {
  things.set(String(thing['id']), thing);
  return thing;
}

function named(prefix: string): string {
  return `${prefix}_${randomBytes(9).toString('hex')}`;
}
