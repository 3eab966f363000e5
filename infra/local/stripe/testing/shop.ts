import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { startStripeSimulator, type StripeSimulator } from '../start-stripe-simulator.js';
import type { StripeSimulatorOptions } from '../simulator-options.js';

/** The account of the shop. */
export const account = { name: 'acme', secretKey: 'sk_test_acme', publishableKey: 'pk_test_acme', webhookSecret: 'whsec_acme' } as const;
/** Another shop's. */
export const otherAccount = { name: 'nordic', secretKey: 'sk_test_nordic', publishableKey: 'pk_test_nordic', webhookSecret: 'whsec_nordic' } as const;

/** A webhook as the shop got it. */
export interface Received {
  readonly body: string;
  readonly signature: string;
  readonly event: Stripe.Event;
}

/** A shop at the simulator: the `stripe` package, and a server that takes webhooks. */
export interface Shop extends AsyncDisposable {
  readonly simulator: StripeSimulator;
  readonly stripe: Stripe;
  readonly received: Received[];
  /** What the shop answers webhooks with; 200 at first. */
  answers: number;
  /** Types of the events about an object, in the order they came. */
  types(id: string): string[];
}

/** Opens it. */
export async function openShop(options: Partial<StripeSimulatorOptions> = {}): Promise<Shop> {
  const received: Received[] = [];
  const server = createServer((request, response) => void takeWebhook(request).then((webhook) => {
    if (shop.answers < 300) received.push(webhook);
    response.writeHead(shop.answers).end();
  }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
  const simulator = await startStripeSimulator({ accounts: [{ ...account, webhookUrl }, otherAccount], webhookPausesMs: [20], refundOutcomeMs: 30, ...options });
  const shop: Shop = {
    simulator, stripe: stripeAt(simulator.url), received, answers: 200,
    types: (id) => received.map(({ event }) => event).filter(({ data }) => 'id' in data.object && data.object.id === id).map(({ type }) => type),
    async [Symbol.asyncDispose]() {
      await simulator.stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return shop;
}

/** The `stripe` package, at a place. It repeats nothing by itself. */
export function stripeAt(url: string, key: string = account.secretKey): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(key, { protocol: 'http', host: hostname, port, maxNetworkRetries: 0, telemetry: false, timeout: 5_000 });
}

async function takeWebhook(request: AsyncIterable<unknown> & { readonly headers: Record<string, string | string[] | undefined> }): Promise<Received> {
  let body = '';
  for await (const part of request) body += String(part);
  return { body, signature: String(request.headers['stripe-signature']), event: JSON.parse(body) as Stripe.Event };
}
