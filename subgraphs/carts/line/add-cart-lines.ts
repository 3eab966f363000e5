import { cartLinesMax } from '@haat/schema/asks/carts';
import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { Cart } from '../cart/cart.js';
import { CartNotOpen, OfferUnavailable, OverMaximum, TooManyLines } from '../cart/cart-problems.js';
import type { CartLineRow, CartRow } from '../cart/cart.row.js';
import { openedCart } from '../cart/owned-cart.js';
import { reopened, saveCart, withPieces } from '../cart/save-cart.js';
import type { CartsTx } from '../context.js';
import { offerFacts, type OfferFact } from '../offer/offer-facts.js';

/** Pieces of an offer to be added. */
@InputType({ description: 'Pieces of one offer that go into a cart.' })
export class AddCartLineInput {
  @Field(() => ID, { description: 'The offer: a variant as one vendor sells it.' }) offerId: string;
  @Field(() => Int, { description: 'How many pieces more, from 1 up to what one order may have.' }) quantity: number;
}

/** What goes into which cart. */
@InputType({ description: 'What goes into which cart; all of it or nothing.' })
export class AddCartLinesInput {
  @Field(() => ID, { description: 'One of the viewer\'s own carts, still open.' }) cartId: string;
  @Field(() => [AddCartLineInput], { description: 'What is added, 1 to 100 entries; pieces of an offer that is there already are added to its line.' }) lines: AddCartLineInput[];
  @Field(() => ID, { nullable: true, description: 'Names this wish: sent again with the same lines it adds nothing more.' }) idempotencyKey?: string | null;
}

/** The cart with the goods, or why they are not in it. */
export const AddCartLinesResult = resultOf('AddCartLinesResult', 'The cart with the goods in it, or why nothing was added.', [Cart, OfferUnavailable, OverMaximum, TooManyLines, CartNotOpen]);

/** What stands in the way of a cart's lines. */
export type LineProblem = OfferUnavailable | OverMaximum | TooManyLines;

const rules = z.object({
  cartId: idText,
  lines: z.array(z.object({ offerId: idText, quantity: z.int().min(1).max(1_000_000) })).min(1).max(cartLinesMax),
});

/** Puts goods into a cart: all of them, or none and the first thing that stands in the way. */
export async function addCartLines(tx: CartsTx, input: AddCartLinesInput): Promise<Cart | LineProblem | CartNotOpen> {
  const { cartId, lines } = parsed(rules, input);
  // Facts first: an ask to another subgraph must not hold the cart's lock.
  const facts = await offerFacts(tx, [...new Set(lines.map(({ offerId }) => offerId))]);
  const cart = await openedCart(tx, cartId);
  if (cart instanceof CartNotOpen) return cart;
  const added = linesWith(cart.lines, lines, facts, tx);
  return Array.isArray(added) ? Cart.of(await saveCart(tx, cart, { ...reopened(cart), lines: added })) : added;
}

/** The lines of a cart with pieces added, or the first problem. Only offers that are added are looked at. */
export function linesWith(there: CartRow['lines'], wanted: readonly { offerId: string; quantity: number }[], facts: ReadonlyMap<string, OfferFact>, tx: Pick<CartsTx, 'clock' | 'config'>): CartLineRow[] | LineProblem {
  const addedAt = tx.clock.now().toISOString();
  let lines: CartLineRow[] = [...there];
  for (const { offerId, quantity } of wanted) {
    const fact = facts.get(offerId);
    if (!fact || fact.whyNot) return OfferUnavailable.of(offerId, fact?.whyNot ?? 'UNKNOWN');
    lines = withPieces(lines, { id: newId('line', tx.clock.now()), offerId, vendorId: fact.vendorId, quantity, addedAt });
    const pieces = lines.find((line) => line.offerId === offerId)?.quantity ?? 0;
    const max = quantityMaxOf(fact, tx);
    if (pieces > max) return OverMaximum.of(offerId, pieces, max);
  }
  return lines.length > cartLinesMax ? TooManyLines.of(cartLinesMax) : lines;
}

/** Pieces of an offer that one order may have. */
export function quantityMaxOf({ maxPerOrder }: Pick<OfferFact, 'maxPerOrder'>, { config }: Pick<CartsTx, 'config'>): number {
  return Math.min(maxPerOrder ?? config.CART_LINE_QUANTITY_MAX, config.CART_LINE_QUANTITY_MAX);
}
