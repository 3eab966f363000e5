import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import { signWebhook } from '@haat/local/stripe/webhooks/sign-webhook';
import { ChangePaymentSettings, RefundPayment } from '@haat/operator-client/generated/operations';
import { CancelOrder } from '@haat/storefront-client/generated/operations';
import { obtain } from '../support/act.js';
import { asGuest, checkoutOf, orderIn, place, readyCart, type PlacedOrder } from '../support/buy.js';
import { dataOf, type Asker } from '../support/graph.js';
import { paidIs, paidOf, type Paid } from '../support/paid-of.js';
import { intentOf, payIntent } from '../support/pay-intent.js';
import { sendPart, track } from '../support/send-part.js';
import { signIn } from '../support/sign-in.js';
import { shopOfTwo, type ShopOfTwo } from '../support/shop-of-two.js';
import { sellersToo, startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

/** How long news may take on a busy machine, in milliseconds. */
const heardWithinMs = 20_000;

describe('whoever takes the money', () => {
  let marketplace: TestMarketplace;
  let shop: ShopOfTwo;
  beforeAll(async () => {
    marketplace = await startTestMarketplace({}, { seeds: sellersToo });
    shop = await shopOfTwo(marketplace, { pieces: 20 });
  }, 120_000);
  afterAll(() => marketplace?.close());

  const control = () => {
    if (!marketplace.stripe) throw new Error('Nobody stands in for Stripe.');
    return marketplace.stripe.control;
  };
  async function ordered(payWith: 'STRIPE' | 'CASH_ON_DELIVERY'): Promise<{ buyer: Asker; order: PlacedOrder }> {
    const buyer = await asGuest(marketplace.door);
    const [offer] = shop.offers;
    const cart = await readyCart(marketplace.door, buyer, offer ? [{ offer, quantity: 1 }] : []);
    const { paymentMethods } = await checkoutOf(marketplace.door, buyer, cart.cartId);
    expect(paymentMethods?.map(({ choice, available }) => [choice, available])).toEqual([['STRIPE', true], ['CASH_ON_DELIVERY', true]]);
    return { buyer, order: await place(marketplace.door, buyer, cart, { payWith }) };
  }
  const paid = async (buyer: Asker, { id, totals }: PlacedOrder) => {
    await orderIn(marketplace.door, buyer, id, 'CONFIRMED', heardWithinMs);
    return paidIs(marketplace.door, buyer, id, ({ captured }) => captured.minor === totals.total.minor);
  };
  const back = (paymentId: string, minor: number, more: object = {}) => obtain(marketplace.door, shop.operator, RefundPayment, { paymentId, ...(minor > 0 && { amount: { minor, currency: 'BDT' } }), reason: 'Broken.', idempotencyKey: newId('req'), ...more }, 'Refund');
  /** The account of a tenant at Stripe. */
  const accountOf = async (tenant: string) => {
    const account = (await control().accounts()).find(({ name }) => name === tenant);
    if (!account) throw new Error(`${tenant} has no account.`);
    return account;
  };
  /** What somebody does at Stripe's own pages, as the account of acme. */
  async function atStripe<T>(path: string, form?: Record<string, string>): Promise<T> {
    const { secretKey } = await accountOf('acme');
    const response = await fetch(`${marketplace.stripe?.url}/v1/${path}`, { headers: { authorization: `Bearer ${secretKey}` }, ...(form && { method: 'POST', body: new URLSearchParams(form) }) });
    if (!response.ok) throw new Error(await response.text());
    return await response.json() as T;
  }
  const atStripeOf = async (order: PlacedOrder) => (await atStripe<{ data: { id: string; status: string }[] }>(`refunds?payment_intent=${intentOf(order)}`)).data;
  /** The operator's view of a payment, and what they let go on. */
  const capture = async (paymentId: string, minor?: number) => dataOf(await marketplace.door.ask<{ capturePayment: { __typename: string } }>(shop.operator, 'mutation($input: CapturePaymentInput!) { capturePayment(input: $input) { __typename ... on Payment { status heldReason captured { minor } } ... on CaptureTooLarge { capturable { minor } } } }',
    { input: { paymentId, idempotencyKey: newId('req'), ...(minor && { amount: { minor, currency: 'BDT' } }) } })).capturePayment;

  it('buyers, orders and operators deal with one kind of payment: opened, taken, partly and wholly paid back by the same operations [PAY-20]', async () => {
    const [byCard, inCash] = [await ordered('STRIPE'), await ordered('CASH_ON_DELIVERY')];
    await payIntent(marketplace, byCard.order, 'visa');
    await orderIn(marketplace.door, inCash.buyer, inCash.order.id, 'CONFIRMED', heardWithinMs);
    const merchant = await signIn(marketplace.door, 'acme', 'merchant@acme.example');
    await track(marketplace.door, merchant, await sendPart(marketplace.door, merchant, inCash.order.vendorOrders[0]?.id ?? ''), ['PICKED_UP', 'OUT_FOR_DELIVERY', 'DELIVERED']);
    await orderIn(marketplace.door, inCash.buyer, inCash.order.id, 'DELIVERED', heardWithinMs);
    const told: Paid[] = [await paid(byCard.buyer, byCard.order), await paidIs(marketplace.door, inCash.buyer, inCash.order.id, ({ status }) => status === 'CAPTURED', heardWithinMs)];
    expect(told.map(({ provider, status, events }) => [provider, status, events.map(({ kind }) => kind)])).toEqual([['STRIPE', 'CAPTURED', ['OPENED', 'CHARGE_SUCCESS']], ['CASH_ON_DELIVERY', 'CAPTURED', ['OPENED', 'CHARGE_SUCCESS']]]);
    for (const [at, { buyer, order }] of [byCard, inCash].entries()) {
      const { id = '', amount } = told[at] ?? {};
      await back(id, 1_000);
      expect(await paidOf(marketplace.door, buyer, order.id)).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunded: { minor: 1_000 } });
      await back(id, (amount?.minor ?? 0) - 1_000);
      expect(await paidOf(marketplace.door, buyer, order.id)).toMatchObject({ status: 'REFUNDED', refunded: amount, refunds: [{ status: 'SUCCEEDED' }, { status: 'SUCCEEDED' }] });
    }
  });

  it('is taken in or left out by the marketplace, and each one has its own account: nobody asks at another\'s [PAY-20]', async () => {
    await control().clearRequests();
    const { buyer, order } = await ordered('STRIPE');
    await obtain(marketplace.door, shop.operator, ChangePaymentSettings, { offersCards: false }, 'PaymentSettings');
    // What is open already goes on, whatever is offered from now on.
    await payIntent(marketplace, order, 'visa');
    await paid(buyer, order);
    await obtain(marketplace.door, shop.operator, ChangePaymentSettings, { offersCards: true }, 'PaymentSettings');
    expect([...new Set((await control().requests()).map(({ account }) => account))]).toEqual(['acme']);
    expect((await accountOf('acme')).publishableKey).toBe(order.payment?.publishableKey);
    expect((await accountOf('nordic')).publishableKey).not.toBe(order.payment?.publishableKey);
  });

  it('is believed by its signature alone: not unsigned, altered, old, another account\'s or another marketplace\'s; and once [PAY-10, SEC-05]', async () => {
    const { buyer, order } = await ordered('STRIPE');
    const intent = await atStripe<{ amount: number }>(`payment_intents/${intentOf(order)}`);
    const now = Math.floor(Date.now() / 1_000);
    const body = JSON.stringify({ id: `evt_${order.id}`, object: 'event', type: 'payment_intent.succeeded', created: now, data: { object: { ...intent, status: 'succeeded', amount_received: intent.amount } } });
    const [{ webhookSecrets: ours }, { webhookSecrets: others }] = [await accountOf('acme'), await accountOf('nordic')];
    const send = async (text: string, signature: string | null, tenant = 'acme', more: Record<string, string> = {}) =>
      (await marketplace.door.fetch(`/hooks/payments/stripe/${tenant}`, { method: 'POST', headers: { host: 'acme.localhost', 'content-type': 'application/json', ...(signature && { 'stripe-signature': signature }), ...more }, body: text })).status;
    const good = signWebhook(body, ours, now);
    const refused = [
      await send(body, null), await send(body, ''), await send(body, 't=1,v1=00'), await send(body, signWebhook(body, others, now)), await send(body, signWebhook(body, [''], now)),
      await send(body, signWebhook(body, ours, now - 360)), await send(body, signWebhook(body, ours, now + 360)), await send(JSON.stringify(JSON.parse(body), null, 1), good), await send(`${body} `, good), await send(body, good, 'nordic'),
      await send(body, `t=${now},v0=${createHmac('sha256', ours[0] ?? '').update(`${now}.${body}`).digest('hex')}`),
    ];
    expect(refused).toEqual(refused.map(() => 401));
    expect(await send(`${body}${' '.repeat(600_000)}`, good)).toBe(413);
    expect([404, 401]).toContain(await send(body, good, 'nobody'));
    expect((await paidOf(marketplace.door, buyer, order.id)).captured.minor).toBe(0);
    // Signed by its own secret and told to the other marketplace: that one knows no such payment.
    expect(await send(body, signWebhook(body, others, now), 'nordic')).toBe(200);
    expect((await paidOf(marketplace.door, buyer, order.id)).captured.minor).toBe(0);
    expect(await Promise.all([send(body, good), send(body, good), send(body, good)])).toEqual([200, 200, 200]);
    const { events } = await paid(buyer, order);
    expect(events.filter(({ kind }) => kind === 'CHARGE_SUCCESS')).toHaveLength(1);
  });

  it('may be told to pay back by hand what could not go back: it is paid once, and waits for nobody [PAY-12, PAY-13]', async () => {
    const { buyer, order } = await ordered('STRIPE');
    await payIntent(marketplace, order, 'visa');
    const { id } = await paid(buyer, order);
    const { id: refundId } = await back(id, 5_000);
    const [made] = await atStripeOf(order);
    await control().endRefund(made?.id ?? '', 'failed');
    await paidIs(marketplace.door, buyer, order.id, ({ refunds }) => refunds[0]?.status === 'FAILED');
    await atStripe('refunds', { payment_intent: intentOf(order), amount: '5000' });
    const { refunds: [, second] } = await paidIs(marketplace.door, buyer, order.id, ({ refunded }) => refunded.minor === 5_000);
    expect(await back(id, 0, { refundId })).toMatchObject({ id: second?.id, status: 'SUCCEEDED' });
    expect((await atStripeOf(order)).filter(({ status }) => status === 'succeeded')).toHaveLength(1);
  });

  it('may take what was not asked for: it is held until an operator names it, and goes back with the order [PAY-11, PAY-12]', async () => {
    const { buyer, order } = await ordered('STRIPE');
    const minor = order.totals.total.minor - 100;
    await control().change(intentOf(order), { amount: minor });
    await payIntent(marketplace, order, 'visa');
    const { id } = await paidIs(marketplace.door, buyer, order.id, ({ status }) => status === 'PROCESSING');
    expect(await capture(id)).toMatchObject({ __typename: 'CaptureTooLarge', capturable: { minor } });
    expect(await capture(id, minor)).toMatchObject({ __typename: 'Payment', heldReason: null, captured: { minor } });
    await obtain(marketplace.door, buyer, CancelOrder, { orderId: order.id, reason: 'Changed my mind.', idempotencyKey: newId('req') }, 'Order');
    expect(await paidIs(marketplace.door, buyer, order.id, ({ status }) => status === 'REFUNDED')).toMatchObject({ captured: { minor }, refunded: { minor } });
  });
});
