import { orderRead } from '@haat/schema/asks/orders';
import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { CartsContext, CartsTx } from '../context.js';
import { linesWith } from '../line/add-cart-lines.js';
import { offerFacts } from '../offer/offer-facts.js';
import { Cart } from './cart.js';
import { CartNotOpen } from './cart-problems.js';
import type { CartLineRow } from './cart.row.js';
import { cartOfUser } from './open-cart.js';
import { openedCart } from './owned-cart.js';
import { reopened, saveCart } from './save-cart.js';

/** Which order is wanted again. */
@InputType({ description: 'Which order is wanted again.' })
export class ReorderInput {
  @Field(() => ID, { description: 'One of the person\'s own orders.' }) orderId: string;
  @Field(() => ID, { nullable: true, description: 'Names this wish: sent again for the same order it adds nothing more; the Idempotency-Key header serves as well.' }) idempotencyKey?: string | null;
}

/** Pieces that are not to be had any more. */
@ObjectType({ description: 'A line of the old order that could not be put into the cart.' })
export class MissingLine {
  @Field(() => ID, { description: 'The offer that was bought then.' }) offerId: string;
  @Field(() => Int, { description: 'How many pieces were bought then.' }) quantity: number;
  @Field(() => String, { description: 'Why it is not in the cart, in a sentence.' }) why: string;
}

/** The cart with what is still to be had. */
@ObjectType({ description: 'The person\'s cart with everything of the old order that is still to be had.' })
export class ReorderSucceeded {
  @Field(() => Cart, { description: 'The person\'s open cart, with the lines added to what was in it.' }) cart: Cart;
  @Field(() => [MissingLine], { description: 'What is not to be had any more, or not so many.' }) missing: MissingLine[];
}

/** The cart, or why not. */
export const ReorderResult = resultOf('ReorderResult', 'The cart with what is still to be had, or why nothing was added.', [ReorderSucceeded, CartNotOpen]);

/** Puts the goods of an old order into the person's open cart: each line that can be bought, and says of the others why not. Prices are today's. */
export async function reorder(ctx: CartsContext, input: ReorderInput): Promise<ReorderSucceeded | CartNotOpen> {
  const { orderId } = parsed(z.object({ orderId: idText }), { orderId: input.orderId });
  const { lines } = await ctx.ask(orderRead, { orderId });
  if (!lines) throw notFound('order');
  const key = input.idempotencyKey ?? ctx.idempotencyKey;
  return ctx.transaction((tx) => addBought(tx, { orderId, bought: lines }), key ? { idempotency: { operation: 'reorder', key, input: { orderId } } } : {});
}

async function addBought(tx: CartsTx, { orderId, bought }: { orderId: string; bought: readonly { offerId: string; quantity: number }[] }): Promise<ReorderSucceeded | CartNotOpen> {
  const facts = await offerFacts(tx, bought.map(({ offerId }) => offerId));
  const cart = await openedCart(tx, (await cartOfUser(tx, tx.viewer.userId ?? '')).id);
  if (cart instanceof CartNotOpen) return cart;
  // A cart that this very order gave back, untouched since, has its goods already: they are looked at anew, and not doubled.
  let lines: readonly CartLineRow[] = cart.orderId === orderId ? [] : cart.lines;
  const missing: MissingLine[] = [];
  for (const { offerId, quantity } of bought) {
    const added = linesWith(lines, [{ offerId, quantity }], facts, tx);
    if (Array.isArray(added)) lines = added;
    else missing.push(Object.assign(new MissingLine(), { offerId, quantity, why: added.message }));
  }
  return Object.assign(new ReorderSucceeded(), { cart: Cart.of(await saveCart(tx, cart, { ...reopened(cart), lines })), missing });
}
