import { orderRefundDue, vendorOrderCancelled } from '@haat/schema/events/orders';
import { newId } from '@haat/kit/id';
import { testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { vendorOrderFacts } from '../testing/order-facts.js';
import { PaymentsRig, type Purchase } from '../testing/payments-rig.js';

let rig: PaymentsRig;
beforeAll(async () => { rig = await PaymentsRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());
beforeEach(() => rig.calm());

/** An order that is paid: 60.00 (a line of three pieces) and 40.00 (a line of three for 35.00, and delivery). */
async function paid(purchase: Purchase = rig.purchase()): Promise<Purchase & { readonly paymentId: string }> {
  const { paymentId } = await rig.open(purchase);
  await rig.callBack(purchase, rig.pay(purchase));
  return { ...purchase, paymentId };
}

let [keys, versions] = [0, 1];
const selection = '... on Refund { id status amount { minor } lines { orderLineId quantity amount { minor } restock } } ... on RefundTooLarge { refundable { minor } }';
const refund = ({ operator, paymentId }: Awaited<ReturnType<typeof paid>>, input: Record<string, unknown>) => rig.mutate(operator, 'refundPayment', { paymentId, reason: 'Broken.', idempotencyKey: `key-${keys += 1}`, ...input }, selection);
const eur = (minor: number) => ({ minor, currency: 'EUR' });
const cancel = (purchase: Purchase, at: number, payload: { amountMinor: number; quantity?: number; lineMinor?: number; line?: number; wasConfirmed?: boolean }) => {
  const { orderLineId, cartLineId, offerId } = purchase.wish.lines[payload.line ?? at] ?? { orderLineId: '', cartLineId: '', offerId: '' };
  const { amountMinor, quantity, lineMinor = amountMinor, wasConfirmed = true } = payload;
  const cancelled = quantity === undefined ? [] : [{ orderLineId, cartLineId, offerId, quantity, amountMinor: lineMinor }];
  const facts = vendorOrderFacts(purchase.wish, at);
  return rig.subgraph.hear(vendorOrderCancelled, purchase.asker.tenant.id, { aggregate: { id: facts.vendorOrderId, version: versions += 1 }, payload: { ...facts, cancelled, amountMinor, by: 'VENDOR', reason: 'Sold out.', shipped: false, wasConfirmed } });
};
const waiting = async ({ operator }: Purchase) => (await rig.data<{ payments: { nodes: unknown[] } }>(operator, '{ payments(first: 10, filter: { needsAttention: true }) { nodes { id } } }')).payments.nodes.length;
const refundsAtStripe = () => rig.stripe.asked.filter(({ method, path }) => method === 'POST' && path === '/v1/refunds');

describe('a refund', () => {
  it('goes back as amounts until nothing is left, and never beyond [PAY-13]', async () => {
    const order = await paid();
    expect(await refund(order, { amount: eur(2_500) })).toMatchObject({ status: 'SUCCEEDED', amount: { minor: 2_500 }, lines: [] });
    expect(await rig.read(order)).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunded: { minor: 2_500 } });
    expect(await refund(order, { amount: eur(7_501) })).toMatchObject({ __typename: 'RefundTooLarge', refundable: { minor: 7_500 } });
    expect(await refund(order, { amount: eur(7_500) })).toMatchObject({ status: 'SUCCEEDED' });
    expect(await rig.read(order)).toMatchObject({ status: 'REFUNDED', refunded: { minor: 10_000 } });
    expect(await refund(order, { amount: eur(1) })).toMatchObject({ __typename: 'RefundTooLarge', refundable: { minor: 0 } });
    expect((await rig.said(order)).filter(({ name }) => name === 'refund-succeeded').map(({ payload }) => payload['shares'])).toMatchObject([[{ amountMinor: 1_500 }, { amountMinor: 1_000 }], [{ amountMinor: 4_500 }, { amountMinor: 3_000 }]]);
  });

  it('goes back by line, rounded over all pieces, and says which are put back on the shelf [PAY-13]', async () => {
    const order = await paid();
    const orderLineId = order.wish.lines[1]?.orderLineId;
    const one = await refund(order, { lines: [{ orderLineId, quantity: 1, restock: true }] });
    expect(one).toMatchObject({ status: 'SUCCEEDED', amount: { minor: 1_167 }, lines: [{ orderLineId, quantity: 1, restock: true, amount: { minor: 1_167 } }] });
    expect(await refund(order, { lines: [{ orderLineId, quantity: 3 }] })).toMatchObject({ __typename: 'RefundTooLarge' });
    expect(await refund(order, { lines: [{ orderLineId, quantity: 2 }] })).toMatchObject({ amount: { minor: 2_333 } });
    const [said] = (await rig.said(order)).filter(({ name }) => name === 'refund-succeeded');
    expect(said?.payload).toMatchObject({ lines: [{ orderLineId, cartLineId: order.wish.lines[1]?.cartLineId, quantity: 1, restock: true }], shares: [{ vendorOrderId: order.wish.shares[1]?.vendorOrderId, amountMinor: 1_167 }] });
  });

  it('is one refund for one key, and for many at once no more than there is [PAY-13]', async () => {
    const order = await paid();
    const before = refundsAtStripe().length;
    const same = await Promise.all([1, 2].map(() => refund(order, { amount: eur(1_000), idempotencyKey: 'same' })));
    expect(new Set(same.map(({ id }) => id)).size).toBe(1);
    const many = await Promise.all(Array.from({ length: 4 }, () => refund(order, { amount: eur(4_000) })));
    expect(many.map(({ __typename }) => __typename).toSorted()).toEqual(['Refund', 'Refund', 'RefundTooLarge', 'RefundTooLarge']);
    // Two who ask at once with one key may both get to the provider, which knows them by its own key for one refund.
    expect(new Set(refundsAtStripe().slice(before).map(({ key }) => key)).size).toBe(3);
    expect([...rig.stripe.things.values()].filter((thing) => thing['object'] === 'refund' && thing['payment_intent'] === rig.intent(order)['id'])).toHaveLength(3);
    await expect(refund(order, { amount: eur(1_001), idempotencyKey: 'same' })).rejects.toThrow('IDEMPOTENCY_KEY_REUSED');
  });

  it('is told from another by its whole key, whatever is in it [PAY-13]', async () => {
    const order = await paid();
    const wanted = ['x#2', 'x', 'x#%', '_'];
    for (const [at, idempotencyKey] of wanted.entries()) expect(await refund(order, { amount: eur(1_000 + at), idempotencyKey })).toMatchObject({ status: 'SUCCEEDED', amount: { minor: 1_000 + at } });
    expect(await rig.read(order)).toMatchObject({ refunded: { minor: 4_006 } });
  });

  it('is wanted by a key that was another payment\'s so long ago that it is forgotten, and is that payment\'s own [PAY-13]', async () => {
    const tenant = testTenant();
    const [first, second] = [await paid(rig.purchase({}, tenant)), await paid(rig.purchase({}, tenant))];
    const { operator } = first;
    expect(await refund(first, { amount: eur(1_000), idempotencyKey: 'weekly' })).toMatchObject({ status: 'SUCCEEDED' });
    await expect(refund({ ...second, operator }, { amount: eur(1_000), idempotencyKey: 'weekly' })).rejects.toThrow('IDEMPOTENCY_KEY_REUSED');
    await rig.later(8 * 86_400);
    expect(await refund({ ...second, operator }, { amount: eur(2_000), idempotencyKey: 'weekly' })).toMatchObject({ status: 'SUCCEEDED', amount: { minor: 2_000 } });
    expect([await rig.read(first), await rig.read(second)]).toMatchObject([{ refunded: { minor: 1_000 } }, { refunded: { minor: 2_000 } }]);
    // The same payment's own is that refund, however late it is wanted again.
    expect(await refund({ ...second, operator }, { amount: eur(2_000), idempotencyKey: 'weekly' })).toMatchObject({ amount: { minor: 2_000 } });
  });

  it('whose answer was lost is looked for before it is asked for again, and goes back once [PAY-13]', async () => {
    const order = await paid();
    rig.stripe.mishaps.push('lost', 'lost');
    expect(await refund(order, { amount: eur(1_000) })).toMatchObject({ status: 'REQUESTED' });
    const before = refundsAtStripe().length;
    await rig.later(5);
    expect(await rig.read(order)).toMatchObject({ refunds: [{ status: 'SUCCEEDED' }], refunded: { minor: 1_000 } });
    expect(refundsAtStripe()).toHaveLength(before);
  });

  it('that the provider refuses has failed, and its money can go back another way; so has one that bounced later [PAY-13]', async () => {
    const order = await paid();
    rig.stripe.mishaps.push('refused');
    expect(await refund(order, { amount: eur(10_000) })).toMatchObject({ status: 'FAILED' });
    await refund(order, { amount: eur(10_000) });
    const [atStripe] = [...rig.stripe.things.values()].filter((thing) => thing['object'] === 'refund' && thing['payment_intent'] === rig.intent(order)['id']);
    await rig.callBack(order, { ...atStripe, status: 'failed', failure_reason: 'expired_or_canceled_card' });
    expect(await rig.read(order)).toMatchObject({ status: 'CAPTURED', refunded: { minor: 0 }, refunds: [{ status: 'FAILED' }, { status: 'FAILED' }] });
    expect((await rig.saidNames(order)).slice(2)).toEqual(['refund-failed', 'refund-succeeded', 'refund-failed']);
  });

  it('that failed is done again once, of the same shares and pieces, and is over then [PAY-12, PAY-13]', async () => {
    const order = await paid();
    rig.stripe.mishaps.push('refused');
    await cancel(order, 0, { amountMinor: 6_000, quantity: 3 });
    await rig.later(1);
    const { refunds: [failed] } = (await rig.read(order)) as { refunds: { id: string; status: string }[] };
    expect([failed?.status, await waiting(order)]).toEqual(['FAILED', 1]);
    expect(await refund(order, { refundId: failed?.id })).toMatchObject({ status: 'SUCCEEDED', amount: { minor: 6_000 }, lines: [{ quantity: 3 }] });
    expect(await waiting(order)).toBe(0);
    expect(await refund(order, { refundId: failed?.id })).toMatchObject({ status: 'SUCCEEDED', amount: { minor: 6_000 } });
    await cancel(order, 1, { amountMinor: 4_000, quantity: 3, lineMinor: 3_500 });
    await rig.later(1);
    expect(await rig.read(order)).toMatchObject({ status: 'REFUNDED', refunded: { minor: 10_000 }, refunds: [{ status: 'FAILED' }, { amount: { minor: 6_000 } }, { amount: { minor: 4_000 } }] });
    expect((await rig.said(order)).filter(({ name }) => name === 'refund-succeeded').map(({ payload }) => payload['shares'])).toMatchObject(order.wish.shares.map(({ vendorOrderId, amountMinor }) => [{ vendorOrderId, amountMinor }]));
  });

  it('of what nobody has a share in is done again of nobody\'s share [PAY-13]', async () => {
    const purchase = rig.purchase();
    await rig.open(purchase);
    await cancel(purchase, 1, { amountMinor: 4_000, wasConfirmed: false });
    rig.stripe.mishaps.push('refused');
    await rig.callBack(purchase, rig.pay(purchase));
    await rig.later(1);
    const { id: paymentId, refunds } = (await rig.read(purchase)) as { id: string; refunds: { id: string; status: string }[] };
    expect(refunds).toMatchObject([{ status: 'FAILED' }]);
    expect(await refund({ ...purchase, paymentId }, { refundId: refunds[0]?.id })).toMatchObject({ status: 'SUCCEEDED', amount: { minor: 4_000 } });
    await cancel(purchase, 0, { amountMinor: 6_000 });
    await rig.later(1);
    expect(await rig.read(purchase)).toMatchObject({ status: 'REFUNDED', refunded: { minor: 10_000 } });
  });

  it('is not done again where it is none of the payment, did not fail, or its money went back another way [PAY-13]', async () => {
    const [order, other] = [await paid(), await paid()];
    const done = await refund(order, { amount: eur(1_000) });
    rig.stripe.mishaps.push('refused');
    const failed = await refund(order, { amount: eur(9_000) });
    await expect(refund(other, { refundId: failed['id'] })).rejects.toThrow('NOT_FOUND');
    await expect(refund(order, { refundId: done['id'] })).rejects.toThrow('BAD_USER_INPUT');
    await expect(refund(order, { refundId: failed['id'], amount: eur(1) })).rejects.toThrow('BAD_USER_INPUT');
    await refund(order, { amount: eur(9_000) });
    expect(await refund(order, { refundId: failed['id'] })).toMatchObject({ __typename: 'RefundTooLarge', refundable: { minor: 0 } });
    expect(await waiting(order)).toBe(0);
  });

  it('that somebody made at the provider by hand becomes one of ours, by whichever callback [PAY-13]', async () => {
    const order = await paid();
    const { id } = rig.intent(order);
    rig.stripe.things.set('re_hand', { id: 're_hand', object: 'refund', amount: 700, currency: 'eur', payment_intent: id, status: 'succeeded', metadata: {} });
    await rig.callBack(order, { id: 'ch_1', object: 'charge', payment_intent: id }, { type: 'charge.refunded' });
    await rig.callBack(order, rig.stripe.things.get('re_hand') ?? {}, { type: 'refund.created' });
    expect(await rig.read(order)).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunds: [{ amount: { minor: 700 } }] });
  });

  it('is for operators alone', async () => {
    const order = await paid();
    await expect(rig.mutate(order.asker, 'refundPayment', { paymentId: order.paymentId, amount: eur(1), reason: 'x', idempotencyKey: 'k' })).rejects.toThrow('FORBIDDEN');
    const elsewhere = { tenant: testTenant(), viewer: testViewer(newId('usr'), ['OPERATOR']) };
    await expect(rig.mutate(elsewhere, 'refundPayment', { paymentId: order.paymentId, amount: eur(1), reason: 'x', idempotencyKey: 'k' })).rejects.toThrow('NOT_FOUND');
    await expect(refund(order, { amount: eur(1), lines: [{ orderLineId: 'x', quantity: 1 }] })).rejects.toThrow('BAD_USER_INPUT');
    await expect(refund(order, { amount: { minor: 1, currency: 'USD' } })).rejects.toThrow('BAD_USER_INPUT');
  });
});

describe('payments that wait for somebody', () => {
  it('are listed for operators: held ones, and those whose refund failed [PAY-12]', async () => {
    const tenant = testTenant();
    const [fine, failed] = [await paid(rig.purchase({}, tenant)), await paid(rig.purchase({}, tenant))];
    const held = rig.purchase({}, tenant);
    await rig.open(held);
    await rig.callBack(held, rig.pay(held, { currency: 'usd' }));
    rig.stripe.mishaps.push('refused');
    await refund(failed, { amount: eur(1) });
    const list = async (filter: object) => (await rig.data<{ payments: { nodes: { status: string }[] } }>(fine.operator, 'query($f: PaymentFilter) { payments(first: 10, filter: $f) { nodes { status } } }', { f: filter })).payments.nodes;
    expect(await list({ needsAttention: true })).toEqual([{ status: 'PROCESSING' }, { status: 'CAPTURED' }]);
    expect(await list({ status: ['CAPTURED'] })).toHaveLength(2);
    await expect(rig.data(fine.asker, '{ payments { nodes { id } } }')).rejects.toThrow('FORBIDDEN');
  });
});

describe('what is cancelled', () => {
  it('goes back to who paid it, once, as far as it did not before [PAY-13]', async () => {
    const order = await paid();
    await refund(order, { lines: [{ orderLineId: order.wish.lines[0]?.orderLineId, quantity: 1 }] });
    await cancel(order, 0, { amountMinor: 6_000, quantity: 3 });
    await rig.later(1);
    expect(await rig.read(order)).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunded: { minor: 6_000 }, refunds: [{ amount: { minor: 2_000 } }, { amount: { minor: 4_000 }, lines: [{ quantity: 2, restock: false }] }] });
    await cancel(order, 1, { amountMinor: 4_000, quantity: 3, lineMinor: 3_500 });
    await rig.later(1);
    expect(await rig.read(order)).toMatchObject({ status: 'REFUNDED' });
  });

  it('gives nothing for pieces whose money went back before, though the part has money left [PAY-13]', async () => {
    const { wish: { lines: [, other], shares } } = rig.purchase();
    const lines = [2_000, 4_000].map((totalMinor) => ({ orderLineId: newId('oline'), cartLineId: newId('line'), offerId: newId('ofr'), vendorOrderId: shares[0]?.vendorOrderId ?? '', quantity: 1, totalMinor }));
    const order = await paid(rig.purchase({ shares, lines: [...lines, ...(other ? [other] : [])] }));
    await refund(order, { lines: [{ orderLineId: lines[0]?.orderLineId, quantity: 1 }] });
    await cancel(order, 0, { amountMinor: 2_000, quantity: 1, line: 0 });
    await rig.later(1);
    expect(await rig.read(order)).toMatchObject({ refunded: { minor: 2_000 }, refunds: [{ status: 'SUCCEEDED' }] });
    await cancel(order, 0, { amountMinor: 4_000, quantity: 1, line: 1 });
    await rig.later(1);
    expect(await rig.read(order)).toMatchObject({ refunded: { minor: 6_000 }, refunds: [{ amount: { minor: 2_000 } }, { amount: { minor: 4_000 }, lines: [{ quantity: 1 }] }] });
  });

  it('gives what is for no piece, such as the delivery, though all pieces went back before [PAY-13]', async () => {
    const order = await paid();
    await refund(order, { lines: [{ orderLineId: order.wish.lines[1]?.orderLineId, quantity: 3 }] });
    await cancel(order, 1, { amountMinor: 1_167, quantity: 1 });
    await cancel(order, 1, { amountMinor: 2_833, quantity: 2, lineMinor: 2_333 });
    await rig.later(1);
    expect(await rig.read(order)).toMatchObject({ refunded: { minor: 4_000 }, refunds: [{ amount: { minor: 3_500 } }, { amount: { minor: 500 }, lines: [] }] });
  });

  it('before it is paid need not be paid: nothing can be, and what is all the same goes back once, though the order wants it back too [PAY-11]', async () => {
    const purchase = rig.purchase();
    await rig.open(purchase);
    await cancel(purchase, 0, { amountMinor: 6_000, wasConfirmed: false });
    await cancel(purchase, 1, { amountMinor: 4_000, wasConfirmed: false });
    await rig.later(1);
    expect(rig.intent(purchase)['status']).toBe('canceled');
    expect(await rig.read(purchase)).toMatchObject({ status: 'CANCELLED' });
    const late = rig.purchase();
    const { paymentId } = await rig.open(late);
    for (const at of [0, 1]) await cancel(late, at, { amountMinor: at ? 4_000 : 6_000, wasConfirmed: false });
    await rig.callBack(late, rig.pay(late));
    const payload = { orderId: late.wish.orderId, paymentId, amountMinor: 10_000, currency: 'EUR', why: 'PAID_AFTER_CANCELLATION' as const };
    expect(await rig.saidNames(late)).toContain('payment-captured');
    for (const version of [3, 4]) await rig.subgraph.hear(orderRefundDue, late.asker.tenant.id, { aggregate: { id: late.wish.orderId, version }, payload });
    await rig.later(1);
    expect(await rig.read(late)).toMatchObject({ status: 'REFUNDED', refunded: { minor: 10_000 }, refunds: [{ status: 'SUCCEEDED' }] });
  });

  it('in part before it is paid goes back when all of it is paid [PAY-13]', async () => {
    const purchase = rig.purchase();
    await rig.open(purchase);
    await cancel(purchase, 1, { amountMinor: 4_000, wasConfirmed: false });
    await rig.callBack(purchase, rig.pay(purchase));
    await rig.later(1);
    expect(await rig.read(purchase)).toMatchObject({ captured: { minor: 10_000 }, refunded: { minor: 4_000 } });
  });
});

describe('a dispute', () => {
  const dispute = (order: Purchase, changes: object = {}) => ({ id: `dp_${order.wish.orderId}`, object: 'dispute', payment_intent: rig.intent(order)['id'], amount: 10_000, currency: 'eur', reason: 'fraudulent', status: 'needs_response', evidence_details: { due_by: 1_768_000_000 }, ...changes });
  const disputes = async ({ operator, paymentId }: Awaited<ReturnType<typeof paid>>) => (await rig.data<{ payment: { status: string; disputes: { status: string }[] | null } }>(operator, `{ payment(id: "${paymentId}") { status disputes { status reason amount { minor } } } }`)).payment;

  it('is said once, shown to operators, and over when it is won, in whatever order that is heard [PAY-12]', async () => {
    const order = await paid();
    await rig.callBack(order, dispute(order));
    expect(await disputes(order)).toMatchObject({ status: 'DISPUTED', disputes: [{ status: 'needs_response', reason: 'fraudulent', amount: { minor: 10_000 } }] });
    await rig.callBack(order, dispute(order, { status: 'won' }));
    await rig.callBack(order, dispute(order, { status: 'under_review' }));
    expect(await disputes(order)).toMatchObject({ status: 'CAPTURED', disputes: [{ status: 'won' }] });
    expect((await rig.saidNames(order)).filter((name) => name === 'dispute-opened')).toHaveLength(1);
    expect(await disputes({ ...order, operator: order.asker })).toMatchObject({ disputes: null });
  });

  it('that was lost may be appealed and won; what is heard late of before changes nothing, nor does another amount at the end [PAY-12]', async () => {
    const order = await paid();
    const seen = async (changes: object) => {
      await rig.callBack(order, dispute(order, changes));
      const { status, disputes: [one] = [] } = (await disputes(order)) as { status: string; disputes: { status: string }[] };
      return [status, one?.status];
    };
    expect(await seen({ status: 'lost' })).toEqual(['DISPUTED', 'lost']);
    expect(await seen({ status: 'under_review' })).toEqual(['DISPUTED', 'lost']);
    expect(await seen({ status: 'appeal_needs_response' })).toEqual(['DISPUTED', 'appeal_needs_response']);
    expect(await seen({ status: 'appeal_under_review' })).toEqual(['DISPUTED', 'appeal_under_review']);
    expect(await seen({ status: 'won', amount: 9_000 })).toEqual(['CAPTURED', 'won']);
    expect(await seen({ status: 'lost' })).toEqual(['CAPTURED', 'won']);
  });
});
