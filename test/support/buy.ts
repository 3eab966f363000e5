import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import type { DataOf } from '@haat/schema/clients/typed-operation';
import { AddCartLines, ApplyCoupon, CartPage, Checkout, ChooseShipping, OpenCart, OrderStatus, PlaceOrder, SetCartAddress, SetCartContact, type PlacedPartsFragment, type PlaceOrderInput } from '@haat/storefront-client/generated/operations';
import { act, obtain } from './act.js';
import type { Asker, Door } from './graph.js';
import type { Outcome } from './mutate.js';
import { runOperation } from './run-operation.js';
import { someAddress } from './sign-in.js';
import type { BuyableOffer } from './shop-of-two.js';

/** A cart that can be ordered. */
export interface ReadyCart {
  readonly cartId: string;
  readonly total: { readonly minor: number; readonly currency: string };
}

/** An order that was placed, as its buyer's page follows it. */
export type PlacedOrder = PlacedPartsFragment;

/** What placing an order comes to. Fields of a member can be read by name before it is known which one it is. */
export type PlaceOutcome = DataOf<typeof PlaceOrder>['placeOrder'] & Outcome;

/** Where the goods of these tests go: inside Dhaka. */
export const dhaka = { name: 'Rahima Khatun', line1: 'House 5, Road 12', city: 'Dhaka', district: 'Dhanmondi', postalCode: '1209', country: 'BD', phone: '+8801712345678' };

/** Somebody without an account opens a cart; answers who they are from now on. */
export async function asGuest(door: Door, tenant = 'acme'): Promise<Asker & { readonly cartId: string }> {
  const from = someAddress();
  const { cart, secret } = await obtain(door, { tenant, headers: from }, OpenCart, {}, 'OpenCartSucceeded');
  return { tenant, headers: { ...from, 'x-haat-cart': secret ?? '' }, cartId: cart.id };
}

/** Fills a cart and completes it: contact, address, a way to send each vendor's goods. */
export async function readyCart(door: Door, asker: Asker & { readonly cartId?: string }, lines: readonly { readonly offer: BuyableOffer; readonly quantity: number }[], more: { readonly coupon?: string; readonly email?: string } = {}): Promise<ReadyCart> {
  const cartId = asker.cartId ?? (await obtain(door, asker, OpenCart, {}, 'OpenCartSucceeded')).cart.id;
  // An offer is bought a moment after it is made: carts hear of it.
  await eventually(() => obtain(door, asker, AddCartLines, { cartId, lines: lines.map(({ offer: { offerId }, quantity }) => ({ offerId, quantity })) }, 'Cart'));
  await obtain(door, asker, SetCartContact, { cartId, email: more.email ?? 'rahima@shoppers.example', phone: '+8801712345678', name: 'Rahima Khatun' }, 'Cart');
  await obtain(door, asker, SetCartAddress, { cartId, shipping: dhaka }, 'Cart');
  if (more.coupon) await obtain(door, asker, ApplyCoupon, { cartId, code: more.coupon }, 'Cart');
  for (const { vendorId, shippingOptions } of (await checkoutOf(door, asker, cartId)).groups) {
    const option = shippingOptions?.find(({ method }) => method.allowsCashOnDelivery) ?? shippingOptions?.[0];
    if (!option) throw new Error(`Nobody sends the goods of ${vendorId}.`);
    await obtain(door, asker, ChooseShipping, { cartId, vendorId, shippingMethodId: option.method.id }, 'Cart');
  }
  const totals = (await runOperation(door, asker, CartPage, { id: cartId })).cart?.totals;
  if (!totals) throw new Error('The cart has no totals.');
  const { minor, currency } = totals.total;
  return { cartId, total: { minor, currency } };
}

/** A cart at the checkout. */
export type CartAtCheckout = NonNullable<DataOf<typeof Checkout>['cart']>;

/** What its buyer sees of a cart at the checkout. */
export async function checkoutOf(door: Door, asker: Asker, id: string): Promise<CartAtCheckout> {
  const { cart } = await runOperation(door, asker, Checkout, { id });
  if (!cart) throw new Error(`There is no cart ${id}.`);
  return cart;
}

/** Places the order of a cart, whatever comes of it. */
export function tryPlace(door: Door, asker: Asker, { cartId, total }: ReadyCart, input: Partial<PlaceOrderInput> = {}): Promise<PlaceOutcome> {
  return act(door, asker, PlaceOrder, { cartId, expectedTotal: total, payWith: 'STRIPE', idempotencyKey: newId('req'), ...input });
}

/** The same where anything but an order would be a surprise. */
export async function place(door: Door, asker: Asker, cart: ReadyCart, input: Partial<PlaceOrderInput> = {}): Promise<PlacedOrder> {
  const outcome = await tryPlace(door, asker, cart, input);
  if (outcome.__typename !== 'Order') throw new Error(`placeOrder came to ${JSON.stringify(outcome)}`);
  return outcome;
}

/** An order as its buyer sees it now. */
export async function orderOf(door: Door, asker: Asker, id: string): Promise<PlacedOrder> {
  const { order } = await runOperation(door, asker, OrderStatus, { id });
  if (!order) throw new Error(`There is no order ${id}.`);
  return order;
}

/** Waits until an order is in a state. */
export function orderIn(door: Door, asker: Asker, id: string, status: PlacedOrder['status'], ms?: number): Promise<PlacedOrder> {
  return eventually(async () => {
    const order = await orderOf(door, asker, id);
    return order.status === status ? order : undefined;
  }, ms);
}
