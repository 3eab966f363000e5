import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { mutate } from '../../support/mutate.js';
import { inOwnTenant, is, mutation, open, type Arranged, type Sample, type SubgraphCases, type WallCase } from '../case.js';
import type { World } from '../world.js';

/** A vendor's people see their own parts, and nobody else's. */
export const isApartByVendor = true;

/** An order of one vendor, with its one line. */
export interface Ordered {
  readonly orderId: string;
  readonly vendorOrderId: string;
  readonly orderLineId: string;
  readonly vendorId: string;
}

/** An order of one vendor, as placeOrder writes one, without the neighbours that placing takes. */
export async function ordered(world: World, userId: string, { status = 'CONFIRMED', vendorId = newId('ven') } = {}): Promise<Ordered> {
  const [orderId, vendorOrderId, orderLineId] = [newId('ord'), newId('vord'), newId('oline')];
  const { query } = world.marketplace;
  const totals = JSON.stringify({ subtotalMinor: 5_000, discountMinor: 0, shippingMinor: 0, taxMinor: 0, totalMinor: 5_000 });
  const address = JSON.stringify({ name: 'Ann', company: null, line1: `Road ${orderId}`, line2: null, city: 'Dhaka', district: null, region: null, postalCode: null, country: 'BD', phone: null });
  await query(
    `insert into orders.placed_order (tenant_id, id, number, cart_id, user_id, locale, currency, totals, shipping_address, payment_choice, coupon_codes, redemptions, trace, placed_at)
     select id, $1, $1, 'cart_' || $1, $2, 'en', 'BDT', $3, $4, 'STRIPE', '{}', '{"redemptions":[],"quotas":[],"budgets":[]}', '[]', now() from tenants.tenant where slug = 'acme'`, [orderId, userId, totals, address]);
  await query(
    `insert into orders.vendor_order (tenant_id, id, number, order_id, vendor_id, vendor_name, status, totals, shipping_taxes, commission, amount_to_collect_minor, placed_at, position)
     select id, $1, $1, $2, $3, 'A vendor', $4, $5, '[]', '{"netMinor":500,"taxMinor":0,"taxRatePpm":0}', 0, now(), 0 from tenants.tenant where slug = 'acme'`, [vendorOrderId, orderId, vendorId, status, totals]);
  await query(
    `insert into orders.order_line (tenant_id, id, vendor_order_id, order_id, cart_line_id, offer_id, product_id, variant_id, title, sku, options, quantity, unit_price_minor, discount_minor, net_minor, tax_minor, total_minor, taxes, discounts, commission_minor, position)
     select id, $1, $2, $3, 'line_' || $1, 'ofr_' || $1, 'prod_1', 'var_1', 'A mug', 'M-1', '[]', 1, 5000, 0, 5000, 0, 5000, '[]', '[]', 500, 0 from tenants.tenant where slug = 'acme'`, [orderLineId, vendorOrderId, orderId]);
  return { orderId, vendorOrderId, orderLineId, vendorId };
}

/** A question of somebody's own order. */
function ofBuyer(field: string, document: string, variablesOf: (order: Ordered) => Record<string, unknown>): WallCase {
  return {
    field, document,
    arrange: async (world) => {
      const owner = await world.shopper();
      const order = await ordered(world, owner.userId);
      return { owner, variables: variablesOf(order), marks: [order.orderId, order.vendorOrderId] };
    },
    succeeded: (value, { marks }) => JSON.stringify(value).includes(marks[0] ?? '-'),
  };
}

/** The same, of an operator about anybody's. */
function ofOperator(field: string, document: string, variablesOf: (order: Ordered) => Record<string, unknown>, { succeeded, status }: { readonly succeeded: WallCase['succeeded']; readonly status?: string }): WallCase {
  return {
    field, document, succeeded,
    arrange: async (world) => {
      const order = await ordered(world, newId('usr'), { status });
      return { owner: await world.operator(), variables: variablesOf(order), marks: [order.orderId, order.vendorOrderId] };
    },
  };
}

const named: WallCase['succeeded'] = (value, { marks }) => marks.some((mark) => JSON.stringify(value).includes(mark));
const ofPart = '... on VendorOrder { id status lines { id } } ... on Problem { message }';
const key = () => ({ idempotencyKey: newId('req') });

function moving(field: string, inputOf: (order: Ordered) => Record<string, unknown>, status?: string): WallCase {
  return ofOperator(`Mutation.${field}`, mutation(field, ofPart), (order) => ({ input: { vendorOrderId: order.vendorOrderId, ...inputOf(order) } }), { succeeded: is('VendorOrder'), status });
}

async function exported(world: World): Promise<Arranged> {
  const owner = await world.operator();
  const { id } = await mutate(world.door, owner, 'startExport', { filter: { number: newId('ord') }, ...key() }, '... on Export { id }');
  // A worker writes it meanwhile: what is watched is one that is written.
  await eventually(async () => (await world.door.ask<{ export: { status: string } }>(owner, 'query($id: ID!) { export(id: $id) { status } }', { id })).data?.export.status === 'READY', 60_000);
  return { owner, variables: { id }, marks: [String(id)] };
}

/** How orders keeps strangers out. */
export const cases: SubgraphCases['cases'] = [
  ofBuyer('Query.order', 'query($id: ID!) { order(id: $id) { id number status totals { total { minor } } lines { id title } vendorOrders { id number status } shippingAddress { line1 } history { kind } invoices { url } } }', ({ orderId }) => ({ id: orderId })),
  { ...ofBuyer('Query.myOrders', '{ myOrders(first: 100) { nodes { id number lines { id } } } }', () => ({})), exceptions: open('Each sees their own orders, or none.') },
  ofOperator('Query.orders', 'query($filter: OrderFilter) { orders(filter: $filter) { nodes { id number shippingAddress { line1 } } } }', ({ orderId }) => ({ filter: { number: orderId } }), { succeeded: named }),
  ofOperator('Query.vendorOrder', 'query($id: ID!) { vendorOrder(id: $id) { id number lines { id title } shippingAddress { line1 } packingSlip { url } } }', ({ vendorOrderId }) => ({ id: vendorOrderId }), { succeeded: named }),
  ofOperator('Query.vendorOrders', 'query($vendorId: ID!) { vendorOrders(vendorId: $vendorId) { nodes { id number lines { id } } } }', ({ vendorId }) => ({ vendorId }), { succeeded: named }),
  { field: 'Query.export', document: 'query($id: ID!) { export(id: $id) { id status url } }', arrange: exported, succeeded: named },
  {
    field: 'Mutation.startExport', document: mutation('startExport', '... on Export { id status } ... on Problem { message }'),
    arrange: async (world) => ({ owner: await world.operator(), variables: { input: { filter: { number: newId('ord') }, ...key() } }, marks: [] }),
    // So many may wait at once; either answer is an operator's alone.
    succeeded: ({ __typename }) => __typename === 'Export' || __typename === 'TooManyExports',
    exceptions: inOwnTenant('Operators export the orders of their own marketplace.'),
  },
  {
    field: 'Mutation.placeOrder', document: mutation('placeOrder', '... on CartNotReady { problems { code } } ... on Problem { message }'),
    arrange: async (world) => {
      const owner = await world.shopper();
      const opened = await mutate(world.door, owner, 'openCart', {}, '... on OpenCartSucceeded { cart { id } }') as unknown as { cart: { id: string } };
      return { owner, variables: { input: { cartId: opened.cart.id, expectedTotal: { minor: 0, currency: 'BDT' }, payWith: 'STRIPE', ...key() } }, marks: [opened.cart.id] };
    },
    succeeded: is('CartNotReady'),
  },
  {
    ...ofBuyer('Mutation.cancelOrder', mutation('cancelOrder', '... on Order { id status } ... on Problem { message }'), ({ orderId }) => ({ input: { orderId, reason: 'Changed my mind.', ...key() } })),
    succeeded: is('Order'),
  },
  {
    ...ofOperator('Subscription.vendorOrderChanged', 'subscription($vendorId: ID!) { vendorOrderChanged(vendorId: $vendorId) { id status } }', ({ vendorId }) => ({ vendorId }), { succeeded: (value) => value['isListening'] === true }),
    exceptions: inOwnTenant('Operators listen to their own marketplace, which has no such vendor.'),
  },
  { ...ofBuyer('Subscription.orderChanged', 'subscription($orderId: ID!) { orderChanged(orderId: $orderId) { id status } }', ({ orderId }) => ({ orderId })), succeeded: (value) => value['isListening'] === true },
  ofOperator('Mutation.setOrderMetadata', mutation('setOrderMetadata', '... on Order { id number metadata { key } } ... on Problem { message }'), ({ orderId }) => ({ input: { orderId, entries: [{ key: 'erp', value: '7', isPrivate: true }] } }), { succeeded: is('Order') }),
  moving('acceptVendorOrder', () => ({})),
  moving('rejectVendorOrder', () => ({ reason: 'Broken.', ...key() })),
  moving('holdVendorOrder', () => ({ reason: 'A strange address.' })),
  moving('releaseVendorOrder', () => ({}), 'ON_HOLD'),
];

/** Entities that others may ask orders for. */
export const samples: SubgraphCases['samples'] = {
  Order: async (world: World): Promise<Sample> => ({ tenant: 'acme', key: { id: (await ordered(world, newId('usr'))).orderId }, select: 'number' }),
  VendorOrder: async (world: World): Promise<Sample> => ({ tenant: 'acme', key: { id: (await ordered(world, newId('usr'))).vendorOrderId }, select: 'number' }),
  OrderLine: async (world: World): Promise<Sample> => ({ tenant: 'acme', key: { id: (await ordered(world, newId('usr'))).orderLineId }, select: 'title' }),
  Cart: async (world: World): Promise<Sample> => {
    const owner = await world.shopper();
    const opened = await mutate(world.door, owner, 'openCart', {}, '... on OpenCartSucceeded { cart { id } }') as unknown as { cart: { id: string } };
    return { tenant: 'acme', key: { id: opened.cart.id }, select: 'problems { code }', owner };
  },
  User: async (world: World): Promise<Sample> => {
    const owner = await world.shopper();
    await ordered(world, owner.userId);
    return { tenant: 'acme', key: { id: owner.userId }, select: 'orders { nodes { id } }' };
  },
  Vendor: async (world: World): Promise<Sample> => ({ tenant: 'acme', key: { id: (await ordered(world, newId('usr'))).vendorId }, select: 'orders { nodes { id } }' }),
};
