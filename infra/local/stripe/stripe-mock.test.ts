import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { openShop, type Shop } from './testing/shop.js';
import { findStripeMock, objectionOf, startStripeMock } from './testing/stripe-mock.js';

const found = await findStripeMock(process.env);
const title = 'file' in found ? 'accepts every kind of request that payments sends, as the simulator does' : `not run, since ${found.why}`;

it.runIf('file' in found)(`stripe-mock: ${title}`, async () => {
  await using shop = await openShop();
  await sendAll(shop);
  const sent = await shop.simulator.control.requests();
  expect(sent.filter(({ status }) => status !== 200)).toEqual([]);
  await using mock = await startStripeMock('file' in found ? found.file : '');
  const objections = await Promise.all(sent.map((request) => objectionOf(mock, request)));
  expect(objections.filter((said) => said !== '')).toEqual([]);
  expect(new Set(sent.map(({ method, path }) => `${method} ${path.replace(/\/(pi|seti|cus|pm|re|du|evt|ch)_\w+/g, '/:id')}`))).toEqual(new Set(kinds));
  expect(await objectionOf(mock, { method: 'POST', path: '/v1/payment_intents', params: { amount: '900', currency: 'usd', nonsense: '1' }, version: null })).toContain('nonsense');
});

const kinds = [
  'POST /v1/customers', 'GET /v1/customers/:id', 'DELETE /v1/customers/:id', 'GET /v1/customers/:id/payment_methods', 'POST /v1/setup_intents', 'GET /v1/setup_intents/:id', 'POST /v1/setup_intents/:id/confirm', 'POST /v1/setup_intents/:id/cancel',
  'POST /v1/payment_methods/:id/attach', 'POST /v1/payment_methods/:id/detach', 'GET /v1/payment_methods', 'GET /v1/payment_methods/:id', 'POST /v1/payment_intents', 'GET /v1/payment_intents', 'GET /v1/payment_intents/:id', 'POST /v1/payment_intents/:id',
  'POST /v1/payment_intents/:id/confirm', 'POST /v1/payment_intents/:id/capture', 'POST /v1/payment_intents/:id/cancel', 'GET /v1/charges', 'GET /v1/charges/:id', 'POST /v1/refunds', 'GET /v1/refunds', 'GET /v1/refunds/:id',
  'GET /v1/disputes', 'GET /v1/disputes/:id', 'GET /v1/events', 'GET /v1/events/:id',
];

/** One of each kind, with the parameters that the payments subgraph gives them. */
async function sendAll({ stripe }: Shop): Promise<void> {
  const customer = await stripe.customers.create({ metadata: { user: 'usr_1', tenant: 'tnt_1' } }, { idempotencyKey: 'customer:tnt_1:usr_1' });
  await stripe.customers.retrieve(customer.id);
  const method = await saveCards(stripe, customer.id);
  await payAndGiveBack(stripe, customer.id, method);
  await stripe.customers.listPaymentMethods(customer.id, { limit: 10 });
  await stripe.paymentMethods.detach(method, {}, { idempotencyKey: `detach:${method}` });
  await stripe.customers.del(customer.id);
}

async function saveCards(stripe: Stripe, customer: string): Promise<string> {
  const setup = await stripe.setupIntents.create({ customer, allowed_payment_method_types: ['card'], usage: 'on_session', metadata: { user: 'usr_1' } }, { idempotencyKey: 'setup' });
  await stripe.setupIntents.confirm(setup.id, { payment_method: 'pm_card_visa' });
  await stripe.setupIntents.retrieve(setup.id);
  await stripe.setupIntents.cancel((await stripe.setupIntents.create({ customer })).id);
  const { id } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  await stripe.paymentMethods.list({ customer, type: 'card', limit: 100 });
  await stripe.paymentMethods.retrieve(id);
  return id;
}

async function payAndGiveBack(stripe: Stripe, customer: string, method: string): Promise<void> {
  const order = { amount: 66_760, currency: 'bdt', allowed_payment_method_types: ['card' as const], description: 'Order A-1', metadata: { tenant: 'tnt_1', order: 'ord_1', attempt: 'att_1' } };
  const held = await stripe.paymentIntents.create({ ...order, capture_method: 'manual', customer }, { idempotencyKey: 'att_1' });
  await stripe.paymentIntents.update(held.id, { metadata: { note: 'x' } });
  await stripe.paymentIntents.confirm(held.id, { payment_method: method }, { idempotencyKey: 'confirm' });
  await stripe.paymentIntents.capture(held.id, { amount_to_capture: 60_000 }, { idempotencyKey: 'capture' });
  const refund = await stripe.refunds.create({ payment_intent: held.id, amount: 1_000, metadata: { refund: 'rfd_1' } }, { idempotencyKey: 'rfd_1' });
  await stripe.refunds.retrieve(refund.id);
  await stripe.refunds.list({ payment_intent: held.id, limit: 100 });
  const open = await stripe.paymentIntents.create({ ...order, capture_method: 'automatic', automatic_payment_methods: { enabled: true, allow_redirects: 'never' } });
  await stripe.paymentIntents.cancel(open.id, {}, { idempotencyKey: 'cancel' });
  await stripe.paymentIntents.retrieve(open.id);
  await stripe.paymentIntents.list({ customer, limit: 10 });
  const disputed = await stripe.paymentIntents.create({ ...order, confirm: true, payment_method: 'pm_card_createDispute' });
  const [dispute] = (await stripe.disputes.list({ payment_intent: disputed.id })).data;
  await stripe.disputes.retrieve(dispute?.id ?? '');
  const [charge] = (await stripe.charges.list({ payment_intent: disputed.id })).data;
  await stripe.charges.retrieve(charge?.id ?? '');
  const [event] = (await stripe.events.list({ type: 'payment_intent.succeeded', limit: 10 })).data;
  await stripe.events.retrieve(event?.id ?? '');
}
