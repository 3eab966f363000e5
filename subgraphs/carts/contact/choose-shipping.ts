import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { Cart } from '../cart/cart.js';
import { CartNotOpen } from '../cart/cart-problems.js';
import { openedCart } from '../cart/owned-cart.js';
import { reopened, saveCart } from '../cart/save-cart.js';
import type { CartsTx } from '../context.js';

/** How the goods of one vendor shall be sent. */
@InputType({ description: 'How the goods of one vendor in a cart shall be sent.' })
export class ChooseShippingInput {
  @Field(() => ID, { description: 'One of the viewer\'s own carts, still open.' }) cartId: string;
  @Field(() => ID, { description: 'A vendor that has goods in the cart.' }) vendorId: string;
  @Field(() => ID, { description: 'One of the shipping options of that vendor\'s group.' }) shippingMethodId: string;
}

/** The cart with the choice. */
export const ChooseShippingResult = resultOf('ChooseShippingResult', 'The cart with the chosen shipping, or why it cannot be changed.', [Cart, CartNotOpen]);

const rules = z.object({ cartId: idText, vendorId: idText, shippingMethodId: idText });

/** Notes how one vendor's goods shall be sent. Whether that way is there for this place and weight shows in the cart's problems, and again when the order is placed. */
export async function chooseShipping(tx: CartsTx, input: ChooseShippingInput): Promise<Cart | CartNotOpen> {
  const { cartId, vendorId, shippingMethodId } = parsed(rules, input);
  const cart = await openedCart(tx, cartId);
  if (cart instanceof CartNotOpen) return cart;
  if (!cart.groups.some((group) => group.vendorId === vendorId)) throw notFound('vendor in this cart');
  const groups = cart.groups.map((group) => (group.vendorId === vendorId ? { ...group, shippingMethodId } : group));
  return Cart.of(await saveCart(tx, cart, { ...reopened(cart), groups }));
}
