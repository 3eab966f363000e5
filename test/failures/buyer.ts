import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { asGuest, orderOf, readyCart, tryPlace, type PlacedOrder, type ReadyCart } from '../support/buy.js';
import type { Asker } from '../support/graph.js';
import { intentOf } from '../support/pay-intent.js';
import { someAddress } from '../support/sign-in.js';
import type { BuyableOffer } from '../support/shop-of-two.js';
import type { Scene } from './flow.js';
import { fromHeader } from './passing.js';

/** A guest with a cart, about to order it. */
export interface Buyer {
  readonly asker: Asker;
  readonly cart: ReadyCart;
  readonly key: string;
}

/** A buyer with an order. */
export interface Ordered extends Buyer {
  readonly order: PlacedOrder;
}

/** What buyers put into their carts. */
export interface Goods {
  readonly offers: readonly BuyableOffer[];
  readonly coupon?: string;
}

/** How long what follows by itself may take after a crash, in milliseconds. */
export const followMs = 120_000;

/** A guest whose cart is ready. */
export async function newBuyer({ shop: { door } }: Scene, { offers, coupon }: Goods): Promise<Buyer> {
  const address = someAddress();
  const guest = await asGuest(door);
  const asker = { ...guest, headers: { ...guest.headers, ...address } };
  const cart = await readyCart(door, asker, offers.map((offer) => ({ offer, quantity: 1 })), { coupon, email: `${newId('req')}@shoppers.example` });
  return { asker, cart, key: newId('req') };
}

/** Asks for the order until it is there. */
export async function placeUntilDone({ shop: { door }, history }: Scene, { asker, cart, key }: Buyer): Promise<PlacedOrder> {
  const marked = { ...asker, headers: { ...asker.headers, [fromHeader]: 'checkout' } };
  const answer = await history.untilDone('placeOrder', key, () => tryPlace(door, marked, cart, { idempotencyKey: key }), ({ __typename }) => __typename === 'Order');
  return answer as unknown as PlacedOrder;
}

/** A guest with an order that can be paid. */
export async function orderedBy(scene: Scene, goods: Goods): Promise<Ordered> {
  const buyer = await newBuyer(scene, goods);
  const { id } = await placeUntilDone(scene, buyer);
  const order = await eventually(async () => {
    const seen = await orderOf(scene.shop.door, buyer.asker, id);
    return seen.payment?.clientSecret ? seen : undefined;
  }, followMs);
  return { ...buyer, order };
}

/** A guest with an order that was paid and is confirmed. */
export async function paidBy(scene: Scene, goods: Goods): Promise<Ordered> {
  const ordered = await orderedBy(scene, goods);
  await scene.shop.stripe.control.pay(intentOf(ordered.order), 'visa');
  await untilConfirmed(scene, ordered);
  return ordered;
}

/** Waits until an order is confirmed and its stock is its own. */
export async function untilConfirmed({ shop: { query } }: Scene, { order }: Ordered): Promise<void> {
  await eventually(async () => {
    const [row] = await query<{ open: string; held: string }>(`select (select count(*) from orders.vendor_order where order_id = $1 and status <> 'CONFIRMED') as open,
      (select count(*) from inventory.reservation where order_id = $1 and state <> 'COMMITTED') as held`, [order.id]);
    return row?.open === '0' && row.held === '0';
  }, followMs);
}
