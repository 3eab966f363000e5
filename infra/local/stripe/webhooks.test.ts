import { eventually } from '@haat/kit/testing/eventually';
import { FakeClock } from '@haat/kit/testing/fake-clock';
import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account, openShop, otherAccount, stripeAt, type Shop } from './testing/shop.js';
import { refused } from './testing/refused.js';

describe('webhooks of the simulated Stripe', () => {
  let shop: Shop;
  beforeEach(async () => { shop = await openShop(); });
  afterEach(() => shop[Symbol.asyncDispose]());

  const pay = (): Promise<Stripe.PaymentIntent> => shop.stripe.paymentIntents.create({ amount: 900, currency: 'usd', allowed_payment_method_types: ['card'], confirm: true, payment_method: 'pm_card_visa' }, { idempotencyKey: 'pay' });
  const arrived = (): string[] => shop.received.map(({ event }) => event.type);
  const usual = ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded'];

  it('are signed, told in order, and the same as in the list of events', async () => {
    const intent = await pay();
    await eventually(() => shop.received.length === 3);
    expect(arrived()).toEqual(usual);
    for (const { body, signature } of shop.received) expect(shop.stripe.webhooks.constructEvent(body, signature, account.webhookSecret)).toMatchObject({ object: 'event', livemode: false, request: { idempotency_key: 'pay' } });
    const [last] = shop.received.slice(-1);
    expect(() => shop.stripe.webhooks.constructEvent(`${last?.body ?? ''} `, last?.signature ?? '', account.webhookSecret)).toThrow();
    expect(() => shop.stripe.webhooks.constructEvent(last?.body ?? '', last?.signature ?? '', 'whsec_other')).toThrow();
    const { data } = await shop.stripe.events.list({ type: 'payment_intent.*' });
    expect(data.map(({ type, data: { object } }) => [type, 'id' in object && object.id])).toEqual([['payment_intent.succeeded', intent.id], ['payment_intent.created', intent.id]]);
    await eventually(async () => (await shop.stripe.events.retrieve(last?.event.id ?? '')).pending_webhooks === 0);
    expect((await shop.stripe.events.list({ types: ['charge.succeeded'], delivery_success: true })).data).toHaveLength(1);
  });

  it('are signed with both secrets while one takes the other’s place', async () => {
    await shop.simulator.control.account('acme', { webhookSecrets: ['whsec_new', account.webhookSecret] });
    await pay();
    const { body, signature } = await eventually(() => shop.received[0]);
    expect(signature.match(/v1=[0-9a-f]{64}/g)).toHaveLength(2);
    for (const secret of ['whsec_new', account.webhookSecret]) expect(shop.stripe.webhooks.constructEvent(body, signature, secret).type).toBe('payment_intent.created');
  });

  it('are tried again while the shop is away or fails', async () => {
    shop.answers = 503;
    await pay();
    await eventually(async () => (await shop.simulator.control.deliveries()).some(({ attempt, status }) => attempt === 3 && status === 503));
    shop.answers = 200;
    await eventually(() => usual.every((type) => arrived().includes(type)));
    await shop.simulator.control.account('acme', { webhookUrl: 'http://127.0.0.1:9' });
    await shop.stripe.customers.create({});
    await eventually(async () => (await shop.simulator.control.deliveries()).some(({ type, status }) => type === 'customer.created' && status === 0));
  });

  it('wait where nobody said yet where they go', async () => {
    const { stripe, simulator: { control } } = shop;
    const other = stripeAt(shop.simulator.url, otherAccount.secretKey);
    const [{ webhookUrl } = { webhookUrl: null }] = await control.accounts();
    const { id } = await other.customers.create({});
    await control.account('nordic', { webhookUrl: webhookUrl ?? '' });
    const { body, signature } = await eventually(() => shop.received.find(({ event }) => event.type === 'customer.created'));
    expect(stripe.webhooks.constructEvent(body, signature, otherAccount.webhookSecret).data.object).toMatchObject({ id });
  });

  it('get lost where they are told to, and are found by asking', async () => {
    await shop.simulator.control.fault({ kind: 'lose', type: 'payment_intent.succeeded' });
    const intent = await pay();
    await eventually(async () => (await shop.simulator.control.deliveries()).length === 3);
    expect(arrived()).toEqual(usual.slice(0, 2));
    expect(await shop.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'succeeded' });
    const [lost] = (await shop.stripe.events.list({ type: 'payment_intent.succeeded' })).data;
    await shop.simulator.control.resend(lost?.id ?? '');
    await eventually(() => arrived().includes('payment_intent.succeeded'));
  });

  it('come more than once where they are told to, as the same event', async () => {
    await shop.simulator.control.fault({ kind: 'repeat', copies: 2, type: 'payment_intent.succeeded' });
    await pay();
    await eventually(() => shop.received.length === 5);
    const ids = shop.received.filter(({ event }) => event.type === 'payment_intent.succeeded').map(({ event }) => event.id);
    expect([ids.length, new Set(ids).size]).toEqual([3, 1]);
  });

  it('come in another order or late where they are told to', async () => {
    await shop.simulator.control.fault({ kind: 'reorder', times: 3 });
    await pay();
    await eventually(() => shop.received.length === 3);
    expect(arrived()).toEqual([...usual].reverse());
    await shop.simulator.control.fault({ kind: 'late', ms: 150, type: 'customer.created' });
    const { id } = await shop.stripe.customers.create({ name: 'a' });
    await shop.stripe.customers.update(id, { name: 'b' });
    await eventually(() => shop.types(id).length === 2);
    expect(shop.types(id)).toEqual(['customer.updated', 'customer.created']);
    await shop.simulator.control.fault({ kind: 'reorder', times: 9 });
    await shop.stripe.customers.update(id, { name: 'c' });
    await shop.simulator.control.release();
    await eventually(() => shop.types(id).length === 3);
  });

  it('say the time of the clock they are given', async () => {
    const clock = new FakeClock('2026-01-01T00:00:00Z');
    await using early = await openShop({ clock });
    const customer = await early.stripe.customers.create({});
    const { signature, event } = await eventually(() => early.received[0]);
    expect([customer.created, event.created, signature.split(',')[0]]).toEqual([1_767_225_600, 1_767_225_600, 't=1767225600']);
    expect(await refused(early.stripe.events.retrieve('evt_none'))).toMatchObject({ code: 'resource_missing' });
  });
});
