import { eventually } from '@haat/kit/testing/eventually';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openShop, type Shop } from './testing/shop.js';
import { refused } from './testing/refused.js';

describe('a key at the simulated Stripe', () => {
  let shop: Shop;
  beforeEach(async () => { shop = await openShop(); });
  afterEach(() => shop[Symbol.asyncDispose]());

  const wanted = { amount: 900, currency: 'usd', allowed_payment_method_types: ['card'] };
  const charges = async (): Promise<number> => (await shop.stripe.charges.list()).data.length;

  it('gets the same answer again for the same request, and an error for another', async () => {
    const first = await shop.stripe.paymentIntents.create(wanted, { idempotencyKey: 'k' });
    const again = await shop.stripe.paymentIntents.create(wanted, { idempotencyKey: 'k' });
    expect([again.id, again.lastResponse.headers['idempotent-replayed'], again.lastResponse.headers['original-request']]).toEqual([first.id, 'true', first.lastResponse.requestId]);
    expect(await refused(shop.stripe.paymentIntents.create({ ...wanted, amount: 901 }, { idempotencyKey: 'k' }))).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 });
    expect(await refused(shop.stripe.customers.create({}, { idempotencyKey: 'k' }))).toMatchObject({ type: 'StripeIdempotencyError', message: expect.stringContaining('same endpoint') });
    expect((await shop.stripe.paymentIntents.list()).data).toHaveLength(1);
  });

  it('keeps a decline, and keeps nothing of a request that was wrong', async () => {
    const { id } = await shop.stripe.paymentIntents.create(wanted);
    const decline = (): Promise<unknown> => refused(shop.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_chargeDeclined' }, { idempotencyKey: 'c' }));
    expect([await decline(), await decline()]).toMatchObject([{ code: 'card_declined' }, { code: 'card_declined', headers: { 'idempotent-replayed': 'true' } }]);
    expect(await charges()).toBe(1);
    await refused(shop.stripe.paymentIntents.create({ ...wanted, amount: 1 }, { idempotencyKey: 'w' }));
    expect(await shop.stripe.paymentIntents.create(wanted, { idempotencyKey: 'w' })).toMatchObject({ amount: 900 });
  });

  it('is locked while its request is worked on', async () => {
    await shop.simulator.control.fault({ kind: 'delay', ms: 300, path: '/v1/payment_intents' });
    const slow = shop.stripe.paymentIntents.create(wanted, { idempotencyKey: 'k' });
    await eventually(async () => (await shop.simulator.control.requests()).length === 1);
    expect(await refused(shop.stripe.paymentIntents.create(wanted, { idempotencyKey: 'k' }))).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    expect((await shop.stripe.paymentIntents.create(wanted, { idempotencyKey: 'k' }).catch(() => slow)).id).toBe((await slow).id);
  });

  it.each(['fail-after', 'drop-after'] as const)('gets the one charge when the first answer was lost: %s', async (kind) => {
    const { id } = await shop.stripe.paymentIntents.create(wanted);
    // The package asks once more by itself where a connection is dropped, with the same key: both are dropped here.
    await shop.simulator.control.fault({ kind, path: '/v1/payment_intents/*/confirm', times: kind === 'drop-after' ? 2 : 1 });
    const pay = () => shop.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' }, { idempotencyKey: 'pay' });
    expect(await refused(pay())).toMatchObject(kind === 'fail-after' ? { type: 'StripeAPIError', statusCode: 500 } : { type: 'StripeConnectionError' });
    expect(await shop.stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'succeeded' });
    const again = await pay();
    expect([again.status, again.latest_charge, await charges()]).toEqual(['succeeded', (await shop.stripe.paymentIntents.retrieve(id)).latest_charge, 1]);
    await eventually(() => shop.types(id).includes('payment_intent.succeeded'));
    expect((await shop.simulator.control.requests()).filter(({ path, isReplayed }) => path.endsWith('/confirm') && isReplayed)).not.toHaveLength(0);
    expect(shop.types(id).filter((type) => type === 'payment_intent.succeeded')).toHaveLength(1);
  });

  it('does nothing when it failed before, and says 500 for good only where Stripe would', async () => {
    for (const status of [500, 503, 429] as const) await shop.simulator.control.fault({ kind: 'fail', status, account: 'acme', method: 'POST' });
    const create = () => shop.stripe.paymentIntents.create(wanted, { idempotencyKey: 'k' });
    for (const status of [500, 503, 429]) expect(await refused(create())).toMatchObject({ statusCode: status });
    await shop.simulator.control.fault({ kind: 'drop', times: 2 });
    expect(await refused(create())).toMatchObject({ type: 'StripeConnectionError' });
    expect((await shop.stripe.paymentIntents.list()).data).toEqual([]);
    expect(await create()).toMatchObject({ amount: 900 });
    await shop.simulator.control.fault({ kind: 'fail', isKept: true });
    for (const times of [1, 2]) expect([times, (await refused(shop.stripe.customers.create({}, { idempotencyKey: 'for good' }))).statusCode]).toEqual([times, 500]);
    expect(await shop.simulator.control.faults()).toEqual([]);
  });
});
