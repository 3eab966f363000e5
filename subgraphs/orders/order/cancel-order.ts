import { notFound } from '@haat/kit/refusal';
import type { OrdersContext, OrdersTx } from '../context.js';
import { cancelParts } from './cancel-parts.js';
import { isStaff, seesOrder } from './find-orders.js';
import { lockedOrder } from './locked-order.js';
import { changeOrder } from './write-change.js';

/** A wish to cancel an order. */
export interface CancelWish {
  readonly orderId: string;
  readonly reason: string | null;
  readonly idempotencyKey: string;
}

/** Whether it is cancelled now; if not, the parts that stand in the way. */
export interface CancelOutcome {
  readonly isCancelled: boolean;
  readonly inTheWay: readonly string[];
}

/** Cancels a whole order, or nothing of it: its buyer's while nothing was sent, anybody's for operators. One that is cancelled already stays so. */
export function cancelOrder(ctx: OrdersContext, { orderId, reason, idempotencyKey: key }: CancelWish): Promise<CancelOutcome> {
  return ctx.transaction((tx) => cancelLocked(tx, orderId, reason), { idempotency: { operation: 'cancelOrder', key, input: { orderId, reason }, keepHours: 168 } });
}

async function cancelLocked(tx: OrdersTx, orderId: string, reason: string | null): Promise<CancelOutcome> {
  const whole = await lockedOrder(tx, orderId);
  if (!whole || !seesOrder(tx.viewer, whole.order)) throw notFound('order');
  const before = new Map(whole.parts.map(({ id, status }) => [id, status]));
  let isCancelled = whole.parts.every(({ status }) => status === 'CANCELLED');
  if (!isCancelled) await changeOrder(tx, whole, (change) => (isCancelled = cancelParts(change, whole.parts, { by: isStaff(tx.viewer) ? 'OPERATOR' : 'BUYER', reason })));
  // Nothing was written where one part could not be cancelled: what the rows in memory say is not so.
  return { isCancelled, inTheWay: isCancelled ? [] : whole.parts.filter(({ id, status }) => status !== 'CANCELLED' && before.get(id) !== 'CANCELLED').map(({ number }) => number) };
}
