import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiVersion } from './api/check-headers.js';
import { account, openShop, otherAccount, stripeAt, type Shop } from './testing/shop.js';
import { refused } from './testing/refused.js';

describe('requests to the simulated Stripe', () => {
  let shop: Shop;
  beforeAll(async () => { shop = await openShop(); });
  afterAll(() => shop[Symbol.asyncDispose]());

  const send = (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${shop.simulator.url}${path}`, { method: 'POST', body, headers: { authorization: `Bearer ${account.secretKey}`, 'content-type': 'application/x-www-form-urlencoded', ...headers } });

  it('come from a known key, and see one account only', async () => {
    const error = await refused(stripeAt(shop.simulator.url, 'sk_test_nobody_knows_this').paymentIntents.list());
    expect(error).toMatchObject({ type: 'StripeAuthenticationError', statusCode: 401, message: 'Invalid API Key provided: sk_test_*************this' });
    expect((await fetch(`${shop.simulator.url}/v1/events`)).status).toBe(401);
    const intent = await shop.stripe.paymentIntents.create({ amount: 900, currency: 'usd' });
    const other = stripeAt(shop.simulator.url, otherAccount.secretKey);
    expect(await refused(other.paymentIntents.retrieve(intent.id))).toMatchObject({ statusCode: 404, code: 'resource_missing' });
    expect((await other.events.list()).data).toEqual([]);
    const asName = await fetch(`${shop.simulator.url}/v1/payment_intents/${intent.id}`, { headers: { authorization: `Basic ${Buffer.from(`${account.secretKey}:`).toString('base64')}` } });
    expect(asName.status).toBe(200);
  });

  it.each([
    ['no amount', { currency: 'usd' }, { param: 'amount', code: 'parameter_missing' }], ['an amount of nothing', { amount: 0, currency: 'bdt' }, { param: 'amount', code: 'parameter_invalid_integer' }],
    ['a negative amount', { amount: -5, currency: 'bdt' }, { param: 'amount' }], ['a broken amount', { amount: 10.5, currency: 'bdt' }, { param: 'amount', code: 'parameter_invalid_integer' }],
    ['less than the least', { amount: 49, currency: 'usd' }, { param: 'amount', code: 'amount_too_small' }], ['more than the most', { amount: 100_000_000, currency: 'bdt' }, { param: 'amount', code: 'amount_too_large' }],
    ['a currency of nobody', { amount: 900, currency: 'zzz' }, { param: 'currency' }], ['three decimals not rounded', { amount: 1_001, currency: 'kwd' }, { param: 'amount' }],
    ['an unknown word', { amount: 900, currency: 'usd', capture: true }, { param: 'capture', code: 'parameter_unknown' }], ['a word of another version', { amount: 900, currency: 'usd', payment_method_types: ['card'] }, { param: 'payment_method_types', code: 'parameter_unknown' }],
    ['nobody as customer', { amount: 900, currency: 'usd', customer: 'cus_nobody' }, { param: 'customer', code: 'resource_missing', statusCode: 400 }],
  ])('are refused for %s', async (_, params, facts) => {
    expect(await refused(shop.stripe.rawRequest('POST', '/v1/payment_intents', params))).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400, ...facts });
  });

  it('take the largest amount there is, and amounts without decimals', async () => {
    expect(await shop.stripe.paymentIntents.create({ amount: 99_999_999, currency: 'BDT' })).toMatchObject({ amount: 99_999_999, currency: 'bdt' });
    expect(await shop.stripe.paymentIntents.create({ amount: 50, currency: 'jpy' })).toMatchObject({ amount: 50 });
  });

  it('carry the headers that Stripe wants, of the version we use', async () => {
    expect(apiVersion).toBe(Stripe.API_VERSION);
    expect((await send('/v1/customers', '', { 'stripe-version': '2010-01-01' })).status).toBe(400);
    expect((await send('/v1/customers', '{"name":"x"}', { 'content-type': 'application/json' })).status).toBe(400);
    expect((await send('/v1/customers', 'name=x', { 'idempotency-key': 'k'.repeat(256) })).status).toBe(400);
    const good = await send('/v1/customers', 'name=x', { 'idempotency-key': 'k-1' });
    expect([good.status, good.headers.get('idempotency-key'), good.headers.get('stripe-version'), good.headers.get('request-id')]).toEqual([200, 'k-1', apiVersion, expect.stringMatching(/^req_\w{14}$/)]);
  });

  it('are noted with their account, their key and what became of them', async () => {
    await shop.simulator.control.clearRequests();
    const customer = await shop.stripe.customers.create({ name: 'x' }, { idempotencyKey: 'k-2' });
    await refused(shop.stripe.paymentIntents.retrieve('pi_none'));
    expect(await shop.simulator.control.requests()).toMatchObject([
      { account: 'acme', method: 'POST', path: '/v1/customers', idempotencyKey: 'k-2', version: apiVersion, params: { name: 'x' }, status: 200, isReplayed: false },
      { account: 'acme', method: 'GET', path: '/v1/payment_intents/pi_none', idempotencyKey: null, status: 404 },
    ]);
    expect(customer.lastResponse.requestId).toBe((await shop.simulator.control.requests())[0]?.id);
  });

  it('to what is not there are said to be so', async () => {
    expect(await refused(shop.stripe.products.list())).toMatchObject({ statusCode: 404, message: expect.stringContaining('Unrecognized request URL') });
    expect((await send('/v1/customers', `name=${'x'.repeat(300_000)}`)).status).toBe(413);
  });
});
