import { vendorOrderCancelled } from '@haat/schema/events/orders';
import { newId } from '@haat/kit/id';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { vendorOrderFacts } from '../testing/order-facts.js';
import { PaymentsRig, type Purchase } from '../testing/payments-rig.js';
import type { Thing } from '../testing/stand-in-api.js';

let rig: PaymentsRig;
beforeAll(async () => { rig = await PaymentsRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());
beforeEach(() => rig.calm());

type Paid = Purchase & { readonly paymentId: string };

/** An order that is paid: 60.00 (a line of three pieces) and 40.00. */
async function paid(): Promise<Paid> {
  const purchase = rig.purchase();
  const { paymentId } = await rig.open(purchase);
  await rig.callBack(purchase, rig.pay(purchase));
  return { ...purchase, paymentId };
}

let [keys, versions] = [0, 1];
const refund = ({ operator, paymentId }: Paid, input: Record<string, unknown>) =>
  rig.mutate(operator, 'refundPayment', { paymentId, reason: 'Broken.', idempotencyKey: `key-${keys += 1}`, ...input }, '... on Refund { id status amount { minor } lines { quantity } } ... on RefundTooLarge { refundable { minor } }');
const waiting = async ({ operator }: Purchase) => (await rig.data<{ payments: { nodes: unknown[] } }>(operator, '{ payments(first: 10, filter: { needsAttention: true }) { nodes { id } } }')).payments.nodes.length;

/** Two pieces of an order are cancelled, and their money cannot go back. Answers the refund that failed. */
async function failedOf(order: Paid): Promise<string | undefined> {
  rig.stripe.mishaps.push('refused');
  const { orderLineId = '', cartLineId = '', offerId = '' } = order.wish.lines[0] ?? {};
  const facts = vendorOrderFacts(order.wish);
  const cancelled = [{ orderLineId, cartLineId, offerId, quantity: 2, amountMinor: 4_000 }];
  await rig.subgraph.hear(vendorOrderCancelled, order.asker.tenant.id, { aggregate: { id: facts.vendorOrderId, version: versions += 1 }, payload: { ...facts, cancelled, amountMinor: 4_000, by: 'VENDOR', reason: 'Sold out.', shipped: false, wasConfirmed: true } });
  await rig.later(1);
  const { refunds: [failed] } = (await rig.read(order)) as { refunds: { id: string; status: string }[] };
  expect([failed?.status, await waiting(order)]).toEqual(['FAILED', 1]);
  return failed?.id;
}

/** Somebody pays back at the provider, by hand. */
function byHand(order: Purchase, amount: number): Thing {
  const made = { id: `re_${newId('evt')}`, object: 'refund', amount, currency: 'eur', payment_intent: rig.intent(order).id, status: 'succeeded', metadata: {} };
  rig.stripe.things.set(made.id, made);
  return made;
}

const ofStripe = (order: Purchase) => [...rig.stripe.things.values()].filter((thing) => thing['object'] === 'refund' && thing['payment_intent'] === rig.intent(order)['id']);

describe('a refund', () => {
  it('that failed and was paid back by hand at the provider is over, of the same pieces, whichever way that is heard: it cannot be paid twice [PAY-12, PAY-13]', async () => {
    for (const hear of [
      async (order: Purchase, made: Thing) => rig.callBack(order, made, { type: 'refund.created' }),
      async (order: Purchase) => rig.callBack(order, { id: 'ch_1', object: 'charge', payment_intent: rig.intent(order).id }, { type: 'charge.refunded' }),
      async () => rig.later(61),
    ]) {
      const order = await paid();
      const failed = await failedOf(order);
      const made = byHand(order, 4_000);
      for (const _ of [1, 2]) await hear(order, made);
      const [, second] = ((await rig.read(order)) as { refunds: { id: string }[] }).refunds;
      expect(await rig.read(order)).toMatchObject({ refunded: { minor: 4_000 }, refunds: [{ status: 'FAILED' }, { status: 'SUCCEEDED', lines: [{ quantity: 2 }] }] });
      expect(await waiting(order)).toBe(0);
      expect(await refund(order, { refundId: failed })).toMatchObject({ id: second?.id, status: 'SUCCEEDED' });
      expect(ofStripe(order)).toHaveLength(1);
      expect((await rig.said(order)).at(-1)).toMatchObject({ name: 'refund-succeeded', payload: { shares: [{ vendorOrderId: order.wish.shares[0]?.vendorOrderId, amountMinor: 4_000 }] } });
    }
  });

  it('that failed and is wanted again is not asked for where somebody paid the same by hand, though nobody told of that [PAY-13]', async () => {
    const order = await paid();
    const failed = await failedOf(order);
    const made = byHand(order, 4_000);
    expect(await refund(order, { refundId: failed })).toMatchObject({ status: 'SUCCEEDED', amount: { minor: 4_000 }, lines: [{ quantity: 2 }] });
    expect(await rig.callBack(order, made, { type: 'refund.created' })).toBe(200);
    expect(await rig.read(order)).toMatchObject({ refunded: { minor: 4_000 }, refunds: [{ status: 'FAILED' }, { status: 'SUCCEEDED' }] });
    expect(ofStripe(order)).toHaveLength(1);
  });

  it('that is being asked for again keeps what was made by hand from being counted besides it: that is told again later [PAY-13]', async () => {
    const order = await paid();
    const failed = await failedOf(order);
    rig.stripe.mishaps.push('away');
    expect(await refund(order, { refundId: failed })).toMatchObject({ status: 'REQUESTED' });
    const made = byHand(order, 4_000);
    expect(await rig.callBack(order, made, { id: 'evt_hand', type: 'refund.created' })).toBe(503);
    await rig.later(5);
    expect(await rig.callBack(order, made, { id: 'evt_hand', type: 'refund.created' })).toBe(200);
    expect(await rig.read(order)).toMatchObject({ refunded: { minor: 4_000 } });
    expect(ofStripe(order)).toHaveLength(1);
  });

  it('that was made by hand before ours of all that is left stands for ours, which is refused [PAY-13]', async () => {
    const order = await paid();
    const made = byHand(order, 10_000);
    expect(await refund(order, { amount: { minor: 10_000, currency: 'EUR' } })).toMatchObject({ status: 'FAILED' });
    await rig.callBack(order, made, { type: 'refund.created' });
    expect(await rig.read(order)).toMatchObject({ status: 'REFUNDED', refunded: { minor: 10_000 } });
    expect(await waiting(order)).toBe(0);
  });

  it('that bounced after it had gone back, and goes back again, puts no pieces on the shelf a second time, by whichever way [PAY-13]', async () => {
    for (const again of [
      (order: Paid, refundId: unknown) => refund(order, { refundId }),
      (order: Paid) => rig.callBack(order, byHand(order, 2_000), { type: 'refund.created' }),
    ]) {
      const order = await paid();
      const first = await refund(order, { lines: [{ orderLineId: order.wish.lines[0]?.orderLineId, quantity: 1, restock: true }] });
      await rig.callBack(order, { ...ofStripe(order)[0], status: 'failed', failure_reason: 'expired_or_canceled_card' }, { type: 'refund.failed' });
      rig.stripe.change(String(ofStripe(order)[0]?.['id']), { status: 'failed' });
      rig.stripe.mishaps.push('refused');
      const { id: second } = await refund(order, { refundId: first['id'] });
      await again(order, second);
      expect(await rig.read(order)).toMatchObject({ refunded: { minor: 2_000 }, refunds: [{ status: 'FAILED' }, { status: 'FAILED' }, { status: 'SUCCEEDED', lines: [{ quantity: 1, restock: true }] }] });
      const said = (await rig.said(order)).filter(({ name }) => name === 'refund-succeeded').map(({ payload }) => [payload['amountMinor'], payload['lines'], payload['shares']]);
      const shares = [{ vendorOrderId: order.wish.shares[0]?.vendorOrderId, amountMinor: 2_000 }];
      expect(said).toMatchObject([[2_000, [{ quantity: 1, restock: true }], shares], [2_000, [], shares]]);
      expect(await waiting(order)).toBe(0);
    }
  });

  it('that was made by hand is looked for ever more seldom, and no more once nothing waits for it [PAY-13]', async () => {
    const order = await paid();
    await failedOf(order);
    const looks = () => rig.stripe.asked.filter(({ method, path, form }) => method === 'GET' && path === '/v1/refunds' && form['payment_intent'] === rig.intent(order).id).length;
    for (const [seconds, so] of [[61, 1], [61, 1], [61, 2], [241, 3]] as const) {
      await rig.later(seconds);
      expect(looks()).toBe(so);
    }
    const [due] = await rig.subgraph.query<{ error_code: string }>(`select error_code from payments.refund where tenant_id = $1 and status = 'FAILED'`, [order.asker.tenant.id]);
    expect(due?.error_code).toBe('parameter_invalid_integer');
    byHand(order, 4_000);
    await rig.later(481);
    await rig.later(86_400);
    expect(looks()).toBe(4);
  });

  it('that bounced is found by looking, where nobody told of it, and is looked at no more after a month [PAY-10, PAY-13]', async () => {
    const [bounced, fine] = [await paid(), await paid()];
    for (const order of [bounced, fine]) for (const _ of [1, 2]) await refund(order, { amount: { minor: 4_000, currency: 'EUR' }, idempotencyKey: order.paymentId });
    const looks = (order: Purchase) => rig.stripe.asked.filter(({ method, path }) => method === 'GET' && path === `/v1/refunds/${String(ofStripe(order)[0]?.['id'])}`).length;
    await rig.later(86_401);
    rig.stripe.change(String(ofStripe(bounced)[0]?.['id']), { status: 'failed', failure_reason: 'lost_or_stolen_card' });
    await rig.later(86_401);
    expect([looks(bounced), (await rig.read(bounced))?.['status']]).toEqual([1, 'PARTIALLY_REFUNDED']);
    await rig.later(86_401);
    expect(await rig.read(bounced)).toMatchObject({ status: 'CAPTURED', refunded: { minor: 0 }, refunds: [{ status: 'FAILED' }] });
    expect(await waiting(bounced)).toBe(1);
    for (const days of [4, 8, 16, 31, 31]) await rig.later(days * 86_401);
    expect([looks(fine), (await rig.read(fine))?.['status']]).toEqual([5, 'PARTIALLY_REFUNDED']);
  });

  it('that was made by hand and bounced is never counted, though its end is heard before its beginning [PAY-10, PAY-13]', async () => {
    const order = await paid();
    const made = { ...byHand(order, 700) };
    const failed = rig.stripe.change(String(made['id']), { status: 'failed', failure_reason: 'lost_or_stolen_card' });
    for (const [told, type] of [[failed, 'refund.failed'], [made, 'refund.created'], [made, 'refund.updated']] as const) expect(await rig.callBack(order, told, { type })).toBe(200);
    expect(await rig.read(order)).toMatchObject({ status: 'CAPTURED', refunded: { minor: 0 }, refunds: [] });
  });

  it('that was made by hand may be heard of before the payment itself [PAY-10, PAY-13]', async () => {
    const purchase = rig.purchase();
    await rig.open(purchase);
    rig.pay(purchase);
    await rig.callBack(purchase, byHand(purchase, 700), { type: 'refund.created' });
    expect(await rig.read(purchase)).toMatchObject({ status: 'PARTIALLY_REFUNDED', captured: { minor: 10_000 }, refunded: { minor: 700 } });
    await rig.callBack(purchase, rig.intent(purchase));
    expect(await rig.saidNames(purchase)).toEqual(['payment-opened', 'payment-captured', 'refund-succeeded']);
  });
});
