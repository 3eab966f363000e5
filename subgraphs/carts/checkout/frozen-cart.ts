import type { FrozenCart } from '@haat/schema/asks/carts';
import type { CartRow } from '../cart/cart.row.js';

/** A cart as a checkout takes it. */
export function frozenCartOf(row: CartRow, weights: ReadonlyMap<string, number | null>): FrozenCart {
  const { id, version, userId, guestKey, currency, locale, lines, groups, couponCodes, contact, shippingAddress, billingAddress, note } = row;
  return {
    cartId: id, version, buyer: { userId, guestKey }, currency, locale, contact, shippingAddress, billingAddress, note, couponCodes: [...couponCodes],
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
