import type { FrozenCart } from '@haat/schema/asks/carts';
import type { Buyer } from '@haat/schema/parts';
import type { Viewer } from '@haat/kit/identity';
import type { CartRow } from '../cart/cart.row.js';

/** Who buys a cart: whoever is signed in, also where they hold the secret of a cart that they filled as a guest. Its totals are theirs, and so is the order. */
export function buyerOf({ userId, guestKey }: Pick<CartRow, 'userId' | 'guestKey'>, viewer: Pick<Viewer, 'userId'>): Buyer {
  const buyer = userId ?? viewer.userId ?? null;
  return { userId: buyer, guestKey: buyer === null ? guestKey : null };
}

/** A cart as a checkout of somebody takes it. */
export function frozenCartOf(row: CartRow, weights: ReadonlyMap<string, number | null>, viewer: Viewer): FrozenCart {
  const { id, version, currency, locale, lines, groups, couponCodes, contact, shippingAddress, billingAddress, note } = row;
  return {
    cartId: id, version, buyer: buyerOf(row, viewer), currency, locale, contact, shippingAddress, billingAddress, note, couponCodes: [...couponCodes],
    lines: lines.map((line) => ({ lineId: line.id, offerId: line.offerId, vendorId: line.vendorId, quantity: line.quantity })),
    groups: groups.map((group) => ({ groupId: group.id, vendorId: group.vendorId, shippingMethodId: group.shippingMethodId, weightGrams: weightOf(row.lines.filter(({ vendorId }) => vendorId === group.vendorId), weights) })),
  };
}

/** Grams of the lines whose weight is known, together; null where none is. */
export function weightOf(lines: readonly { readonly offerId: string; readonly quantity: number }[], weights: ReadonlyMap<string, number | null>): number | null {
  return lines.reduce<number | null>((sum, { offerId, quantity }) => {
    const grams = weights.get(offerId) ?? null;
    return grams === null ? sum : (sum ?? 0) + grams * quantity;
  }, null);
}
