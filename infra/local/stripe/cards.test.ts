import { eventually } from '@haat/kit/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, openShop, type Shop } from './testing/shop.js';
import { refused } from './testing/refused.js';

describe('cards kept at the simulated Stripe', () => {
  let shop: Shop;
  beforeAll(async () => { shop = await openShop(); });
  afterAll(() => shop[Symbol.asyncDispose]());

  const customer = async (): Promise<string> => (await shop.stripe.customers.create({ email: 'a@shop.example', metadata: { user: 'usr_1' } })).id;
  const asBrowser = async (path: string, form: Record<string, string>, key: 'bearer' | 'field' = 'bearer'): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> => {
    const body = new URLSearchParams(key === 'field' ? { ...form, key: account.publishableKey } : form);
    const response = await fetch(`${shop.simulator.url}${path}`, { method: 'POST', body, headers: key === 'bearer' ? { authorization: `Bearer ${account.publishableKey}` } : {} });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it('are saved by a setup that the browser confirms, charged later, and forgotten', async () => {
    const owner = await customer();
    const setup = await shop.stripe.setupIntents.create({ customer: owner, allowed_payment_method_types: ['card'], usage: 'on_session', metadata: { user: 'usr_1' } });
    const { status, body } = await asBrowser(`/v1/setup_intents/${setup.id}/confirm`, { client_secret: setup.client_secret ?? '', 'payment_method_data[type]': 'card', 'payment_method_data[card][number]': '4242 4242 4242 4242', 'payment_method_data[card][exp_month]': '11', 'payment_method_data[card][exp_year]': '2031' });
    expect([status, body]).toMatchObject([200, { id: setup.id, status: 'succeeded' }]);
    expect(body).not.toHaveProperty('metadata');
    const method = String(body['payment_method']);
    expect(await shop.stripe.paymentMethods.retrieve(method)).toMatchObject({ customer: owner, card: { brand: 'visa', last4: '4242', exp_month: 11, exp_year: 2031 } });
    expect((await shop.stripe.paymentMethods.list({ customer: owner, type: 'card' })).data.map(({ id }) => id)).toEqual([method]);
    await eventually(() => shop.types(setup.id).includes('setup_intent.succeeded'));
    const paid = await shop.stripe.paymentIntents.create({ amount: 900, currency: 'usd', customer: owner, payment_method: method, off_session: true, confirm: true, allowed_payment_method_types: ['card'] });
    expect(paid).toMatchObject({ status: 'succeeded', customer: owner, payment_method: method });
    expect(await shop.stripe.paymentMethods.detach(method)).toMatchObject({ customer: null });
    expect(await refused(shop.stripe.paymentMethods.detach(method))).toMatchObject({ message: expect.stringContaining('not attached') });
    expect(await refused(shop.stripe.paymentMethods.attach(method, { customer: owner }))).toMatchObject({ message: expect.stringContaining('may not be used again') });
  });

  it('are authenticated while they are saved, and not again when they are charged', async () => {
    const owner = await customer();
    const setup = await shop.stripe.setupIntents.create({ customer: owner, payment_method: 'pm_card_authenticationRequiredOnSetup', confirm: true, return_url: 'https://shop.example/cards' });
    expect(setup).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url' } });
    const done = await shop.simulator.control.authenticate(setup.id, true);
    expect(done).toMatchObject({ status: 'succeeded' });
    const charge = { amount: 900, currency: 'usd', customer: owner, payment_method: String(done.payment_method), off_session: true, confirm: true, allowed_payment_method_types: ['card'] };
    expect(await shop.stripe.paymentIntents.create(charge)).toMatchObject({ status: 'succeeded' });
    const declined = await shop.stripe.setupIntents.create({ customer: owner, allowed_payment_method_types: ['card'] });
    expect(await refused(shop.stripe.setupIntents.confirm(declined.id, { payment_method: 'pm_card_chargeDeclined' }))).toMatchObject({ code: 'card_declined' });
    await eventually(() => shop.types(declined.id).includes('setup_intent.setup_failed'));
    expect(await shop.stripe.setupIntents.cancel(declined.id)).toMatchObject({ status: 'canceled' });
  });

  it('belong to one customer, whose end is theirs', async () => {
    const [owner, other] = [await customer(), await customer()];
    const method = await shop.stripe.paymentMethods.attach('pm_card_mastercard', { customer: owner });
    expect(await refused(shop.stripe.paymentMethods.attach(method.id, { customer: other }))).toMatchObject({ message: expect.stringContaining('already been attached') });
    expect(await refused(shop.stripe.paymentIntents.create({ amount: 900, currency: 'usd', customer: other, payment_method: method.id }))).toMatchObject({ param: 'payment_method' });
    expect(await shop.stripe.customers.del(owner)).toEqual(expect.objectContaining({ deleted: true }));
    expect(await shop.stripe.customers.retrieve(owner)).toMatchObject({ deleted: true });
    expect(await refused(shop.stripe.customers.del(owner))).toMatchObject({ code: 'resource_missing', statusCode: 404 });
    expect(await shop.stripe.paymentMethods.retrieve(method.id)).toMatchObject({ customer: null });
  });

  it('pay by a publishable key, in a header or as a field, with the client secret only', async () => {
    const intent = await shop.stripe.paymentIntents.create({ amount: 900, currency: 'usd', allowed_payment_method_types: ['card'], metadata: { order: 'ord_1' } });
    const path = `/v1/payment_intents/${intent.id}/confirm`;
    const card = { 'payment_method_data[type]': 'card', 'payment_method_data[card][number]': '4242424242424242' };
    expect(await asBrowser(path, card)).toMatchObject({ status: 401 });
    expect(await asBrowser(path, { ...card, client_secret: 'pi_x_secret_y' })).toMatchObject({ status: 400, body: { error: { code: 'payment_intent_invalid_parameter' } } });
    expect(await asBrowser('/v1/refunds', { payment_intent: intent.id })).toMatchObject({ status: 401, body: { error: { code: 'secret_key_required' } } });
    const { status, body } = await asBrowser(path, { ...card, client_secret: intent.client_secret ?? '' }, 'field');
    expect([status, body]).toMatchObject([200, { status: 'succeeded', amount: 900 }]);
    expect(body).not.toHaveProperty('metadata');
    const read = await fetch(`${shop.simulator.url}/v1/payment_intents/${intent.id}?key=${account.publishableKey}&client_secret=${intent.client_secret ?? ''}`);
    expect([read.status, read.headers.get('access-control-allow-origin'), await read.json()]).toMatchObject([200, '*', { status: 'succeeded' }]);
  });

  it('are never sent by number from a server, and are known by number to the simulator only where they are test cards', async () => {
    expect(await refused(shop.stripe.paymentMethods.create({ type: 'card', card: { number: '4242424242424242', exp_month: 1, exp_year: 2030 } }))).toMatchObject({ statusCode: 402, message: expect.stringContaining('unsafe') });
    expect(await asBrowser('/v1/payment_methods', { type: 'card', 'card[number]': '4111111111111111' })).toMatchObject({ status: 402, body: { error: { code: 'incorrect_number' } } });
    expect(await asBrowser('/v1/payment_methods', { type: 'card', 'card[number]': '4000000000000002' })).toMatchObject({ status: 200, body: { card: { last4: '0002' } } });
  });
});
