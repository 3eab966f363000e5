import { cartFreeze, cartRead, cartThaw } from '@haat/schema/asks/carts';
import { defineAnswer } from '@haat/kit/define';
import type { CartRow } from '../cart/cart.row.js';
import { CartRow as Carts } from '../cart/cart.row.js';
import { isOpen, ownCarts, owns } from '../cart/owned-cart.js';
import { sayChanged } from '../cart/save-cart.js';
import type { CartsContext, CartsTx } from '../context.js';
import { offerFacts } from '../offer/offer-facts.js';
import { frozenCartOf } from './frozen-cart.js';

/**
 * Takes the viewer's cart for an order. The same order gets the same cart however often it asks; a freeze whose time is
 * over is anybody's. A late payment (`again`) comes as SYSTEM and takes a cart that the order gave back.
 */
export const answerFreeze = defineAnswer(cartFreeze, async (tx: CartsTx, { cartId, orderId, until, again }) => {
  const row = await locked(tx, cartId);
  const mayAsk = row !== null && (owns(tx.viewer, row) || (tx.viewer.kind === 'SYSTEM' && again === true && row.orderId === orderId));
  if (!mayAsk) return { outcome: 'NOT_FOUND' as const };
  const isHeld = row.state === 'ORDERED' || (row.state === 'FROZEN' && !isOpen(row, tx.clock.now()));
  if (isHeld && row.orderId !== orderId) return { outcome: 'TAKEN' as const, orderId: row.orderId ?? '' };
  if (!isHeld && !isOpen(row, tx.clock.now())) return { outcome: 'EXPIRED' as const };
  if (row.state !== 'ORDERED') await change(tx, row, { state: 'FROZEN', orderId, frozenUntil: new Date(until) });
  return { outcome: 'FROZEN' as const, cart: frozenCartOf(row, await weightsOf(tx, row), tx.viewer) };
});

/** Gives a cart back that this order froze and nothing came of. */
export const answerThaw = defineAnswer(cartThaw, async (tx: CartsTx, { cartId, orderId }) => {
  const row = await locked(tx, cartId);
  if (row?.state !== 'FROZEN' || row.orderId !== orderId) return { outcome: 'NOTHING' as const };
  await change(tx, row, { state: 'OPEN', frozenUntil: null });
  return { outcome: 'THAWED' as const };
});

/** The viewer's cart as it is. */
export const answerRead = defineAnswer(cartRead, async (ctx: CartsContext, { cartId }) => {
  const [row] = await ownCarts(ctx, [cartId]);
  if (!row) return { cart: null };
  const offerIds = row.lines.map(({ offerId }) => offerId);
  const weights = await ctx.loaders.weightByOffer.loadMany(offerIds);
  return { cart: frozenCartOf(row, new Map(offerIds.map((id, at) => [id, typeof weights[at] === 'number' ? weights[at] : null])), ctx.viewer) };
});

function locked(tx: CartsTx, id: string): Promise<CartRow | null> {
  return tx.db.findOne(Carts, { where: { tenantId: tx.tenant.id, id }, lock: { mode: 'pessimistic_write' } });
}

async function change(tx: CartsTx, row: CartRow, changes: Partial<CartRow>): Promise<void> {
  await tx.db.save(Object.assign(row, changes, { version: row.version + 1 }));
  await sayChanged(tx, row);
}

async function weightsOf(tx: CartsTx, { lines }: CartRow): Promise<Map<string, number | null>> {
  const facts = await offerFacts(tx, lines.map(({ offerId }) => offerId));
  return new Map([...facts].map(([id, { weightGrams }]) => [id, weightGrams]));
}
