import type { Market } from '../market/market.js';
import { carts, checkouts, orders, partFacts, reservations, type Step } from '../market/rows.js';

/** From where a vendor's part may come, written down anew from the description of the business. */
const partWays: Readonly<Record<string, readonly string[]>> = {
  CONFIRMED: ['PENDING_PAYMENT', 'EXPIRED', 'ON_HOLD'], ON_HOLD: ['CONFIRMED'], PROCESSING: ['CONFIRMED', 'PARTIALLY_SHIPPED'], PARTIALLY_SHIPPED: ['PROCESSING'], SHIPPED: ['PROCESSING', 'PARTIALLY_SHIPPED'],
  PARTIALLY_DELIVERED: ['PARTIALLY_SHIPPED', 'SHIPPED'], DELIVERED: ['PARTIALLY_SHIPPED', 'SHIPPED', 'PARTIALLY_DELIVERED'], COMPLETED: ['DELIVERED'],
  CANCELLED: ['PENDING_PAYMENT', 'CONFIRMED', 'PROCESSING', 'ON_HOLD', 'SHIPPED', 'PARTIALLY_SHIPPED'], EXPIRED: ['PENDING_PAYMENT'],
};

/** Which way a parcel goes: never backwards, and not on from its end. */
const parcelWays: Readonly<Record<string, readonly string[]>> = { BOOKED: ['PICKED_UP', 'IN_TRANSIT', 'DELIVERED', 'RETURNED', 'CANCELLED'], PICKED_UP: ['IN_TRANSIT', 'DELIVERED', 'RETURNED'], IN_TRANSIT: ['DELIVERED', 'RETURNED'], DELIVERED: [], RETURNED: [], CANCELLED: [] };

/** S15: only declared ways, without gaps, in all that has states. */
export function checkStates(market: Market): string[] {
  const { processes: { orders: seller, shipping } } = market;
  return [
    ...seller.store.all(orders).flatMap(({ parts, steps }) => parts.flatMap(({ id, status }) => way(id, status, steps.filter(({ part }) => part === id)))),
    ...shipping.store.all(partFacts).flatMap(({ parcels }) => parcels.flatMap(({ id, ways }) => ways.slice(1).flatMap((to, at) => (parcelWays[ways[at] ?? '']?.includes(to) ? [] : [`S15 parcel ${id} went from ${ways[at]} to ${to}`])))),
    ...checkoutEnds(market),
  ];
}

function way(id: string, status: string, steps: readonly Step[]): string[] {
  let at = 'PENDING_PAYMENT';
  const wrong = steps.flatMap(({ before, after }) => {
    const gap = before === at ? [] : [`S15 ${id} was ${at} and went on from ${before}`];
    at = after;
    return [...gap, ...(partWays[after]?.includes(before) ? [] : [`S15 ${id} went from ${before} to ${after}`])];
  });
  return at === status ? wrong : [...wrong, `S15 ${id} is ${status} and went to ${at}`];
}

/** A checkout comes to an end; an order that stands has its cart, and a confirmed one its stock. */
function checkoutEnds({ processes: { orders: seller, carts: keeper, inventory } }: Market): string[] {
  const rows = seller.store.all(checkouts);
  return [
    ...rows.filter(({ state }) => state === 'OPEN' || state === 'UNDOING').map(({ id, state }) => `S15 ${id} is ${state} at rest`),
    ...seller.store.all(orders).flatMap(({ id, cartId, parts }) => {
      const isDead = parts.every(({ status }) => status === 'CANCELLED' || status === 'EXPIRED');
      const checkout = rows.find(({ orderId }) => orderId === id);
      const cart = keeper.store.row(carts, cartId);
      const hold = inventory.store.row(reservations, id)?.state;
      const isWaiting = parts.some(({ status }) => status === 'PENDING_PAYMENT');
      return [
        ...(checkout && (checkout.state === 'PLACED' || checkout.outcome === 'DIED') ? [] : [`S15 ${id} stands, and its checkout is ${checkout?.state ?? 'not there'}`]),
        ...(isDead || (cart?.state === 'ORDERED' && cart.orderId === id) ? [] : [`S15 ${id} stands, and its cart is ${cart?.state} of ${cart?.orderId}`]),
        ...(isDead || isWaiting || hold === 'COMMITTED' ? [] : [`S15 ${id} stands, and its stock is ${hold}`]),
      ];
    }),
  ];
}
