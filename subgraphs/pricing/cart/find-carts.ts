import type { Representation } from '@haat/kit/define';
import type { PricingContext } from '../context.js';
import { Cart, CartGroup, type CartLine } from './cart.type.js';

/**
 * Others' carts as the gateway hands them on: we keep none. One that came without its lines is none; nor is one that holds goods, and
 * none of them is of this marketplace. One statement.
 */
export async function findCarts(ctx: PricingContext, keys: readonly Representation[]): Promise<(Cart | null)[]> {
  const isOurs = await oursOf(ctx, keys);
  return keys.map((key) => (isOurs(key) ? Object.assign(new Cart(), key) : null));
}

/** The same of a vendor's part. */
export async function findCartGroups(ctx: PricingContext, keys: readonly Representation[]): Promise<(CartGroup | null)[]> {
  const isOurs = await oursOf(ctx, keys);
  return keys.map((key) => (isOurs(key) ? Object.assign(new CartGroup(), key) : null));
}

async function oursOf(ctx: PricingContext, keys: readonly Representation[]): Promise<(key: Representation) => boolean> {
  const known: { id: string }[] = await ctx.db.query('select id from offer_fact where id = any($1)', [[...new Set(keys.flatMap((key) => offersOf(key) ?? []))]]);
  const ids = new Set(known.map(({ id }) => id));
  return (key) => {
    const offers = offersOf(key);
    return offers !== undefined && (offers.length === 0 || offers.some((id) => ids.has(id)));
  };
}

function offersOf(key: Representation): string[] | undefined {
  const lines = key['lines'] as readonly (CartLine | null)[] | null | undefined;
  return lines?.flatMap((line) => line?.offerId ?? []);
}
