import { randomUUID } from 'node:crypto';
import type { BenchDoor } from './bench-door.js';
import type { PlentifulOffer } from './offers-with-many.js';

/** A cart, and who has it: somebody signed in, or a guest by its secret. */
export interface BenchCart {
  readonly id: string;
  readonly token?: string;
  readonly secret?: string;
}

const openText = 'mutation Open { openCart(input: {}) { __typename ... on OpenCartSucceeded { cart { id } secret } } }';
const addText = 'mutation Add($input: AddCartLinesInput!) { addCartLines(input: $input) { __typename ... on Cart { id version lines { id offerId quantity } } } }';
const contactText = 'mutation Contact($input: SetCartContactInput!) { setCartContact(input: $input) { __typename ... on Cart { id version } } }';
const addressText = `mutation Address($input: SetCartAddressInput!) { setCartAddress(input: $input) { __typename ... on Cart { id
  groups { vendorId shippingOptions { price { minor currency } method { id name allowsCashOnDelivery } } } } } }`;
const shippingText = 'mutation Shipping($input: ChooseShippingInput!) { chooseShipping(input: $input) { __typename ... on Cart { id totals { total { minor currency } } } } }';
const placeText = `mutation Place($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename ... on Problem { message } ... on Order {
  id number status totals { total { minor currency } } vendorOrders { id number status } payment { id status } } } }`;

const address = { name: 'Rahima Khatun', line1: 'House 5, Road 12', city: 'Dhaka', district: 'Dhanmondi', postalCode: '1209', country: 'BD', phone: '+8801712345678' };
const contact = { email: 'rahima@shoppers.example', phone: '+8801712345678', name: 'Rahima Khatun' };

type Said = { readonly __typename: string };
interface Grouped extends Said { readonly groups: readonly { readonly vendorId: string; readonly shippingOptions: readonly { readonly method: { readonly id: string; readonly allowsCashOnDelivery: boolean } }[] | null }[] }
interface Totalled extends Said { readonly totals: { readonly total: { readonly minor: number; readonly currency: string } } | null }

/** Opens one: the person's own where somebody is signed in, a guest's otherwise. */
export async function openCart(door: BenchDoor, token?: string): Promise<BenchCart> {
  const opened = await door.ask<{ openCart: Said & { cart: { id: string }; secret: string | null } }>(openText, {}, token);
  return { id: succeeded(opened.openCart, 'OpenCartSucceeded').cart.id, token, secret: opened.openCart.secret ?? undefined };
}

/** Puts one piece into it. */
export async function addToCart(door: BenchDoor, cart: BenchCart, { id: offerId }: PlentifulOffer): Promise<void> {
  const { addCartLines } = await change<{ addCartLines: Said }>(door, cart, addText, { lines: [{ offerId, quantity: 1 }] });
  succeeded(addCartLines, 'Cart');
}

/** Buys one piece, to be paid in cash: six requests from opening a cart to the order. */
export async function checkOut(door: BenchDoor, offer: PlentifulOffer, token?: string): Promise<void> {
  const cart = await openCart(door, token);
  await addToCart(door, cart, offer);
  succeeded((await change<{ setCartContact: Said }>(door, cart, contactText, contact)).setCartContact, 'Cart');
  const { setCartAddress } = await change<{ setCartAddress: Grouped }>(door, cart, addressText, { shipping: address });
  const { chooseShipping } = await change<{ chooseShipping: Totalled }>(door, cart, shippingText, wayOf(succeeded(setCartAddress, 'Cart')));
  const wish = { expectedTotal: succeeded(chooseShipping, 'Cart').totals?.total, payWith: 'CASH_ON_DELIVERY', idempotencyKey: randomUUID() };
  succeeded((await change<{ placeOrder: Said }>(door, cart, placeText, wish)).placeOrder, 'Order');
}

function change<D>(door: BenchDoor, { id, token, secret }: BenchCart, text: string, input: Record<string, unknown>): Promise<D> {
  return door.ask<D>(text, { input: { cartId: id, ...input } }, token, secret);
}

/** The first way to send the one vendor's goods by which cash is taken. */
function wayOf({ groups }: Grouped): { vendorId: string; shippingMethodId: string } {
  const [group] = groups;
  const option = group?.shippingOptions?.find(({ method }) => method.allowsCashOnDelivery);
  if (!group || !option) throw new Error('Nobody sends the goods and takes cash for them.');
  return { vendorId: group.vendorId, shippingMethodId: option.method.id };
}

function succeeded<T extends Said>(outcome: T, wanted: string): T {
  if (outcome.__typename !== wanted) throw new Error(`Not ${wanted} but ${JSON.stringify(outcome)}.`);
  return outcome;
}
