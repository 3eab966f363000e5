import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { Cart } from '../cart/cart.js';
import { CartNotOpen, OfferUnavailable, OverMaximum } from '../cart/cart-problems.js';
import { openedCart } from '../cart/owned-cart.js';
import { reopened, saveCart } from '../cart/save-cart.js';
import type { CartsTx } from '../context.js';
import { offerFacts } from '../offer/offer-facts.js';
import { quantityMaxOf } from './add-cart-lines.js';

/** How many pieces a line shall have. */
@InputType({ description: 'How many pieces a line of a cart shall have from now on.' })
export class ChangeCartLineInput {
  @Field(() => ID, { description: 'One of the viewer\'s own carts, still open.' }) cartId: string;
  @Field(() => ID, { description: 'One of the lines in the cart.' }) lineId: string;
  @Field(() => Int, { description: 'The pieces there shall be in all; 0 takes the line out.' }) quantity: number;
}

/** Which line goes. */
@InputType({ description: 'Which line is taken out of a cart.' })
export class RemoveCartLineInput {
  @Field(() => ID, { description: 'One of the viewer\'s own carts, still open.' }) cartId: string;
  @Field(() => ID, { description: 'One of the lines in the cart.' }) lineId: string;
}

/** The cart with the line as wanted, or why not. */
export const ChangeCartLineResult = resultOf('ChangeCartLineResult', 'The cart with the line as wanted, or why it stays as it was.', [Cart, OfferUnavailable, OverMaximum, CartNotOpen]);
/** The cart without the line. */
export const RemoveCartLineResult = resultOf('RemoveCartLineResult', 'The cart without the line, or why it cannot be changed.', [Cart, CartNotOpen]);

const rules = z.object({ cartId: idText, lineId: idText, quantity: z.int().min(0).max(1_000_000) });

/** Sets how many pieces a line has. Fewer is always possible; more only of what can be bought. */
export async function changeCartLine(tx: CartsTx, input: ChangeCartLineInput): Promise<Cart | OfferUnavailable | OverMaximum | CartNotOpen> {
  const { cartId, lineId, quantity } = parsed(rules, input);
  const cart = await openedCart(tx, cartId);
  if (cart instanceof CartNotOpen) return cart;
  const line = cart.lines.find(({ id }) => id === lineId);
  if (!line) throw notFound('line in this cart');
  const problem = quantity > line.quantity ? await problemOf(tx, line.offerId, quantity) : undefined;
  if (problem) return problem;
  const lines = quantity === 0 ? cart.lines.filter((one) => one !== line) : cart.lines.map((one) => (one === line ? { ...one, quantity } : one));
  return Cart.of(await saveCart(tx, cart, { ...reopened(cart), lines }));
}

/** Takes a line out; one that is gone already is gone. */
export async function removeCartLine(tx: CartsTx, input: RemoveCartLineInput): Promise<Cart | CartNotOpen> {
  const { cartId, lineId } = parsed(rules.omit({ quantity: true }), input);
  const cart = await openedCart(tx, cartId);
  if (cart instanceof CartNotOpen) return cart;
  const lines = cart.lines.filter(({ id }) => id !== lineId);
  return Cart.of(lines.length === cart.lines.length ? cart : await saveCart(tx, cart, { ...reopened(cart), lines }));
}

async function problemOf(tx: CartsTx, offerId: string, quantity: number): Promise<OfferUnavailable | OverMaximum | undefined> {
  const fact = (await offerFacts(tx, [offerId])).get(offerId);
  if (!fact || fact.whyNot) return OfferUnavailable.of(offerId, fact?.whyNot ?? 'UNKNOWN');
  const max = quantityMaxOf(fact, tx);
  return quantity > max ? OverMaximum.of(offerId, quantity, max) : undefined;
}
