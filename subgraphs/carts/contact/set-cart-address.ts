import { addressRead } from '@haat/schema/asks/identity';
import { pricingQuote } from '@haat/schema/asks/pricing';
import { destinationOf, type PostalAddress } from '@haat/schema/parts';
import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { badInput, notFound, Refusal } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { AddressInput } from '@haat/kit/shared-types';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { Cart } from '../cart/cart.js';
import { CartNotOpen } from '../cart/cart-problems.js';
import { openedCart } from '../cart/owned-cart.js';
import { reopened, saveCart } from '../cart/save-cart.js';
import type { CartsTx } from '../context.js';
import { faultsOf, tidied, type AddressFault } from './address-rules.js';

/** Where goods and invoice go. */
@InputType({ description: 'Where the goods and the invoice go: an address, or one that the person saved.' })
export class SetCartAddressInput {
  @Field(() => ID, { description: 'One of the viewer\'s own carts, still open.' }) cartId: string;
  @Field(() => AddressInput, { nullable: true, description: 'Where the goods go; not together with savedAddressId.' }) shipping?: AddressInput | null;
  @Field(() => ID, { nullable: true, description: 'One of the person\'s saved addresses, in place of shipping.' }) savedAddressId?: string | null;
  @Field(() => AddressInput, { nullable: true, description: 'Where the invoice goes; the shipping address when left out.' }) billing?: AddressInput | null;
}

/** One part of an address that will not do. */
@ObjectType({ description: 'One part of an address of a cart that is missing or wrong.' })
export class CartAddressFault {
  @Field(() => String, { description: 'Which of the two addresses: shipping or billing.' }) address: string;
  @Field(() => String, { description: 'Name of the part, such as postalCode.' }) part: string;
  @Field(() => String, { description: 'What is wrong with it, in a sentence.' }) message: string;
}

/** An address does not follow its country's rules. */
@ObjectType({ implements: Problem, description: 'An address does not follow the rules of its country; the cart stays as it was.' })
export class CartAddressInvalid extends Problem {
  @Field(() => [CartAddressFault], { description: 'Each part that is missing or wrong.' }) faults: CartAddressFault[];
}

/** The cart with the addresses, or why not. */
export const SetCartAddressResult = resultOf('SetCartAddressResult', 'The cart with its addresses, or what is wrong with them.', [Cart, CartAddressInvalid, CartNotOpen]);

const rules = z.object({ cartId: idText, savedAddressId: idText.nullish() });

/** Sets where goods and invoice go. Ways of shipping that were chosen are chosen anew: another place has others. */
export async function setCartAddress(tx: CartsTx, input: SetCartAddressInput): Promise<Cart | CartAddressInvalid | CartNotOpen> {
  const { cartId, savedAddressId } = parsed(rules, input);
  if ((input.shipping ? 1 : 0) + (savedAddressId ? 1 : 0) !== 1) throw badInput([{ path: ['input', 'shipping'], message: 'expected either shipping or savedAddressId' }]);
  const shipping = savedAddressId ? await saved(tx, savedAddressId) : input.shipping;
  if (!shipping) throw notFound('saved address');
  const wrong = [...named('shipping', faultsOf(shipping)), ...(input.billing ? named('billing', faultsOf(input.billing)) : [])];
  const faults = wrong.length > 0 ? wrong : named('shipping', await regionFaults(tx, kept(shipping)));
  if (faults.length > 0) return Object.assign(new CartAddressInvalid(), { message: 'The address is not complete.', faults });
  const cart = await openedCart(tx, cartId);
  if (cart instanceof CartNotOpen) return cart;
  const groups = cart.groups.map((group) => ({ ...group, shippingMethodId: null }));
  return Cart.of(await saveCart(tx, cart, { ...reopened(cart), groups, shippingAddress: kept(shipping), billingAddress: input.billing ? kept(input.billing) : null }));
}

async function saved(tx: CartsTx, savedAddressId: string): Promise<PostalAddress | null> {
  return (await tx.ask(addressRead, { savedAddressId })).address;
}

/** Where taxes follow the region, it must be one that they are known by. Whoever cannot say so now says it when the order is placed. */
async function regionFaults(tx: CartsTx, address: PostalAddress): Promise<AddressFault[]> {
  const { userId = null, guestKey = null } = tx.viewer;
  const wish = { lines: [], destination: destinationOf(address), couponCodes: [], buyer: { userId, guestKey }, emailHash: null, shipping: [], paymentChoice: null };
  const { regionsExpected: [expected] = [] } = await tx.ask(pricingQuote, wish).catch((error: unknown) => {
    if (error instanceof Refusal && (error.code === 'SUBGRAPH_UNAVAILABLE' || error.code === 'DEADLINE_EXCEEDED')) return { regionsExpected: [] };
    throw error;
  });
  return expected === undefined ? [] : [{ part: 'region', message: `Taxes in ${address.country} follow the region: write it by its code, such as ${expected}.` }];
}

function named(address: string, faults: readonly AddressFault[]): CartAddressFault[] {
  return faults.map(({ part, message }) => ({ address, part, message }));
}

function kept(address: AddressInput | PostalAddress): PostalAddress {
  const { name, company, line1, line2, city, district, region, postalCode, country, phone } = tidied(address);
  const text = (part: string | null | undefined): string | null => part ?? null;
  return { name: text(name), company: text(company), line1, line2: text(line2), city: text(city), district: text(district), region: text(region), postalCode: text(postalCode), country, phone: text(phone) };
}
