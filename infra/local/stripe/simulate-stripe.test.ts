import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulateStripe } from './simulate-stripe.js';
import { stripeAt } from './testing/shop.js';

describe('the simulated Stripe of a marketplace', () => {
  let dataDir: string;
  beforeAll(async () => { dataDir = await mkdtemp(join(tmpdir(), 'haat-stripe-')); });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  const start = (env: NodeJS.ProcessEnv = {}, secret = 's-1') => simulateStripe({ env, dataDir, secret, tenants: ['acme', 'nordic'] });
  const keysOf = (env: NodeJS.ProcessEnv | undefined) => JSON.parse(env?.['STRIPE_ACCOUNTS'] ?? '{}') as Record<string, { secretKey: string; publishableKey: string; webhookSecrets: string[] }>;

  it('gives each tenant an account, the same at each start, and keeps what it has', async () => {
    const first = await start();
    const { acme, nordic } = keysOf(first?.env);
    expect(acme).toEqual({ secretKey: expect.stringMatching(/^sk_test_\w{32}$/), publishableKey: expect.stringMatching(/^pk_test_\w{32}$/), webhookSecrets: [expect.stringMatching(/^whsec_\w{32}$/)] });
    expect(acme?.secretKey).not.toBe(nordic?.secretKey);
    const { id } = await stripeAt(first?.env['STRIPE_API_BASE'] ?? '', acme?.secretKey).customers.create({});
    await first?.callBackAt('http://127.0.0.1:9');
    expect(await first?.simulator.control.accounts()).toMatchObject([{ name: 'acme', webhookUrl: 'http://127.0.0.1:9/hooks/payments/stripe/acme' }, { name: 'nordic' }]);
    await first?.simulator.stop();
    const second = await start();
    expect(second?.env).toEqual(first?.env);
    expect(await stripeAt(second?.simulator.url ?? '', acme?.secretKey).customers.retrieve(id)).toMatchObject({ id });
    await second?.simulator.stop();
    const elsewhere = await start({ STRIPE_ACCOUNTS: '{}' }, 's-2');
    expect(keysOf(elsewhere?.env)['acme']?.secretKey).not.toBe(acme?.secretKey);
    await elsewhere?.simulator.stop();
  });

  it.each([{ STRIPE_SECRET_KEY: 'sk_test_real' }, { STRIPE_ACCOUNTS: '{"acme":{}}' }, { STRIPE_API_BASE: 'http://127.0.0.1:12111' }, { NODE_ENV: 'production' }])('is not started with %o', async (env) => {
    expect(await start(env)).toBeUndefined();
  });
});
