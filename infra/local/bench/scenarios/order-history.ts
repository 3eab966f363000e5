import { eventually } from '@haat/kit/testing/eventually';
import { checkOut } from '../bench-cart.js';
import { offersWithMany } from '../offers-with-many.js';
import type { Scenario } from '../scenario.js';

const ordersCount = 20;
const text = `query History { myOrders(first: ${ordersCount}) { pageInfo { hasNextPage endCursor } nodes {
  id number status placedAt totals { total { minor currency } } lines { id title quantity } vendorOrders { id number status vendorName } payment { id status } } } }`;

/** What the demonstration's shopper bought, with each order's lines, parts and payment. */
export const scenario: Scenario = {
  name: 'an order history of 20',
  requests: 1_000,
  async prepare(door, { isTrial }) {
    const token = await door.signIn('shopper');
    const [offer] = await offersWithMany(door, 1);
    if (!offer) throw new Error('There is nothing to buy.');
    // Somebody has another cart a moment after the order of the one before.
    const wanted = isTrial ? 2 : ordersCount;
    for (let n = 0; n < wanted; n += 1) await eventually(() => checkOut(door, offer, token).then(() => true));
    return async () => {
      const { myOrders } = await door.ask<{ myOrders: { nodes: { payment: object | null }[] } }>(text, {}, token);
      const { length } = myOrders.nodes.filter(({ payment }) => payment);
      if (length < wanted) throw new Error(`The history has ${length} orders with a payment.`);
    };
  },
};
