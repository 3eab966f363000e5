import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { cartLinesMax } from '@haat/schema/asks/carts';
import type { CartsTx } from '../context.js';
import { quantityMaxOf } from '../line/add-cart-lines.js';
import { offerFacts, type OfferFact } from '../offer/offer-facts.js';
import { Cart } from './cart.js';
import { CartNotOpen } from './cart-problems.js';
import type { CartLineRow, CartRow } from './cart.row.js';
import { cartOfUser } from './open-cart.js';
import { openedCart } from './owned-cart.js';
import { reopened, saveCart, withPieces } from './save-cart.js';

/** Which guest's cart goes into one's own. */
@InputType({ description: 'Which guest\'s cart goes into one\'s own, after signing in; the header x-haat-cart proves that it is one\'s own too.' })
export class MergeCartsInput {
  @Field(() => ID, { description: 'The cart filled as a guest.' }) cartId: string;
}

/** Pieces that found no room. */
@ObjectType({ description: 'Pieces of an offer that found no room in the merged cart.' })
export class CutLine {
  @Field(() => ID, { description: 'The offer of which there were too many.' }) offerId: string;
  @Field(() => Int, { description: 'How many pieces were left out.' }) quantity: number;
}

/** The person's cart with both in it. */
@ObjectType({ description: 'The person\'s own cart with the goods of both.' })
export class MergeCartsSucceeded {
  @Field(() => Cart, { description: 'The person\'s own cart; the guest\'s is closed.' }) cart: Cart;
  @Field(() => [CutLine], { description: 'What did not fit, by what one order may have of an offer.' }) cut: CutLine[];
}

/** The merged cart, or why not. */
export const MergeCartsResult = resultOf('MergeCartsResult', 'The person\'s own cart with the goods of both, or why nothing was merged.', [MergeCartsSucceeded, CartNotOpen]);

/** Adds a guest's goods to the person's own cart: pieces are summed, up to what one order may have. Contact and address stay where the person has their own. */
export async function mergeCarts(tx: CartsTx, input: MergeCartsInput): Promise<MergeCartsSucceeded | CartNotOpen> {
  const { cartId } = parsed(z.object({ cartId: idText }), input);
  const userId = tx.viewer.userId ?? '';
  const from = await openedCart(tx, cartId);
  if (from instanceof CartNotOpen) return from;
  if (from.userId !== null) throw notFound('guest\'s cart');
  const facts = await offerFacts(tx, from.lines.map(({ offerId }) => offerId));
  const own = await openedCart(tx, (await cartOfUser(tx, userId)).id);
  if (own instanceof CartNotOpen) return own;
  const { lines, cut } = summed(own.lines, from.lines, facts, tx);
  const into = await saveCart(tx, own, { ...reopened(own), ...takenOver(own, from), lines });
  await saveCart(tx, from, { state: 'MERGED', lines: [], couponCodes: [], contact: null, shippingAddress: null, billingAddress: null, note: null });
  return Object.assign(new MergeCartsSucceeded(), { cart: Cart.of(into), cut });
}

/** What the own cart lacks comes from the guest's. */
function takenOver(own: CartRow, from: CartRow): Partial<CartRow> {
  const address = own.shippingAddress ? own : from;
  return {
    couponCodes: [...new Set([...own.couponCodes, ...from.couponCodes])].slice(0, 10), contact: own.contact ?? from.contact, note: own.note ?? from.note,
    shippingAddress: address.shippingAddress, billingAddress: address.billingAddress,
  };
}

function summed(own: CartRow['lines'], from: CartRow['lines'], facts: ReadonlyMap<string, OfferFact>, tx: CartsTx): { readonly lines: CartLineRow[]; readonly cut: CutLine[] } {
  let lines: CartLineRow[] = [...own];
  const cut: CutLine[] = [];
  for (const line of from) {
    const there = lines.find(({ offerId }) => offerId === line.offerId)?.quantity ?? 0;
    const room = there === 0 && lines.length >= cartLinesMax ? 0 : Math.max(0, quantityMaxOf(facts.get(line.offerId) ?? { maxPerOrder: null }, tx) - there);
    const quantity = Math.min(line.quantity, room);
    if (quantity > 0) lines = withPieces(lines, { ...line, quantity });
    if (quantity < line.quantity) cut.push(Object.assign(new CutLine(), { offerId: line.offerId, quantity: line.quantity - quantity }));
  }
  return { lines, cut };
}
