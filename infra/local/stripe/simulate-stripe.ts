import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { keptPort } from '../servers/kept-port.js';
import type { AccountSettings } from './simulator-options.js';
import { startStripeSimulator, type StripeSimulator } from './start-stripe-simulator.js';

/** What a marketplace wants of a simulated Stripe. */
export interface StripeWanted {
  /** The marketplace's environment: nothing is simulated where it names an account at Stripe, nor in production. */
  readonly env: NodeJS.ProcessEnv;
  readonly dataDir: string;
  /** What the keys of the accounts are made from. */
  readonly secret: string;
  /** Slugs of the tenants that get an account each. */
  readonly tenants: readonly string[];
}

/** The simulated Stripe of a marketplace. */
export interface SimulatedStripe {
  readonly simulator: StripeSimulator;
  /** What payments finds it by. */
  readonly env: NodeJS.ProcessEnv;
  /** Says where the door is: from then on webhooks go there, also those that waited. */
  callBackAt(door: string): Promise<void>;
}

/** Starts the simulator with an account for each tenant; undefined where Stripe itself is meant. */
export async function simulateStripe({ env, dataDir, secret, tenants }: StripeWanted): Promise<SimulatedStripe | undefined> {
  const isMeant = [env['STRIPE_SECRET_KEY'], env['STRIPE_ACCOUNTS'], env['STRIPE_API_BASE']].some((said) => said !== undefined && said !== '' && said !== '{}');
  if (isMeant || env['NODE_ENV'] === 'production') return undefined;
  const accounts = tenants.map((tenant) => accountOf(tenant, secret));
  const simulator = await startStripeSimulator({ accounts, port: await keptPort(join(dataDir, 'stripe.port')), dataDir: join(dataDir, 'stripe') });
  return {
    simulator,
    env: stripeEnv(simulator.url, accounts),
    async callBackAt(door) {
      for (const { name } of accounts) await simulator.control.account(name, { webhookUrl: `${door}/hooks/payments/stripe/${name}` });
    },
  };
}

/** What payments finds a simulator by, whoever started it; each account's name is its tenant's slug. */
export function stripeEnv(url: string, accounts: readonly AccountSettings[]): NodeJS.ProcessEnv {
  const bySlug = accounts.map(({ name, secretKey, publishableKey, webhookSecret }) => [name, { secretKey, publishableKey, webhookSecrets: [webhookSecret] }]);
  return { STRIPE_API_BASE: url, STRIPE_ACCOUNTS: JSON.stringify(Object.fromEntries(bySlug)) };
}

/** The same keys at each start, and others in each marketplace: whoever knows a webhook's secret can say that something was paid. */
function accountOf(name: string, secret: string): AccountSettings {
  const part = (what: string): string => createHmac('sha256', secret).update(`stripe ${what} ${name}`).digest('hex').slice(0, 32);
  return { name, secretKey: `sk_test_${part('secret key')}`, publishableKey: `pk_test_${part('publishable key')}`, webhookSecret: `whsec_${part('webhook secret')}` };
}
