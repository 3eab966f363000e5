import { userErased } from '@haat/schema/events/identity';
import { tenantOpened } from '@haat/schema/events/tenants';
import { newId } from '@haat/kit/id';
import { testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import type { TestAsker } from '@haat/kit/testing/test-asker';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askingMethod, declinedMethod } from '../testing/stand-in-api.js';
import { PaymentsRig, type Purchase } from '../testing/payments-rig.js';

let rig: PaymentsRig;
const own = { secretKey: 'sk_test_own', publishableKey: 'pk_test_own', webhookSecrets: ['whsec_own'] };
beforeAll(async () => { rig = await PaymentsRig.start({ STRIPE_ACCOUNTS: JSON.stringify({ own }) }); });
afterAll(() => rig[Symbol.asyncDispose]());
beforeEach(() => { rig.stripe.mishaps.length = 0; });

let keys = 0;
const save = (asker: TestAsker, input: object = {}) => rig.mutate(asker, 'savePaymentMethod', { idempotencyKey: `key-${keys += 1}`, ...input }, '... on PaymentMethodSetup { setupId clientSecret publishableKey } ... on SavedPaymentMethod { id brand lastFour expiryMonth expiryYear }');
const methods = async (asker: TestAsker, userId = asker.viewer?.userId) => (await rig.data<{ _entities: ({ savedPaymentMethods: { id: string; lastFour: string }[] | null } | null)[] }>(asker, 'query($r: [_Any!]!) { _entities(representations: $r) { ... on User { savedPaymentMethods { id lastFour } } } }', { r: [{ __typename: 'User', id: userId }] }))._entities[0]?.savedPaymentMethods ?? null;

/** Somebody who saved a card. */
async function keeping(reference = `pm_${newId('evt')}`, purchase: Purchase = rig.purchase()): Promise<Purchase & { readonly methodId: string; readonly setupId: string }> {
  const { setupId } = await save(purchase.asker) as unknown as { setupId: string };
  rig.stripe.change(setupId, { status: 'succeeded', payment_method: reference });
  const { id } = await save(purchase.asker, { setupId });
  return { ...purchase, methodId: String(id), setupId };
}

describe('a saved method', () => {
  it('is given to the provider by the browser, kept once without its number, and seen by its owner alone [PAY-03, PAY-15]', async () => {
    const purchase = rig.purchase();
    const begun = [await save(purchase.asker, { idempotencyKey: 'a' }), await save(purchase.asker, { idempotencyKey: 'a' })];
    expect(begun[0]).toMatchObject({ __typename: 'PaymentMethodSetup', publishableKey: 'pk_test_all', clientSecret: expect.any(String) as string });
    expect(begun[1]).toEqual(begun[0]);
    const setupId = String(begun[0]?.['setupId']);
    const done = rig.stripe.change(setupId, { status: 'succeeded', payment_method: 'pm_once' });
    await rig.callBack(purchase, done, { type: 'setup_intent.succeeded' });
    const kept = await save(purchase.asker, { setupId });
    expect(kept).toMatchObject({ __typename: 'SavedPaymentMethod', brand: 'visa', lastFour: '4242', expiryMonth: 12, expiryYear: 2030 });
    expect(await methods(purchase.asker)).toEqual([{ id: kept['id'], lastFour: '4242' }]);
    const stranger = { tenant: purchase.asker.tenant, viewer: testViewer(newId('usr'), ['SHOPPER']) };
    expect(await methods(stranger, purchase.asker.viewer?.userId)).toBeNull();
    await expect(save(stranger, { setupId })).rejects.toThrow('NOT_FOUND');
    await expect(rig.mutate(stranger, 'removePaymentMethod', { savedPaymentMethodId: kept['id'] })).rejects.toThrow('NOT_FOUND');
  });

  it('pays an order at once, or asks the bank, or is declined and another one pays [PAY-03, PAY-04]', async () => {
    const purchase = await keeping();
    const paid = { ...purchase, wish: { ...purchase.wish, savedPaymentMethodId: purchase.methodId } };
    expect(await rig.open(paid)).toMatchObject({ outcome: 'OPENED', status: 'CAPTURED' });
    const asking = await keeping(askingMethod);
    expect(await rig.open({ ...asking, wish: { ...asking.wish, savedPaymentMethodId: asking.methodId } })).toMatchObject({ outcome: 'OPENED', status: 'REQUIRES_ACTION' });
    expect(await rig.read(asking)).toMatchObject({ nextAction: { kind: 'redirect_to_url', url: 'https://bank.example/3ds' } });
    const declined = await keeping(declinedMethod);
    const { paymentId, ...refused } = await rig.open({ ...declined, wish: { ...declined.wish, savedPaymentMethodId: declined.methodId } });
    expect(refused).toMatchObject({ outcome: 'REFUSED', code: 'insufficient_funds' });
    const { methodId } = await keeping(undefined, { ...declined });
    expect(await rig.mutate(declined.asker, 'retryPayment', { paymentId, savedPaymentMethodId: methodId, idempotencyKey: 'r' }, '... on Payment { status attempts { status } }')).toMatchObject({ status: 'CAPTURED', attempts: [{ status: 'CANCELLED' }, { status: 'CAPTURED' }] });
  });

  it('is of no use to anybody else [PAY-03]', async () => {
    const { methodId } = await keeping();
    const thief = rig.purchase();
    const { paymentId } = await rig.open({ ...thief, wish: { ...thief.wish, savedPaymentMethodId: methodId } });
    expect(await rig.read(thief)).toMatchObject({ status: 'REQUIRES_ACTION' });
    await expect(rig.mutate(thief.asker, 'retryPayment', { paymentId, savedPaymentMethodId: methodId, idempotencyKey: 'r' })).rejects.toThrow('NOT_FOUND');
  });

  it('is forgotten at once here, and at the provider as soon as it can be reached [PAY-03]', async () => {
    const { asker, methodId } = await keeping('pm_gone');
    rig.stripe.mishaps.push('away');
    expect(await rig.mutate(asker, 'removePaymentMethod', { savedPaymentMethodId: methodId })).toMatchObject({ __typename: 'RemovePaymentMethodSucceeded' });
    expect(await methods(asker)).toEqual([]);
    await rig.later(60);
    const detached = () => rig.stripe.asked.filter(({ path }) => path === '/v1/payment_methods/pm_gone/detach').length;
    expect(detached()).toBe(2);
    await rig.later(600);
    expect(detached()).toBe(2);
  });

  it('goes with its person, at the provider too [PAY-15]', async () => {
    const { asker } = await keeping();
    const userId = asker.viewer?.userId ?? '';
    await rig.subgraph.hear(userErased, asker.tenant.id, { aggregate: { id: userId, version: 9 }, payload: { userId } });
    expect(await methods(asker)).toEqual([]);
    await rig.later(1);
    expect(rig.stripe.asked.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
    expect(await rig.subgraph.query('select 1 from payments.provider_customer where id = $1', [userId])).toEqual([]);
  });
});

describe('an account', () => {
  it('is a marketplace\'s own where it has one, in requests, jobs and callbacks [PAY-04, PAY-20]', async () => {
    const purchase = rig.purchase({}, testTenant({ slug: 'own' }));
    const state = { tenantId: purchase.asker.tenant.id, slug: 'own', name: 'Own', status: 'OPEN' as const, currency: 'EUR', locales: ['en'], timeZone: 'UTC', plan: 'SCALE', features: [], limits: {}, hosts: [] };
    await rig.subgraph.hear(tenantOpened, state.tenantId, { aggregate: { id: state.tenantId, version: 1 }, payload: state });
    rig.stripe.mishaps.push('away');
    await rig.open(purchase);
    await rig.later(5);
    expect(await rig.read(purchase)).toMatchObject({ publishableKey: 'pk_test_own' });
    const calls = rig.stripe.asked.filter(({ form }) => form['metadata[order]'] === purchase.wish.orderId);
    expect(calls.map(({ secretKey }) => secretKey)).toEqual(['sk_test_own', 'sk_test_own']);
    expect(await rig.callBack(purchase, rig.pay(purchase))).toBe(401);
    expect(await rig.callBack(purchase, rig.intent(purchase), { secret: 'whsec_own' })).toBe(200);
  });

  it('that is missing offers no cards, and cash as the marketplace wants it [PAY-20, PAY-21]', async () => {
    const purchase = rig.purchase();
    const options = async () => (await rig.data<{ _entities: { paymentMethods: unknown }[] }>(purchase.asker, 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Cart { paymentMethods { choice available why savedMethods { lastFour } } } } }',
      { r: [{ __typename: 'Cart', id: 'cart_1', groups: [{ __typename: 'CartGroup', id: 'grp_1', subtotal: { __typename: 'Money', minor: 5_000, currency: 'EUR' } }] }] }))._entities[0]?.paymentMethods;
    expect(await options()).toEqual([{ choice: 'STRIPE', available: true, why: null, savedMethods: [] }, { choice: 'CASH_ON_DELIVERY', available: true, why: null, savedMethods: [] }]);
    await rig.mutate(purchase.operator, 'changePaymentSettings', { offersCards: false, cashMax: { minor: 4_999, currency: 'EUR' } });
    expect(await options()).toMatchObject([{ available: false, why: 'This marketplace takes no cards.' }, { available: false, why: 'The order is too large to be paid in cash.' }]);
    expect(await rig.data(purchase.operator, '{ paymentSettings { captureMode windowMinutes offersCards offersCash hasAccount cashMax { minor } } }')).toEqual({ paymentSettings: { captureMode: 'AUTOMATIC', windowMinutes: 30, offersCards: false, offersCash: true, hasAccount: true, cashMax: { minor: 4_999 } } });
  });
});
