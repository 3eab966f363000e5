import { cartChanged } from '@haat/schema/events/carts';
import { newId } from '@haat/kit/id';
import type { CartsConfig } from '../config.js';
import type { CartsTx } from '../context.js';
import type { CartLineRow, CartRow, CartGroupRow } from './cart.row.js';

const hourMs = 3_600_000;

/** Writes a changed cart: its groups follow its lines, its time begins again, and everybody who listens is told. */
export async function saveCart(tx: CartsTx, row: CartRow, changes: Partial<CartRow> = {}): Promise<CartRow> {
  Object.assign(row, changes);
  // An order that froze it once and died has no claim on what is put in afterwards.
  if (row.state === 'OPEN') row.orderId = null;
  const now = tx.clock.now();
  const groups = groupsOf(row, () => newId('grp', now));
  Object.assign(row, { groups, groupIds: groups.map(({ id }) => id), version: row.version + 1, touchedAt: now, ...timesOf(row, now, tx.config) });
  const saved = await tx.db.save(row);
  await sayChanged(tx, saved);
  return saved;
}

/** Puts a cart back to open where a freeze of it is over, so that a change of it is not a change of a frozen one. */
export function reopened(row: CartRow): Partial<CartRow> {
  return row.state === 'FROZEN' ? { state: 'OPEN', frozenUntil: null } : {};
}

/** Says the cart's state, without anything that names a person. */
export async function sayChanged(tx: CartsTx, row: CartRow, republished?: boolean): Promise<void> {
  const { id: cartId, version, userId, guestKey, state, lines, couponCodes, expiresAt } = row;
  await tx.emit(cartChanged, {
    aggregate: { id: cartId, version }, republished,
    payload: {
      cartId, buyer: { userId, guestKey }, state, couponCodes: [...couponCodes], expiresAt: expiresAt.toISOString(),
      lines: lines.map(({ id, offerId, vendorId, quantity }) => ({ lineId: id, offerId, vendorId, quantity })),
    },
  });
}

/** One group for each vendor that has lines, in the order the vendors came in; what was chosen stays. */
export function groupsOf({ lines, groups }: Pick<CartRow, 'lines' | 'groups'>, makeId: () => string): CartGroupRow[] {
  const vendorIds = [...new Set(lines.map(({ vendorId }) => vendorId))];
  return vendorIds.map((vendorId) => groups.find((group) => group.vendorId === vendorId) ?? { id: makeId(), vendorId, shippingMethodId: null });
}

/** When it is given up, and when it counts as left alone. */
export function timesOf({ lines, userId, contact }: Pick<CartRow, 'lines' | 'userId' | 'contact'>, now: Date, config: CartsConfig): Pick<CartRow, 'expiresAt' | 'abandonsAt'> {
  const hours = lines.length === 0 ? config.CART_EMPTY_HOURS : userId === null ? config.CART_GUEST_HOURS : config.CART_USER_HOURS;
  const canBeReached = lines.length > 0 && (contact?.email ?? contact?.phone ?? null) !== null;
  return { expiresAt: new Date(now.getTime() + hours * hourMs), abandonsAt: canBeReached ? new Date(now.getTime() + config.CART_ABANDONED_HOURS * hourMs) : null };
}

/** A line more, or more pieces in the line there is. */
export function withPieces(lines: readonly CartLineRow[], { offerId, vendorId, quantity, id, addedAt }: CartLineRow): CartLineRow[] {
  const there = lines.find((line) => line.offerId === offerId);
  if (!there) return [...lines, { id, offerId, vendorId, quantity, addedAt }];
  return lines.map((line) => (line === there ? { ...line, quantity: line.quantity + quantity } : line));
}
