import type { Said, Tx } from '../engine/store.js';
import type { Work } from '../engine/work.js';
import type { Market } from './market.js';
import { carts, coupons, redemptions, type CartRow } from './rows.js';

/** Takes a cart for an order; the same order gets it however often it asks. Null where another has it. */
export function* freeze({ processes, world }: Market, { cartId, orderId, untilMs }: { cartId: string; orderId: string; untilMs: number }): Work<CartRow | null> {
  return yield* processes.carts.transaction(function* take(tx: Tx): Work<CartRow | null> {
    const cart = yield* tx.locked(carts, cartId);
    const isHeld = cart?.state === 'ORDERED' || (cart?.state === 'FROZEN' && cart.frozenUntilMs > world.timeline.nowMs);
    if (!cart || (isHeld && cart.orderId !== orderId)) return null;
    if (cart.state !== 'ORDERED') tx.set(carts, cartId, { ...cart, state: 'FROZEN', orderId, frozenUntilMs: untilMs });
    return cart;
  });
}

/** Gives a cart back that this order froze. */
export function* thaw({ processes }: Market, cartId: string, orderId: string): Work {
  yield* processes.carts.transaction(function* give(tx: Tx): Work {
    const cart = yield* tx.locked(carts, cartId);
    if (cart?.state === 'FROZEN' && cart.orderId === orderId) tx.set(carts, cartId, { ...cart, state: 'OPEN' });
  });
}

/** What carts and coupons hear. */
export function hearOrders({ consumers }: Market): void {
  const close = (tx: Tx, event: Said): Work => turn(tx, event, ['FROZEN', 'OPEN'], 'ORDERED');
  const giveBack = (tx: Tx, event: Said): Work => turn(tx, event, ['ORDERED'], 'OPEN');
  consumers.carts.push(
    { name: 'carts/order-placed', type: 'order-placed', apply: close }, { name: 'carts/order-confirmed', type: 'order-confirmed', apply: close },
    { name: 'carts/order-expired', type: 'order-expired', apply: giveBack }, { name: 'carts/order-cancelled', type: 'order-cancelled', apply: giveBack },
  );
  consumers.coupons.push(
    { name: 'coupons/order-cancelled', type: 'order-cancelled', apply: (tx, { payload }) => giveBackCoupon(tx, (payload as { orderId: string }).orderId) },
    { name: 'coupons/order-expired', type: 'order-expired', *apply(tx, { payload }) {
      const { orderId } = payload as { orderId: string };
      // Paid late, and taken anew before this came: then it is kept.
      if (!(yield* tx.locked(redemptions, orderId))?.isAgain) yield* giveBackCoupon(tx, orderId);
    } },
  );
}

/** Uses a coupon for an order, once. False where nobody may any more, or the order gave it back. */
export function* redeem({ processes }: Market, orderId: string, isAgain = false): Work<boolean> {
  return yield* processes.coupons.transaction(function* take(tx: Tx): Work<boolean> {
    const there = yield* tx.locked(redemptions, orderId);
    if (there?.state === 'TAKEN') {
      if (isAgain) tx.set(redemptions, orderId, { ...there, isAgain });
      return true;
    }
    if (there && !isAgain) return false;
    const coupon = yield* tx.locked(coupons, 'ONE');
    if (!coupon || coupon.left < 1) return false;
    tx.set(coupons, 'ONE', { left: coupon.left - 1 });
    tx.set(redemptions, orderId, { state: 'TAKEN', isAgain });
    return true;
  });
}

/** Gives a coupon back. An order that has none shall not begin to when its question comes late. */
export function* unredeem({ processes }: Market, orderId: string): Work {
  yield* processes.coupons.transaction((tx) => giveBackCoupon(tx, orderId));
}

function* giveBackCoupon(tx: Tx, orderId: string): Work {
  const there = yield* tx.locked(redemptions, orderId);
  if (there?.state === 'TAKEN') {
    const coupon = yield* tx.locked(coupons, 'ONE');
    tx.set(coupons, 'ONE', { left: (coupon?.left ?? 0) + 1 });
  }
  tx.set(redemptions, orderId, { state: 'GIVEN_BACK', isAgain: false });
}

function* turn(tx: Tx, { payload }: Said, from: readonly CartRow['state'][], to: CartRow['state']): Work {
  const { cartId, orderId } = payload as { cartId: string; orderId: string };
  const cart = yield* tx.locked(carts, cartId);
  if (cart?.orderId === orderId && from.includes(cart.state)) tx.set(carts, cartId, { ...cart, state: to });
}
