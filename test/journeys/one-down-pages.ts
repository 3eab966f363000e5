import type { Asker, Door } from '../support/graph.js';
import { mutate } from '../support/mutate.js';

/** A page of an operator that asks one subgraph for a part of it, and others for the rest. */
export interface OneDownPage {
  readonly query: string;
  /** What is null while that subgraph is down, and nothing else: paths with dots between, and `*` for each entry of a list. */
  readonly lost: readonly string[];
  /** Makes what the page shows, where the seed has none. */
  readonly prepare?: (door: Door, operator: Asker) => Promise<unknown>;
}

/** One page for each subgraph; a new subgraph adds a line. Its page has a part that others answer, and loses at most ten places. */
export const oneDownPages: Readonly<Record<string, OneDownPage>> = {
  tenants: { query: '{ tenant { name plan { key } } products(first: 2) { nodes { title } } viewer { kind } }', lost: ['tenant'] },
  identity: { query: '{ viewer { user { email } } tenant { name } products(first: 2) { nodes { title } } }', lost: ['viewer'] },
  catalog: { query: '{ products(first: 2) { nodes { title } } tenant { name } viewer { kind } }', lost: ['products'] },
  notifications: { query: '{ deliveries(first: 1) { nodes { id } } tenant { name } viewer { kind } }', lost: ['deliveries'] },
  vendors: { query: '{ vendors(first: 2) { nodes { name } } tenant { name } viewer { kind } }', lost: ['vendors'] },
  pricing: {
    query: '{ taxSettings { pricesIncludeTax } myCart { id totals { withoutPrice } } tenant { name } viewer { kind } }', lost: ['taxSettings', 'myCart.totals'],
    prepare: (door, operator) => mutate(door, operator, 'openCart', {}),
  },
  inventory: { query: '{ warehouses(vendorId: "ven_none", first: 2) { nodes { name } } tenant { name } viewer { kind } }', lost: ['warehouses'] },
  shipping: { query: '{ shippingZones(first: 2) { nodes { name } } tenant { name } viewer { kind } }', lost: ['shippingZones'] },
  search: { query: '{ search(first: 2) { totalCount edges { cursor } } tenant { name } viewer { kind } }', lost: ['search'] },
  partners: { query: '{ partnerApps(first: 2) { nodes { name } } tenant { name } viewer { kind } }', lost: ['partnerApps'] },
  orders: {
    query: '{ myOrders(first: 2) { nodes { number } } myCart { id problems { code } } tenant { name } viewer { kind } }', lost: ['myOrders', 'myCart.problems'],
    prepare: (door, operator) => mutate(door, operator, 'openCart', {}),
  },
  payments: {
    query: '{ paymentSettings { windowMinutes } myCart { id paymentMethods { choice } } tenant { name } viewer { kind } }', lost: ['paymentSettings', 'myCart.paymentMethods'],
    prepare: (door, operator) => mutate(door, operator, 'openCart', {}),
  },
  carts: {
    query: '{ myCart { id lines { id } } tenant { name } viewer { kind } }', lost: ['myCart'],
    prepare: (door, operator) => mutate(door, operator, 'openCart', {}),
  },
};
