import { paymentOpen } from '@haat/schema/asks/payments';
import type { OpenWish } from '../payment/begin-payment.js';
import { asking } from '@haat/kit/ask';
import { newId } from '@haat/kit/id';
import { readConfig } from '@haat/kit/config';
import { makeLog } from '@haat/kit/log';
import { contextOf, type ContextParts } from '@haat/kit/request-context';
import { readSealingKeys } from '@haat/kit/sealing-keys';
import { readSigningKey } from '@haat/kit/signing';
import { eventually } from '@haat/kit/testing/eventually';
import { FakeClock } from '@haat/kit/testing/fake-clock';
import { contextFor, type TestAsker } from '@haat/kit/testing/test-asker';
import { testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import { startTestSubgraph, type TestSubgraph } from '@haat/kit-run/testing/test-subgraph';
import Stripe from 'stripe';
import { paymentsConfig } from '../config.js';
import { claimSeconds, later } from '../payment/try-again.js';
import { stripeWebhook } from '../stripe/webhook.js';
import { payments } from '../subgraph.js';
import { startStripeStandIn, type StripeStandIn } from './stripe-stand-in.js';
import type { Thing } from './stand-in-api.js';

/** What callbacks are signed with: the present secret, and the one before. */
export const [webhookSecret, oldWebhookSecret] = ['whsec_new', 'whsec_old'];

/** What a mutation came to. */
export interface Outcome extends Record<string, unknown> {
  readonly __typename: string;
}

/** An order that somebody new placed with two vendors: shares of 60.00 and 40.00. */
export interface Purchase {
  readonly asker: TestAsker;
  readonly operator: TestAsker;
  readonly wish: OpenWish;
}

const fields = `id status provider amount { minor } authorized { minor } captured { minor } refunded { minor } clientSecret publishableKey expiresAt nextAction { kind url }
  attempts { number status errorCode } events { kind amount { minor } } refunds { id status amount { minor } lines { orderLineId quantity amount { minor } restock } }`;

/** Payments on a database of its own, with a clock that the test moves, before a stand-in of Stripe. */
export class PaymentsRig implements AsyncDisposable {
  private constructor(readonly clock: FakeClock, readonly stripe: StripeStandIn) {}

  subgraph: TestSubgraph;
  #parts: ContextParts;

  static async start(env: Readonly<Record<string, string>> = {}): Promise<PaymentsRig> {
    const stripe = await startStripeStandIn();
    const rig = new PaymentsRig(new FakeClock(), stripe);
    const own = { STRIPE_API_BASE: stripe.url, STRIPE_SECRET_KEY: 'sk_test_all', STRIPE_PUBLISHABLE_KEY: 'pk_test_all', STRIPE_WEBHOOK_SECRETS: `${webhookSecret}, ${oldWebhookSecret}`, STRIPE_TIMEOUT_MS: '2000', ...env };
    rig.subgraph = await startTestSubgraph(payments, { clock: rig.clock, env: own });
    const keys = rig.subgraph.env;
    rig.#parts = {
      definition: payments, config: readConfig(paymentsConfig, keys), store: rig.subgraph.running.store, clock: rig.clock, log: makeLog('payments', 'silent'),
      asking: asking({ key: await readSigningKey(keys['HAAT_SIGNING_KEY'] ?? ''), clock: rig.clock }), sealing: readSealingKeys(keys['HAAT_SEALING_KEY'] ?? '', keys['HAAT_SEALING_PUBLIC_KEYS'] ?? ''),
    };
    return rig;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.subgraph.close();
    await this.stripe[Symbol.asyncDispose]();
  }

  /** Somebody new who placed an order. Nothing of it is paid yet. */
  purchase(changes: Partial<OpenWish> = {}, tenant = testTenant()): Purchase {
    const asker = { tenant, viewer: testViewer(newId('usr'), ['SHOPPER']) };
    const parts = [{ vendorOrderId: newId('vord'), vendorId: newId('ven'), amountMinor: 6_000 }, { vendorOrderId: newId('vord'), vendorId: newId('ven'), amountMinor: 4_000 }];
    const lines = parts.map(({ vendorOrderId, amountMinor }, at) => ({ orderLineId: newId('oline'), cartLineId: newId('line'), offerId: newId('ofr'), vendorOrderId, quantity: 3, totalMinor: amountMinor - at * 500 }));
    const wish = { orderId: newId('ord'), orderNumber: 'T-1', choice: 'STRIPE', savedPaymentMethodId: null, currency: 'EUR', amountMinor: 10_000, shares: parts, lines, buyer: { userId: asker.viewer.userId ?? null, guestKey: null }, ...changes };
    return { asker, operator: { tenant, viewer: testViewer(newId('usr'), ['OPERATOR']) }, wish };
  }

  /** Has payments open it, as orders would. */
  open({ asker, wish }: Purchase) {
    return this.subgraph.put(asker, paymentOpen, wish);
  }

  /** The payment as somebody sees it. */
  async read({ asker, wish }: Purchase, viewer: TestAsker = asker): Promise<Record<string, unknown> | null> {
    const text = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Order { payment { ${fields} } } } }`;
    const { _entities } = await this.data<{ _entities: ({ payment: Record<string, unknown> } | null)[] }>(viewer, text, { r: [{ __typename: 'Order', id: wish.orderId }] });
    return _entities[0]?.payment ?? null;
  }

  /** Runs an operation and answers its data. Throws what was refused, as `CODE: message`. */
  async data<D>(asker: TestAsker, query: string, variables: Record<string, unknown> = {}): Promise<D> {
    const { data, errors } = await this.subgraph.ask<D>(asker, query, variables);
    const [error] = errors ?? [];
    if (error) throw new Error(`${String(error.extensions?.['code'])}: ${error.message}`);
    return data as D;
  }

  /** Runs a mutation and answers its outcome. */
  async mutate(asker: TestAsker, field: string, input: Record<string, unknown>, select = ''): Promise<Outcome> {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
    return (await this.data<Record<string, Outcome>>(asker, `mutation($input: ${type}!) { ${field}(input: $input) { __typename ... on Problem { message } ${select} } }`, { input }))[field] as Outcome;
  }

  /** The PaymentIntents that were made for an order, oldest first. */
  intents({ wish }: Purchase): Thing[] {
    return [...this.stripe.things.values()].filter((thing) => thing['object'] === 'payment_intent' && (thing['metadata'] as Thing)['order'] === wish.orderId);
  }

  /** The only one there is. */
  intent(purchase: Purchase): Thing & { readonly id: string } {
    const [intent, another] = this.intents(purchase);
    if (!intent || another) throw new Error('Expected one PaymentIntent.');
    return intent as Thing & { readonly id: string };
  }

  /** Pays at the browser: what Stripe knows of it then. */
  pay(purchase: Purchase, changes: Partial<Thing> = {}): Thing {
    const intent = this.intent(purchase);
    return this.stripe.change(intent.id, { status: 'succeeded', amount_received: intent['amount'], payment_method: 'pm_card', ...changes });
  }

  /** Stripe calls back. Answers the status. `sent` changes how: signed by another secret, or long ago, or sent again under the same id. */
  async callBack({ asker: { tenant } }: Purchase, object: Thing, sent: { id?: string; type?: string; secret?: string; signedAt?: Date; body?: string; at?: Date } = {}): Promise<number> {
    const { id = `evt_${newId('evt')}`, type = `${String(object['object'])}.any`, secret = webhookSecret, signedAt = this.clock.now(), at = this.clock.now() } = sent;
    const payload = JSON.stringify({ id, object: 'event', type, created: Math.floor(at.getTime() / 1_000), data: { object } });
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: Math.floor(signedAt.getTime() / 1_000) });
    return this.deliver(tenant, sent.body ?? payload, signature);
  }

  /** A callback as it came: its very bytes, and its signature. Answers the status. */
  async deliver(tenant: Purchase['asker']['tenant'], body: string, signature: string): Promise<number> {
    const request = { method: 'POST', path: `/stripe/${tenant.slug}`, query: new URLSearchParams(), headers: { 'stripe-signature': signature }, body: bytes(body) };
    const ctx = contextOf(this.#parts, contextFor({ tenant }, this.clock));
    return (await this.#parts.store.inTenant(tenant.id, () => stripeWebhook.answer(ctx as never, request, { tenant: tenant.slug }))).status;
  }

  /** What was said in a tenant, oldest first: names, with what a test wants of them. */
  async said({ asker: { tenant } }: Purchase): Promise<{ readonly name: string; readonly payload: Record<string, unknown> }[]> {
    return (await this.subgraph.events(tenant.id)).map(({ type, payload }) => ({ name: type.replace('payments.', ''), payload }));
  }

  /** The names alone. */
  async saidNames(purchase: Purchase): Promise<string[]> {
    return (await this.said(purchase)).map(({ name }) => name);
  }

  /** Moves the clock on and has the job look. The subgraph's own jobs run besides: what one of them took on, before or now, is waited for. */
  async later(seconds: number, job = 'advance-payments'): Promise<void> {
    const before = this.clock.now();
    await this.rested();
    this.clock.advance(seconds * 1_000);
    await this.subgraph.runJob(job);
    await this.rested(before);
  }

  /** Waits until no job is at the provider with what it took on now, or at a moment before. */
  rested(before = this.clock.now()): Promise<boolean> {
    const claimed = [before, this.clock.now()].map((at) => later(at, claimSeconds));
    return eventually(async () => (await this.subgraph.query('select from payments.payment_attempt where due_at = any($1) and tries > 0 union all select from payments.refund where due_at = any($1) and tries > 0', [claimed])).length === 0);
  }

  /** Lets nothing that other tests left open be asked of the provider any more: whoever asks takes the next mishap. */
  async calm(): Promise<void> {
    await this.subgraph.query('update payments.payment set window_ends_at = null');
    await this.rested();
    this.stripe.mishaps.length = 0;
    await this.subgraph.query('update payments.payment_attempt set due_at = null');
    await this.subgraph.query('update payments.refund set due_at = null');
  }
}

async function* bytes(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}
