import { emailVerified } from '@haat/schema/events/identity';
import { orderExpired, orderPlaced, orderRefundDue, vendorOrderCancelled } from '@haat/schema/events/orders';
import { newId } from '@haat/kit/id';
import { guest } from '@haat/kit/identity';
import { testTenant, testViewer } from '@haat/kit/testing/test-tenant';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { orderFacts, vendorOrderFacts } from '../testing/order-facts.js';
import { PaymentsRig, type Purchase } from '../testing/payments-rig.js';

let rig: PaymentsRig;
beforeAll(async () => { rig = await PaymentsRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());
beforeEach(() => rig.calm());

let [keys, versions] = [0, 1];
const retry = async (purchase: Purchase, input: Record<string, unknown> = {}, asker = purchase.asker) => {
  const { paymentId } = await rig.open(purchase);
  return rig.mutate(asker, 'retryPayment', { paymentId, idempotencyKey: `key-${keys += 1}`, ...input }, '... on Payment { id status clientSecret attempts { number status } } ... on PaymentNotRetryable { status }');
};
const cancelPart = ({ asker, wish }: Purchase, at: number, amountMinor: number) => {
  const facts = vendorOrderFacts(wish, at);
  return rig.subgraph.hear(vendorOrderCancelled, asker.tenant.id, { aggregate: { id: facts.vendorOrderId, version: versions += 1 }, payload: { ...facts, cancelled: [], amountMinor, by: 'VENDOR', reason: 'x', shipped: false, wasConfirmed: true } });
};

const refundDue = ({ asker, wish }: Purchase, paymentId = '') => rig.subgraph.hear(orderRefundDue, asker.tenant.id, {
  aggregate: { id: wish.orderId, version: versions += 1 }, payload: { orderId: wish.orderId, paymentId, amountMinor: 10_000, currency: 'EUR', why: 'PAID_AFTER_CANCELLATION' },
});

describe('another try', () => {
  it('goes on with the one that is open, where the browser was declined [PAY-02, PAY-11]', async () => {
    const purchase = rig.purchase();
    await rig.open(purchase);
    await rig.callBack(purchase, { ...rig.intent(purchase), last_payment_error: { type: 'card_error', code: 'card_declined', message: 'Declined.', charge: 'ch_a' } });
    expect(await retry(purchase)).toMatchObject({ __typename: 'Payment', clientSecret: rig.intent(purchase)['client_secret'], attempts: [{ number: 1 }] });
  });

  it('is a new one after the provider refused the first, the same for the same key [PAY-02]', async () => {
    const purchase = rig.purchase();
    rig.stripe.mishaps.push('refused');
    await rig.open(purchase);
    const again = [await retry(purchase, { idempotencyKey: 'once' }), await retry(purchase, { idempotencyKey: 'once' })];
    expect(again[0]).toMatchObject({ status: 'REQUIRES_ACTION', attempts: [{ status: 'FAILED' }, { number: 2, status: 'REQUIRES_ACTION' }] });
    expect(again[1]).toEqual(again[0]);
    await rig.callBack(purchase, rig.pay(purchase));
    expect(await rig.read(purchase)).toMatchObject({ status: 'CAPTURED' });
    expect(await retry(purchase)).toMatchObject({ __typename: 'PaymentNotRetryable', status: 'CAPTURED' });
  });

  it('is not begun while the old one cannot be called off, and never where that was paid meanwhile: nobody pays twice [PAY-02]', async () => {
    const purchase = rig.purchase();
    const { paymentId } = await rig.open(purchase);
    await rig.subgraph.query(`insert into payments.saved_method (tenant_id, id, user_id, provider, customer_reference, reference, brand, last_four, expiry_month, expiry_year) values ($1, $2, $3, 'STRIPE', 'cus_1', 'pm_1', 'visa', '1', 1, 2030)`, [purchase.asker.tenant.id, `spm_${paymentId}`, purchase.asker.viewer?.userId]);
    rig.stripe.mishaps.push('away');
    expect(await retry(purchase, { savedPaymentMethodId: `spm_${paymentId}` })).toMatchObject({ attempts: [{ number: 1 }, { number: 2, status: 'CREATED' }] });
    rig.pay(purchase);
    await rig.later(15);
    await rig.later(15);
    expect(rig.intents(purchase)).toHaveLength(1);
    expect(await rig.read(purchase)).toMatchObject({ status: 'CAPTURED', captured: { minor: 10_000 }, attempts: [{ status: 'CAPTURED' }, { status: 'CANCELLED' }] });
  });

  it('that was paid although another one was gives its money back by itself, and is not said [PAY-13]', async () => {
    const purchase = rig.purchase();
    await rig.open(purchase);
    await rig.callBack(purchase, { ...rig.intent(purchase), status: 'canceled' });
    await retry(purchase);
    const [first, second] = rig.intents(purchase);
    for (const intent of [second, first]) await rig.callBack(purchase, rig.stripe.change(String(intent?.['id']), { status: 'succeeded', amount_received: 10_000 }));
    await rig.later(1);
    expect(await rig.read(purchase)).toMatchObject({ status: 'CAPTURED', captured: { minor: 20_000 }, refunded: { minor: 10_000 }, refunds: [{ status: 'SUCCEEDED' }] });
    expect((await rig.saidNames(purchase)).filter((name) => name === 'payment-captured')).toHaveLength(1);
  });

  it('is the buyer\'s alone, and none after the time is over', async () => {
    const purchase = rig.purchase();
    await expect(retry(purchase, {}, { tenant: purchase.asker.tenant, viewer: testViewer(newId('usr'), ['SHOPPER']) })).rejects.toThrow('NOT_FOUND');
    await rig.subgraph.hear(orderExpired, purchase.asker.tenant.id, { aggregate: { id: purchase.wish.orderId, version: 2 }, payload: orderFacts(purchase.wish) });
    expect(await retry(purchase)).toMatchObject({ __typename: 'PaymentNotRetryable', status: 'EXPIRED' });
  });

  it('is none where no cards are taken, unless one is open already', async () => {
    const open = rig.purchase();
    await rig.open(open);
    await rig.mutate(open.operator, 'changePaymentSettings', { offersCards: false });
    expect(await retry(open)).toMatchObject({ __typename: 'Payment', status: 'REQUIRES_ACTION' });
    const refused = rig.purchase();
    await rig.mutate(refused.operator, 'changePaymentSettings', { offersCards: false });
    expect(await retry(refused)).toMatchObject({ __typename: 'PaymentNotRetryable', status: 'FAILED' });
  });
});

describe('money that is promised first', () => {
  const promised = async () => {
    const purchase = rig.purchase();
    await rig.mutate(purchase.operator, 'changePaymentSettings', { captureMode: 'MANUAL' });
    const { paymentId } = await rig.open(purchase);
    await rig.callBack(purchase, rig.pay(purchase, { status: 'requires_capture', amount_received: 0 }));
    return { ...purchase, paymentId };
  };
  const capture = ({ operator, paymentId }: Awaited<ReturnType<typeof promised>>, input: object = {}) =>
    rig.mutate(operator, 'capturePayment', { paymentId, idempotencyKey: `key-${keys += 1}`, ...input }, '... on Payment { status captured { minor } } ... on CaptureTooLarge { capturable { minor } }');

  it('is said, and taken when an operator wants it, no more than there is [PAY-02, PAY-04]', async () => {
    const order = await promised();
    expect(rig.intent(order)['capture_method']).toBe('manual');
    expect(await rig.read(order)).toMatchObject({ status: 'AUTHORIZED', authorized: { minor: 10_000 }, captured: { minor: 0 } });
    expect(await capture(order, { amount: { minor: 10_001, currency: 'EUR' } })).toMatchObject({ __typename: 'CaptureTooLarge', capturable: { minor: 10_000 } });
    expect(await capture(order, { amount: { minor: 7_000, currency: 'EUR' } })).toMatchObject({ status: 'PARTIALLY_CAPTURED', captured: { minor: 7_000 } });
    expect(await capture(order)).toMatchObject({ __typename: 'CaptureTooLarge', capturable: { minor: 0 } });
    expect(await rig.saidNames(order)).toEqual(['payment-opened', 'payment-authorized', 'payment-captured']);
  });

  it('is taken by itself before the promise lapses, without what was cancelled [PAY-02]', async () => {
    const order = await promised();
    const facts = vendorOrderFacts(order.wish, 1);
    await rig.subgraph.hear(vendorOrderCancelled, order.asker.tenant.id, { aggregate: { id: facts.vendorOrderId, version: 2 }, payload: { ...facts, cancelled: [], amountMinor: 4_000, by: 'VENDOR', reason: 'x', shipped: false, wasConfirmed: true } });
    await rig.later(6 * 86_400 + 1);
    expect(await rig.read(order)).toMatchObject({ status: 'CAPTURED', captured: { minor: 6_000 }, refunds: [] });
  });

  it('goes back by itself where it was taken while all of it was cancelled, and once however the order says so too [PAY-04, PAY-13]', async () => {
    const order = await promised();
    rig.stripe.mishaps.push('lost', 'lost');
    await capture(order);
    for (const at of [0, 1]) await cancelPart(order, at, at === 0 ? 6_000 : 4_000);
    await rig.later(1);
    await rig.later(1);
    expect(await rig.read(order)).toMatchObject({ status: 'REFUNDED', captured: { minor: 10_000 }, refunded: { minor: 10_000 }, refunds: [{ status: 'SUCCEEDED' }] });
    await refundDue(order);
    await rig.later(1);
    expect(await rig.read(order)).toMatchObject({ refunded: { minor: 10_000 }, refunds: [{ amount: { minor: 10_000 } }] });
  });

  it('goes back once where the order wants it back before it says what was cancelled [PAY-13]', async () => {
    const order = await promised();
    await capture(order);
    await refundDue(order);
    for (const at of [0, 1]) await cancelPart(order, at, at === 0 ? 6_000 : 4_000);
    await rig.later(1);
    expect(await rig.read(order)).toMatchObject({ status: 'REFUNDED', refunded: { minor: 10_000 }, refunds: [{ amount: { minor: 10_000 } }] });
  });

  it('that we took in part is known as ours, though the rest was cancelled before we heard of it [PAY-04, PAY-13]', async () => {
    const order = await promised();
    await cancelPart(order, 0, 6_000);
    rig.stripe.mishaps.push('lost', 'lost');
    await capture(order);
    await cancelPart(order, 1, 4_000);
    await rig.later(1);
    await rig.later(1);
    expect(await rig.read(order)).toMatchObject({ status: 'REFUNDED', captured: { minor: 4_000 }, refunded: { minor: 4_000 }, attempts: [{ status: 'CAPTURED' }] });
  });

  it('that was taken whole at the provider while we called off a part that we never took is believed too [PAY-04, PAY-13]', async () => {
    const order = await promised();
    rig.stripe.mishaps.push('away');
    await capture(order, { amount: { minor: 4_000, currency: 'EUR' } });
    for (const at of [0, 1]) await cancelPart(order, at, at === 0 ? 6_000 : 4_000);
    await rig.callBack(order, rig.pay(order));
    await rig.later(1);
    expect(await rig.read(order)).toMatchObject({ status: 'REFUNDED', captured: { minor: 10_000 }, refunded: { minor: 10_000 } });
  });

  it('that its provider lets go of is said, and waits for somebody, until nothing is due any more [PAY-02, PAY-12]', async () => {
    const order = await promised();
    const waiting = async () => (await rig.data<{ payments: { nodes: { id: string }[] } }>(order.operator, '{ payments(first: 10, filter: { needsAttention: true }) { nodes { id } } }')).payments.nodes;
    rig.stripe.change(rig.intent(order).id, { status: 'canceled' });
    await rig.later(3_601);
    expect(await rig.read(order)).toMatchObject({ status: 'CANCELLED', authorized: { minor: 0 }, attempts: [{ status: 'CANCELLED', errorCode: 'promise_lapsed' }] });
    expect((await rig.said(order)).at(-1)).toMatchObject({ name: 'payment-failed', payload: { code: 'promise_lapsed', authorizedMinor: 0, capturedMinor: 0 } });
    await rig.callBack(order, rig.intent(order));
    expect((await rig.saidNames(order)).filter((name) => name === 'payment-failed')).toHaveLength(1);
    expect(await waiting()).toEqual([{ id: order.paymentId }]);
    for (const at of [0, 1]) await cancelPart(order, at, at === 0 ? 6_000 : 4_000);
    expect(await waiting()).toEqual([]);
  });

  it('that we let go of ourselves is not said to have lapsed [PAY-02]', async () => {
    const order = await promised();
    await refundDue(order);
    await rig.later(1);
    await rig.later(1);
    expect(rig.intent(order)['status']).toBe('canceled');
    expect(await rig.saidNames(order)).toEqual(['payment-opened', 'payment-authorized']);
  });

  it('is let go where all was cancelled, and never said where the time was over [PAY-02]', async () => {
    const order = await promised();
    for (const at of [0, 1]) {
      const facts = vendorOrderFacts(order.wish, at);
      await rig.subgraph.hear(vendorOrderCancelled, order.asker.tenant.id, { aggregate: { id: facts.vendorOrderId, version: 2 }, payload: { ...facts, cancelled: [], amountMinor: facts.totals.totalMinor, by: 'VENDOR', reason: 'x', shipped: false, wasConfirmed: true } });
    }
    await rig.later(1);
    expect(rig.intent(order)['status']).toBe('canceled');
    expect(await rig.read(order)).toMatchObject({ status: 'CANCELLED', authorized: { minor: 0 } });
  });
});

describe('who sees a payment', () => {
  it('is its buyer by account, secret or link, operators, and vendors their share; nobody else [PAY-11]', async () => {
    const tenant = testTenant();
    const purchase = rig.purchase({ buyer: { userId: null, guestKey: 'guest-key' } }, tenant);
    const { paymentId } = await rig.open(purchase);
    const [share] = purchase.wish.shares;
    const merchant = { tenant, viewer: testViewer(newId('usr'), ['MERCHANT'], { vendors: [{ id: share?.vendorId ?? '', grants: ['orders.manage'] }] }) };
    const see = async (viewer: Purchase['asker']['viewer'], of = tenant) => (await rig.data<{ payment: { amount: { minor: number }; clientSecret: string | null; expiresAt: string | null; attempts: unknown[] } | null }>({ tenant: of, viewer }, `{ payment(id: "${paymentId}") { amount { minor } clientSecret expiresAt attempts { id } } }`)).payment;
    expect(await see({ ...guest, guestKey: 'guest-key' })).toMatchObject({ amount: { minor: 10_000 }, clientSecret: expect.any(String) as string, expiresAt: expect.any(String) as string });
    expect(await see({ ...guest, orderId: purchase.wish.orderId })).toMatchObject({ clientSecret: expect.any(String) as string });
    expect(await see(merchant.viewer)).toEqual({ amount: { minor: 6_000 }, clientSecret: null, expiresAt: null, attempts: [] });
    expect(await see(purchase.operator.viewer)).toMatchObject({ amount: { minor: 10_000 }, clientSecret: null, expiresAt: null });
    const part = `query($r: [_Any!]!) { _entities(representations: $r) { ... on VendorOrder { payment { amount { minor } } } } }`;
    expect(await rig.data(merchant, part, { r: purchase.wish.shares.map(({ vendorOrderId }) => ({ __typename: 'VendorOrder', id: vendorOrderId })) })).toEqual({ _entities: [{ payment: { amount: { minor: 6_000 } } }, null] });
    expect([await see(guest), await see({ ...guest, guestKey: 'x' }), await see(testViewer(newId('usr'), ['SHOPPER'])), await see(testViewer(newId('usr'), ['OPERATOR']), testTenant()), await see(testViewer(newId('usr'), ['MERCHANT'], { vendors: [{ id: newId('ven'), grants: ['*'] }] }))]).toEqual([null, null, null, null, null]);
  });

  it('is, of what a guest paid, whoever proved to own the e-mail address', async () => {
    const purchase = rig.purchase({ buyer: { userId: null, guestKey: 'g' } });
    const { wish, asker } = purchase;
    await rig.subgraph.hear(orderPlaced, asker.tenant.id, { aggregate: { id: wish.orderId, version: 1 }, payload: { ...orderFacts(wish), emailHash: 'hash', savedPaymentMethodId: null, lines: wish.lines } });
    expect(await rig.read(purchase)).toBeNull();
    await rig.subgraph.hear(emailVerified, asker.tenant.id, { aggregate: { id: 'usr_1', version: 2 }, payload: { userId: asker.viewer?.userId ?? '', emailHash: 'hash' } });
    expect(await rig.read(purchase)).toMatchObject({ amount: { minor: 10_000 } });
  });
});
