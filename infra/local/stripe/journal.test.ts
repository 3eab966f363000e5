import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '@haat/kit/testing/eventually';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stripeControl } from './control/stripe-control.js';
import { account, openShop, stripeAt } from './testing/shop.js';

describe('the simulator as a process of its own', () => {
  let folder: string;
  const stops: (() => Promise<void>)[] = [];
  beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'haat-stripe-')); });
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
    await rm(folder, { recursive: true, force: true });
  });

  const start = async (): Promise<{ readonly url: string; end(signal: NodeJS.Signals): Promise<void> }> => {
    const main = fileURLToPath(new URL('./main.js', import.meta.url));
    const env = { ...process.env, STRIPE_SIMULATOR_ACCOUNTS: JSON.stringify([account]), STRIPE_SIMULATOR_DATA_DIR: folder, STRIPE_SIMULATOR_WEBHOOK_PAUSES_MS: '20,50' };
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    const end = async (signal: NodeJS.Signals): Promise<void> => {
      child.kill(signal);
      await ended;
    };
    stops.push(() => end('SIGKILL'));
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    return { url: (JSON.parse(line) as { url: string }).url, end };
  };

  it('keeps what was paid, the keys and the cards over a kill, and tells then what was not told', async () => {
    const first = await start();
    const before = stripeAt(first.url);
    const wanted = { amount: 900, currency: 'usd', allowed_payment_method_types: ['card' as const], confirm: true, payment_method: 'pm_card_visa' };
    const paid = await before.paymentIntents.create(wanted, { idempotencyKey: 'k' });
    const customer = await before.customers.create({});
    const method = await before.paymentMethods.attach('pm_card_chargeDeclined', { customer: customer.id });
    await first.end('SIGKILL');
    const second = await start();
    await using shop = await openShop();
    const [own] = await shop.simulator.control.accounts();
    await stripeControl(second.url).account('acme', { webhookUrl: own?.webhookUrl ?? '' });
    await eventually(() => shop.types(paid.id).includes('payment_intent.succeeded'));
    const after = stripeAt(second.url);
    expect(await after.paymentIntents.create(wanted, { idempotencyKey: 'k' })).toMatchObject({ id: paid.id, status: 'succeeded' });
    expect((await after.charges.list()).data).toHaveLength(1);
    await expect(after.paymentIntents.create({ ...wanted, customer: customer.id, payment_method: method.id })).rejects.toMatchObject({ code: 'card_declined' });
    await second.end('SIGTERM');
  });
});
