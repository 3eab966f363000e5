import type { Representation } from '@haat/kit/define';
import type { CartsContext } from '../context.js';
import { Cart, CartGroup } from './cart.js';
import { CartRow } from './cart.row.js';
import { isOpen, ownCarts, owns } from './owned-cart.js';

/** Carts by their keys, the viewer's own only. */
export async function findCarts(ctx: CartsContext, keys: readonly Representation[]): Promise<(Cart | null)[]> {
  const rows = await ownCarts(ctx, keys.map(({ id }) => id));
  return rows.map((row) => (row ? Cart.of(row) : null));
}

/** Groups by their keys, of the viewer's own carts only: one statement. */
export async function findGroups(ctx: CartsContext, keys: readonly Representation[]): Promise<(CartGroup | null)[]> {
  const rows = await ctx.db.createQueryBuilder(CartRow, 'c').where('c.groupIds && :ids', { ids: keys.map(({ id }) => id) }).getMany();
  const groups = rows.filter((row) => owns(ctx.viewer, row)).flatMap((row) => row.groups.map((group) => [group.id, CartGroup.of(group, row)] as const));
  const byId = new Map(groups);
  return keys.map(({ id }) => byId.get(id) ?? null);
}

/** The viewer's open cart: a person's own first, then the one whose secret they hold. */
export async function findMyCart(ctx: CartsContext): Promise<Cart | null> {
  const { userId = null, guestKey = null } = ctx.viewer;
  if (userId === null && guestKey === null) return null;
  const rows = await ctx.db.createQueryBuilder(CartRow, 'c').where(`(c.userId = :userId or c.guestKey = :guestKey) and c.state in ('OPEN', 'FROZEN')`, { userId, guestKey }).getMany();
  const found = rows.find((row) => row.userId !== null && row.userId === userId) ?? rows[0];
  return found && (found.state === 'FROZEN' || isOpen(found, ctx.clock.now())) ? Cart.of(found) : null;
}
