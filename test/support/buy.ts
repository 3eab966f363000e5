import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { dataOf, type Asker, type Door } from './graph.js';
import { mutate, type Outcome } from './mutate.js';
import { someAddress } from './sign-in.js';
import type { BuyableOffer } from './shop-of-two.js';

/** A cart that can be ordered. */
export interface ReadyCart {
  readonly cartId: string;
  readonly total: { readonly minor: number; readonly currency: string };
}

/** An order that was placed. */
export interface PlacedOrder {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly totals: { readonly total: { readonly minor: number; readonly currency: string } };
  readonly vendorOrders: readonly { readonly id: string; readonly number: string; readonly vendor: { readonly id: string }; readonly status: string }[];
  readonly payment: { readonly id: string; readonly status: string; readonly clientSecret: string | null } | null;
}

/** What is read of an order that was placed. */
export const orderFields = 'id number status totals { total { minor currency } } vendorOrders { id number status vendor { id } } payment { id status clientSecret }';

/** Where the goods of these tests go: inside Dhaka. */
export const dhaka = { name: 'Rahima Khatun', line1: 'House 5, Road 12', city: 'Dhaka', district: 'Dhanmondi', postalCode: '1209', country: 'BD', phone: '+8801712345678' };

interface CartRead {
  readonly groups: readonly { readonly vendorId: string; readonly shippingOptions: readonly { readonly method: { readonly id: string; readonly allowsCashOnDelivery: boolean } }[] | null }[];
  readonly totals: { readonly total: { readonly minor: number; readonly currency: string } } | null;
}

/** Somebody without an account opens a cart; answers who they are from now on. */
export async function asGuest(door: Door, tenant = 'acme'): Promise<Asker & { readonly cartId: string }> {
  const from = someAddress();
  const opened = await mutate(door, { tenant, headers: from }, 'openCart', {}, '... on OpenCartSucceeded { cart { id } secret }') as unknown as { cart: { id: string }; secret: string };
  return { tenant, headers: { ...from, 'x-haat-cart': opened.secret }, cartId: opened.cart.id };
}

/** Fills a cart and completes it: contact, address, a way to send each vendor's goods. */
export async function readyCart(door: Door, asker: Asker & { readonly cartId?: string }, lines: readonly { readonly offer: BuyableOffer; readonly quantity: number }[], more: { readonly coupon?: string; readonly email?: string } = {}): Promise<ReadyCart> {
  const cartId = asker.cartId ?? (await mutate(door, asker, 'openCart', {}, '... on OpenCartSucceeded { cart { id } }') as unknown as { cart: { id: string } }).cart.id;
  const change = async (field: string, input: Record<string, unknown>): Promise<void> => {
    const outcome = await mutate(door, asker, field, { cartId, ...input }, '... on Problem { message }');
    if (outcome.__typename !== 'Cart') throw new Error(`${field} came to ${JSON.stringify(outcome)}`);
  };
  // An offer is bought a moment after it is made: carts hear of it.
  await eventually(() => change('addCartLines', { lines: lines.map(({ offer: { offerId }, quantity }) => ({ offerId, quantity })) }).then(() => true, () => undefined));
  await change('setCartContact', { email: more.email ?? 'rahima@shoppers.example', phone: '+8801712345678', name: 'Rahima Khatun' });
  await change('setCartAddress', { shipping: dhaka });
  if (more.coupon) await change('applyCoupon', { code: more.coupon });
  for (const { vendorId, shippingOptions } of (await cartOf(door, asker, cartId)).groups) {
    const option = shippingOptions?.find(({ method }) => method.allowsCashOnDelivery) ?? shippingOptions?.[0];
    if (!option) throw new Error(`Nobody sends the goods of ${vendorId}.`);
    await change('chooseShipping', { vendorId, shippingMethodId: option.method.id });
  }
  const { totals } = await cartOf(door, asker, cartId);
  if (!totals) throw new Error('The cart has no totals.');
  return { cartId, total: totals.total };
}

async function cartOf(door: Door, asker: Asker, id: string): Promise<CartRead> {
  const query = 'query CartToOrder($id: ID!) { cart(id: $id) { groups { vendorId shippingOptions { method { id allowsCashOnDelivery } } } totals { total { minor currency } } } }';
  return dataOf(await door.ask<{ cart: CartRead }>(asker, query, { id })).cart;
}

/** Places the order of a cart, whatever comes of it. */
export function tryPlace(door: Door, asker: Asker, { cartId, total }: ReadyCart, input: Record<string, unknown> = {}): Promise<Outcome> {
  const wish = { cartId, expectedTotal: total, payWith: 'STRIPE', idempotencyKey: newId('req'), ...input };
  return mutate(door, asker, 'placeOrder', wish, `... on Order { ${orderFields} } ... on Problem { message } ... on CartNotReady { problems { code message } } ... on OutOfStock { lines { requested available } } ... on PriceChanged { actual { minor } }`);
}

/** The same where anything but an order would be a surprise. */
export async function place(door: Door, asker: Asker, cart: ReadyCart, input: Record<string, unknown> = {}): Promise<PlacedOrder> {
  const outcome = await tryPlace(door, asker, cart, input);
  if (outcome.__typename !== 'Order') throw new Error(`placeOrder came to ${JSON.stringify(outcome)}`);
  return outcome as unknown as PlacedOrder;
}

/** An order as its buyer sees it now. */
export async function orderOf(door: Door, asker: Asker, id: string): Promise<PlacedOrder> {
  return dataOf(await door.ask<{ order: PlacedOrder }>(asker, `query OrderNow($id: ID!) { order(id: $id) { ${orderFields} } }`, { id })).order;
}

/** Waits until an order is in a state. */
export function orderIn(door: Door, asker: Asker, id: string, status: string, ms?: number): Promise<PlacedOrder> {
  return eventually(async () => {
    const order = await orderOf(door, asker, id);
    return order.status === status ? order : undefined;
  }, ms);
}
