import { holdsGrant, type Viewer } from '@haat/kit/identity';
import { notFound } from '@haat/kit/refusal';
import type { CartsContext, CartsTx } from '../context.js';
import { CartNotOpen } from './cart-problems.js';
import { CartRow } from './cart.row.js';

/** Whether a cart is this viewer's: a person's own, or the one whose secret they hold. */
export function owns({ userId, guestKey }: Pick<Viewer, 'userId' | 'guestKey'>, cart: Pick<CartRow, 'userId' | 'guestKey'>): boolean {
  return (cart.userId !== null && cart.userId === userId) || (cart.guestKey !== null && cart.guestKey === guestKey);
}

/** Whether somebody keeps facts of every cart: operators, and programs that look after the orders of the whole marketplace. */
export function keepsFacts(viewer: Viewer): boolean {
  return viewer.roles.includes('OPERATOR') || (viewer.kind === 'TOKEN' && holdsGrant(viewer, 'orders.manage'));
}

/** Whether somebody sees private facts of a cart they were shown: a program of one vendor does not, since a cart has goods of others. */
export function seesPrivateFacts({ kind, roles, vendors }: Viewer): boolean {
  return roles.includes('OPERATOR') || (kind === 'TOKEN' && vendors.length === 0);
}

/** Carts of the viewer by id, in the order of the ids, with one statement; null for anybody else's. */
export async function ownCarts(ctx: Pick<CartsContext, 'db' | 'viewer'>, ids: readonly string[]): Promise<(CartRow | null)[]> {
  const rows = await ctx.db.createQueryBuilder(CartRow, 'c').where('c.id = any(:ids)', { ids }).getMany();
  const byId = new Map(rows.filter((row) => owns(ctx.viewer, row)).map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** A cart of the viewer's, locked to the end of the transaction. Anybody else's does not exist. */
export async function lockedCart(tx: CartsTx, id: string): Promise<CartRow> {
  const row = await tx.db.findOne(CartRow, { where: { tenantId: tx.tenant.id, id }, lock: { mode: 'pessimistic_write' } });
  if (!row || !owns(tx.viewer, row)) throw notFound('cart');
  return row;
}

/** The same where goods can still go into it. */
export async function openedCart(tx: CartsTx, id: string): Promise<CartRow | CartNotOpen> {
  const row = await lockedCart(tx, id);
  return isOpen(row, tx.clock.now()) ? row : CartNotOpen.of(row);
}

/** Whether goods can go into it: a freeze that nobody ended in time is over by itself. */
export function isOpen({ state, expiresAt, frozenUntil }: Pick<CartRow, 'state' | 'expiresAt' | 'frozenUntil'>, now: Date): boolean {
  if (state === 'FROZEN') return frozenUntil !== null && frozenUntil <= now;
  return state === 'OPEN' && expiresAt > now;
}
