import { orderExpired, vendorOrderCancelled } from '@haat/schema/events/orders';
import { newId } from '@haat/kit/id';
import { testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { orderFacts, vendorOrderFacts } from '../testing/order-facts.js';
import { PaymentsRig, type Purchase } from '../testing/payments-rig.js';
import type { Thing } from '../testing/stand-in-api.js';

let rig: PaymentsRig;
beforeAll(async () => { rig = await PaymentsRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());
beforeEach(() => rig.calm());

type Held = Purchase & { readonly paymentId: string };

/** A payment of 100.00 that is held, since the provider says something else. */
async function held(changes: Partial<Thing>): Promise<Held> {
  const purchase = rig.purchase();
  const { paymentId } = await rig.open(purchase);
  await rig.callBack(purchase, rig.pay(purchase, changes));
  expect(await rig.read(purchase)).toMatchObject({ status: 'PROCESSING', captured: { minor: 0 } });
  return { ...purchase, paymentId };
}

let keys = 0;
const release = ({ operator, paymentId }: Held, minor?: number, more: object = {}) => rig.mutate(operator, 'capturePayment',
  { paymentId, idempotencyKey: `key-${keys += 1}`, ...(minor && { amount: { minor, currency: 'EUR' } }), ...more }, '... on Payment { status heldReason captured { minor } refunded { minor } } ... on CaptureTooLarge { capturable { minor } }');
const waiting = async ({ operator }: Purchase) => (await rig.data<{ payments: { nodes: unknown[] } }>(operator, '{ payments(first: 10, filter: { needsAttention: true }) { nodes { id } } }')).payments.nodes.length;
const cancelAll = async ({ asker, wish }: Purchase) => {
  for (const at of [0, 1]) {
    const facts = vendorOrderFacts(wish, at);
    await rig.subgraph.hear(vendorOrderCancelled, asker.tenant.id, { aggregate: { id: facts.vendorOrderId, version: 2 }, payload: { ...facts, cancelled: [], amountMinor: at ? 4_000 : 6_000, by: 'OPERATOR', reason: 'x', shipped: false, wasConfirmed: false } });
  }
};
const byHand = (order: Purchase, amount: number, currency = 'eur') => {
  const id = `re_${newId('evt')}`;
  rig.stripe.things.set(id, { id, object: 'refund', amount, currency, payment_intent: rig.intent(order).id, status: 'succeeded', metadata: {} });
};

describe('a payment that is held', () => {
  it('goes on by what its provider took, where an operator names exactly that; it can be paid back then [PAY-11, PAY-12, PAY-13]', async () => {
    const order = await held({ amount: 9_999, amount_received: 9_999 });
    expect(await release(order)).toMatchObject({ __typename: 'CaptureTooLarge', capturable: { minor: 9_999 } });
    expect(await release(order, 10_000)).toMatchObject({ __typename: 'CaptureTooLarge', capturable: { minor: 9_999 } });
    expect(await waiting(order)).toBe(1);
    const key = { idempotencyKey: 'once' };
    expect(await release(order, 9_999, key)).toMatchObject({ status: 'PARTIALLY_CAPTURED', heldReason: null, captured: { minor: 9_999 } });
    await rig.callBack(order, rig.intent(order));
    expect(await release(order, 9_999, key)).toMatchObject({ status: 'PARTIALLY_CAPTURED', heldReason: null });
    expect(await waiting(order)).toBe(0);
    expect((await rig.said(order)).map(({ name, payload }) => [name, payload['nowMinor']])).toEqual([['payment-opened', undefined], ['payment-captured', 9_999]]);
    await cancelAll(order);
    await rig.later(1);
    expect(await rig.read(order)).toMatchObject({ status: 'REFUNDED', refunded: { minor: 9_999 } });
  });

  it('gives back what was taken above what is due, but not what somebody gave back at the provider [PAY-13]', async () => {
    const order = await held({ amount: 12_000, amount_received: 12_000 });
    expect(await release(order, 12_000)).toMatchObject({ status: 'CAPTURED', captured: { minor: 12_000 } });
    await rig.later(1);
    expect(await rig.read(order)).toMatchObject({ status: 'CAPTURED', refunded: { minor: 2_000 } });
    const other = await held({ amount: 12_000, amount_received: 12_000 });
    byHand(other, 2_000);
    await release(other, 12_000);
    await rig.later(1);
    expect(await rig.read(other)).toMatchObject({ status: 'CAPTURED', refunded: { minor: 2_000 }, refunds: [{ status: 'SUCCEEDED' }] });
  });

  it('goes on by itself where the provider says by now what was asked for [PAY-11]', async () => {
    const order = await held({ currency: 'usd' });
    expect(await release(order)).toMatchObject({ __typename: 'CaptureTooLarge', capturable: { minor: 0 } });
    rig.pay(order, { currency: 'eur' });
    expect(await release(order)).toMatchObject({ status: 'CAPTURED', captured: { minor: 10_000 }, heldReason: null });
    expect(await rig.saidNames(order)).toEqual(['payment-opened', 'payment-captured']);
  });

  it('comes to nothing where all of it went back at the provider: the buyer can pay again, or the time ends [PAY-02, PAY-11]', async () => {
    const order = await held({ currency: 'usd' });
    byHand(order, 9_000, 'usd');
    expect(await release(order)).toMatchObject({ __typename: 'CaptureTooLarge' });
    byHand(order, 1_000, 'usd');
    expect(await release(order)).toMatchObject({ status: 'CANCELLED', captured: { minor: 0 }, heldReason: null });
    await rig.callBack(order, rig.intent(order));
    expect(await waiting(order)).toBe(0);
    expect(await rig.mutate(order.asker, 'retryPayment', { paymentId: order.paymentId, idempotencyKey: 'again' }, '... on Payment { status attempts { status } }')).toMatchObject({ status: 'REQUIRES_ACTION', attempts: [{ status: 'CANCELLED' }, { status: 'REQUIRES_ACTION' }] });
    await rig.later(1_801, 'expire-payments');
    expect(await rig.saidNames(order)).toEqual(['payment-opened', 'payment-opened', 'payment-expired']);
  });

  it('is nothing that anybody else lets go, nor while the provider cannot be asked, nor beyond the end of its order', async () => {
    const order = await held({ amount_received: 4_000 });
    await expect(release({ ...order, operator: order.asker }, 4_000)).rejects.toThrow('FORBIDDEN');
    await expect(release({ ...order, operator: { tenant: testTenant(), viewer: testViewer(newId('usr'), ['OPERATOR']) } }, 4_000)).rejects.toThrow('NOT_FOUND');
    rig.stripe.mishaps.push('away');
    await expect(release(order, 4_000)).rejects.toThrow('SUBGRAPH_UNAVAILABLE');
    await rig.subgraph.hear(orderExpired, order.asker.tenant.id, { aggregate: { id: order.wish.orderId, version: 2 }, payload: orderFacts(order.wish) });
    expect(await release(order, 4_000)).toMatchObject({ captured: { minor: 4_000 }, heldReason: null });
    expect((await rig.saidNames(order)).at(-1)).toBe('payment-captured');
  });
});
