import { paymentCheck } from '@haat/schema/asks/payments';
import { vendorOrderCancelled } from '@haat/schema/events/orders';
import { codCollected } from '@haat/schema/events/shipping';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vendorOrderFacts } from '../testing/order-facts.js';
import { PaymentsRig, type Purchase } from '../testing/payments-rig.js';

let rig: PaymentsRig;
beforeAll(async () => { rig = await PaymentsRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

let versions = 1;
const collect = ({ asker, wish }: Purchase, at: number, payload: { readonly parcelId?: string; readonly amountMinor?: number; readonly currency?: string } = {}) => {
  const share = wish.shares[at] ?? { vendorOrderId: '', vendorId: '', amountMinor: 0 };
  const parcelId = payload.parcelId ?? `par_${wish.orderId}_${at}`;
  return rig.subgraph.hear(codCollected, asker.tenant.id, { aggregate: { id: parcelId, version: versions += 1 }, payload: { parcelId, shipmentId: 'shp_1', orderId: wish.orderId, carrier: 'own', currency: 'EUR', ...share, ...payload } });
};

const cancelPart = ({ asker, wish }: Purchase, at: number, amountMinor: number) => {
  const facts = vendorOrderFacts(wish, at);
  return rig.subgraph.hear(vendorOrderCancelled, asker.tenant.id, { aggregate: { id: facts.vendorOrderId, version: versions += 1 }, payload: { ...facts, cancelled: [], amountMinor, by: 'VENDOR', reason: 'x', shipped: false, wasConfirmed: true } });
};

describe('cash on delivery', () => {
  it('waits for the courier, and is captured part by part, once each [PAY-21]', async () => {
    const purchase = rig.purchase({ choice: 'CASH_ON_DELIVERY' });
    expect(await rig.open(purchase)).toMatchObject({ outcome: 'OPENED', status: 'PENDING_COLLECTION', expiresAt: null });
    await collect(purchase, 0);
    await collect(purchase, 0);
    expect(await rig.read(purchase)).toMatchObject({ status: 'PARTIALLY_CAPTURED', captured: { minor: 6_000 } });
    await collect(purchase, 1);
    expect(await rig.read(purchase)).toMatchObject({ status: 'CAPTURED', captured: { minor: 10_000 } });
    expect((await rig.said(purchase)).map(({ name, payload }) => [name, payload['nowMinor'], payload['vendorOrderId']])).toEqual([
      ['payment-opened', undefined, undefined], ['payment-captured', 6_000, purchase.wish.shares[0]?.vendorOrderId], ['payment-captured', 4_000, purchase.wish.shares[1]?.vendorOrderId],
    ]);
  });

  it('goes back by hand: asked for where a part came back, noted where an operator did it [PAY-21, PAY-13]', async () => {
    const purchase = rig.purchase({ choice: 'CASH_ON_DELIVERY' });
    const { paymentId } = await rig.open(purchase);
    await collect(purchase, 0);
    const facts = vendorOrderFacts(purchase.wish, 0);
    await rig.subgraph.hear(vendorOrderCancelled, purchase.asker.tenant.id, { aggregate: { id: facts.vendorOrderId, version: 2 }, payload: { ...facts, cancelled: [], amountMinor: 6_000, by: 'x', reason: 'x', shipped: true, wasConfirmed: true } });
    expect((await rig.said(purchase)).at(-1)).toMatchObject({ name: 'refund-failed', payload: { code: 'pay_back_by_hand', amountMinor: 6_000 } });
    expect(await rig.mutate(purchase.operator, 'refundPayment', { paymentId, amount: { minor: 6_000, currency: 'EUR' }, reason: 'Handed back.', idempotencyKey: 'k' }, '... on Refund { status }')).toMatchObject({ status: 'SUCCEEDED' });
    expect(await rig.read(purchase)).toMatchObject({ status: 'REFUNDED' });
  });

  it('that was handed back for a part that came back waits for nobody any more [PAY-12, PAY-21]', async () => {
    const purchase = rig.purchase({ choice: 'CASH_ON_DELIVERY' });
    const { paymentId } = await rig.open(purchase);
    for (const at of [0, 1]) await collect(purchase, at);
    await cancelPart(purchase, 0, 6_000);
    const waiting = async () => (await rig.data<{ payments: { nodes: { refunds: { id: string }[] }[] } }>(purchase.operator, '{ payments(first: 10, filter: { needsAttention: true }) { nodes { refunds { id } } } }')).payments.nodes;
    const [wanted] = (await waiting()).flatMap(({ refunds }) => refunds);
    expect(await rig.mutate(purchase.operator, 'refundPayment', { paymentId, refundId: wanted?.id, reason: 'Handed back.', idempotencyKey: 'k' }, '... on Refund { status amount { minor } }')).toMatchObject({ status: 'SUCCEEDED', amount: { minor: 6_000 } });
    expect(await waiting()).toEqual([]);
  });

  it('that was not collected goes back to nobody: of two parcels one came back [PAY-21]', async () => {
    const purchase = rig.purchase({ choice: 'CASH_ON_DELIVERY' });
    await rig.open(purchase);
    await collect(purchase, 0, { amountMinor: 3_000 });
    await cancelPart(purchase, 0, 3_000);
    expect(await rig.read(purchase)).toMatchObject({ captured: { minor: 3_000 }, refunds: [] });
    await cancelPart(purchase, 0, 3_000);
    expect(await rig.read(purchase)).toMatchObject({ refunds: [{ status: 'FAILED', amount: { minor: 3_000 } }] });
  });

  it('that was collected beyond what is due is to be handed back, whichever was heard first: the cash, or that a part was cancelled [PAY-13, PAY-21]', async () => {
    const early = rig.purchase({ choice: 'CASH_ON_DELIVERY' });
    await rig.open(early);
    await cancelPart(early, 0, 2_000);
    await collect(early, 0);
    expect(await rig.read(early)).toMatchObject({ captured: { minor: 6_000 }, refunds: [{ status: 'FAILED', amount: { minor: 2_000 } }] });
    expect((await rig.said(early)).at(-1)).toMatchObject({ name: 'refund-failed', payload: { code: 'pay_back_by_hand', shares: [{ vendorOrderId: early.wish.shares[0]?.vendorOrderId, amountMinor: 2_000 }] } });
    await collect(early, 0, { parcelId: `par_again_${early.wish.orderId}`, amountMinor: 500 });
    expect(await rig.read(early)).toMatchObject({ captured: { minor: 6_500 }, refunds: [{ amount: { minor: 2_000 } }, { status: 'FAILED', amount: { minor: 500 } }] });
    expect((await rig.said(early)).at(-1)).toMatchObject({ name: 'refund-failed', payload: { amountMinor: 500, shares: [] } });
    const exact = rig.purchase({ choice: 'CASH_ON_DELIVERY' });
    await rig.open(exact);
    await cancelPart(exact, 0, 2_000);
    await collect(exact, 0, { amountMinor: 4_000 });
    expect(await rig.read(exact)).toMatchObject({ captured: { minor: 4_000 }, refunds: [] });
  });

  it('is refused where it is not offered or too much, and held where other money was collected [PAY-21]', async () => {
    const purchase = rig.purchase({ choice: 'CASH_ON_DELIVERY' });
    await rig.mutate(purchase.operator, 'changePaymentSettings', { cashMax: { minor: 9_999, currency: 'EUR' } });
    expect(await rig.open(purchase)).toMatchObject({ outcome: 'REFUSED', code: 'amount_too_large' });
    const check = (choice: string, amountMinor: number) => rig.subgraph.put(purchase.asker, paymentCheck, { choice, currency: 'EUR', amountMinor });
    expect(await Promise.all([check('CASH_ON_DELIVERY', 9_999), check('CASH_ON_DELIVERY', 10_000), check('STRIPE', 10_000), check('GOLD', 1)])).toMatchObject([{ outcome: 'OFFERED' }, { outcome: 'NOT_OFFERED', code: 'amount_too_large' }, { outcome: 'OFFERED' }, { outcome: 'NOT_OFFERED', code: 'not_offered' }]);
    expect(await rig.mutate(purchase.operator, 'changePaymentSettings', { offersCash: false, offersCards: false })).toMatchObject({ __typename: 'NoWayToPay' });
    const other = rig.purchase({ choice: 'CASH_ON_DELIVERY' });
    await rig.open(other);
    await collect(other, 0, { currency: 'USD' });
    expect(await rig.read(other)).toMatchObject({ captured: { minor: 0 } });
  });
});
