import { paymentOpen } from '@haat/schema/asks/payments';
import { newId } from '@haat/kit/id';
import { putAsk } from '../../support/put-ask.js';
import { inOwnTenant, is, mutation, onOneself, type Arranged, type Sample, type SubgraphCases, type WallCase } from '../case.js';
import type { World } from '../world.js';

/** A vendor's people see their own shares, and nobody else's. */
export const isApartByVendor = true;

/** What an order comes to, and its currency: the tenant's. */
const [amountMinor, currency] = [5_000, 'BDT'];

interface Opened {
  readonly paymentId: string;
  readonly orderId: string;
  readonly vendorOrderId: string;
}

/** A payment at the door of an order that somebody placed. */
async function opened(world: World, userId: string, vendorId: string = newId('ven')): Promise<Opened> {
  const [orderId, vendorOrderId] = [newId('ord'), newId('vord')];
  const { paymentId } = await putAsk(world.marketplace, 'acme', paymentOpen, {
    orderId, orderNumber: 'ACME-0', choice: 'CASH_ON_DELIVERY', savedPaymentMethodId: null, currency, amountMinor, buyer: { userId, guestKey: null }, shares: [{ vendorOrderId, vendorId, amountMinor }],
    lines: [{ orderLineId: newId('oline'), cartLineId: newId('line'), offerId: newId('ofr'), vendorOrderId, quantity: 1, totalMinor: amountMinor }],
  });
  return { paymentId, orderId, vendorOrderId };
}

/** The same, collected. */
async function collected(world: World, userId: string): Promise<Opened> {
  const payment = await opened(world, userId);
  await world.marketplace.query('update payments.payment set captured_minor = amount_minor where id = $1', [payment.paymentId]);
  await world.marketplace.query(
    `insert into payments.payment_event (tenant_id, id, payment_id, provider, reference, kind, amount_minor, at)
     select tenant_id, $2, id, provider, $2, 'CHARGE_SUCCESS', amount_minor, now() from payments.payment where id = $1`, [payment.paymentId, newId('pev')]);
  await world.marketplace.query('update payments.payment_share set captured_minor = amount_minor where payment_id = $1', [payment.paymentId]);
  return payment;
}

/** A card of somebody's; its numbers are of nobody. */
async function saved(world: World, userId: string): Promise<string> {
  const id = newId('spm');
  await world.marketplace.query(
    `insert into payments.saved_method (tenant_id, id, user_id, provider, customer_reference, reference, brand, last_four, expiry_month, expiry_year)
     select id, $1, $2, 'STRIPE', 'cus_' || $1, 'pm_' || $1, 'visa', '4242', 1, 2040 from tenants.tenant where slug = 'acme'`, [id, userId]);
  return id;
}

/** A mutation that operators may: of somebody's payment. */
function ofOperators(field: string, input: Record<string, unknown>, { member, prepare = opened }: { readonly member: string; readonly prepare?: typeof collected }): WallCase {
  return {
    field: `Mutation.${field}`, document: mutation(field),
    arrange: async (world) => {
      const [owner, { paymentId }] = [await world.operator(), await prepare(world, newId('usr'))];
      return { owner, variables: { input: { paymentId, ...input, idempotencyKey: newId('req') } }, marks: [paymentId] };
    },
    succeeded: is(member),
  };
}

const settings = async (world: World): Promise<Pick<Arranged, 'owner' | 'marks'>> => ({ owner: await world.operator(), marks: [] });

/** How payments keeps strangers out. */
export const cases: SubgraphCases['cases'] = [
  {
    field: 'Query.payment',
    document: 'query($id: ID!) { payment(id: $id) { id amount { minor } clientSecret attempts { id } events { kind } refunds { id } } }',
    arrange: async (world) => {
      const owner = await world.shopper();
      const { paymentId } = await opened(world, owner.userId);
      return { owner, variables: { id: paymentId }, marks: [paymentId] };
    },
    succeeded: (value, { marks }) => value['id'] === marks[0],
  },
  {
    field: 'Query.payment', when: 'as a vendor\'s share',
    document: 'query($id: ID!) { payment(id: $id) { id amount { minor } } }',
    arrange: async (world) => {
      const owner = await world.merchant();
      const { paymentId } = await opened(world, newId('usr'), owner.vendorId);
      return { owner, variables: { id: paymentId }, marks: [paymentId] };
    },
    succeeded: (value, { marks }) => value['id'] === marks[0],
  },
  {
    field: 'Query.payments',
    document: '{ payments(first: 50) { nodes { id amount { minor } } } }',
    arrange: async (world) => {
      const [owner, { paymentId }] = [await world.operator(), await opened(world, newId('usr'))];
      return { owner, variables: {}, marks: [paymentId] };
    },
    succeeded: (value, { marks }) => JSON.stringify(value).includes(marks[0] ?? '-'),
    exceptions: inOwnTenant('Each operator lists the payments of their own marketplace.'),
  },
  {
    field: 'Mutation.retryPayment', document: mutation('retryPayment', '... on PaymentNotRetryable { status }'),
    arrange: async (world) => {
      const owner = await world.shopper();
      const { paymentId } = await opened(world, owner.userId);
      return { owner, variables: { input: { paymentId, idempotencyKey: newId('req') } }, marks: [paymentId] };
    },
    succeeded: is('PaymentNotRetryable'),
  },
  ofOperators('capturePayment', {}, { member: 'CaptureTooLarge' }),
  ofOperators('refundPayment', { amount: { minor: 100, currency }, reason: 'A kindness.' }, { member: 'Refund', prepare: collected }),
  {
    field: 'Mutation.savePaymentMethod', document: mutation('savePaymentMethod', '... on PaymentMethodSetup { setupId }'),
    arrange: async (world) => ({ owner: await world.shopper(), variables: { input: { idempotencyKey: newId('req') } }, marks: [] }),
    succeeded: ({ __typename }) => __typename === 'CardsNotOffered' || __typename === 'PaymentMethodSetup',
    exceptions: onOneself('Everybody who is signed in saves methods of their own.'),
  },
  {
    field: 'Mutation.removePaymentMethod', document: mutation('removePaymentMethod', '... on RemovePaymentMethodSucceeded { savedPaymentMethodId }'),
    arrange: async (world) => {
      const owner = await world.shopper();
      const id = await saved(world, owner.userId);
      return { owner, variables: { input: { savedPaymentMethodId: id } }, marks: [id] };
    },
    succeeded: is('RemovePaymentMethodSucceeded'),
  },
  {
    field: 'Query.paymentSettings', document: '{ paymentSettings { captureMode windowMinutes } }',
    arrange: async (world) => ({ ...(await settings(world)), variables: {} }),
    succeeded: (value) => value['captureMode'] === 'AUTOMATIC',
    exceptions: inOwnTenant('Each operator reads their own marketplace.'),
  },
  {
    field: 'Mutation.changePaymentSettings', document: mutation('changePaymentSettings', '... on PaymentSettings { windowMinutes }'),
    arrange: async (world) => ({ ...(await settings(world)), variables: { input: { windowMinutes: 30 } } }),
    succeeded: is('PaymentSettings'),
    exceptions: inOwnTenant('Each operator changes their own marketplace.'),
  },
];

/** An entity that is there because of a payment. */
function sampleOf(keyOf: (payment: Opened) => string, select: string) {
  return async (world: World): Promise<Sample> => ({ tenant: 'acme', key: { id: keyOf(await opened(world, newId('usr'))) }, select });
}

/** Payments, and what of others hangs on them. */
export const samples: SubgraphCases['samples'] = {
  Payment: sampleOf(({ paymentId }) => paymentId, 'amount { minor }'),
  Order: sampleOf(({ orderId }) => orderId, 'payment { id }'),
  VendorOrder: sampleOf(({ vendorOrderId }) => vendorOrderId, 'payment { id }'),
  Cart: async () => ({ tenant: 'acme', key: { id: newId('cart'), groups: [{ __typename: 'CartGroup', id: newId('grp'), subtotal: { __typename: 'Money', minor: amountMinor, currency } }] }, select: 'paymentMethods { choice }' }),
  User: async (world) => {
    const owner = await world.shopper();
    await saved(world, owner.userId);
    return { tenant: 'acme', key: { id: owner.userId }, owner, select: 'savedPaymentMethods { id }' };
  },
};
