import type { PricingTx } from '../context.js';
import { ordersBefore } from './orders-before.js';
import type { Taking } from './redeem.js';
import { counterKey } from './subjects.js';
import { count, uncount } from './use-counter.js';

/** What first orders are counted under: one for all coupons, as a buyer has one first order. */
const holderId = 'first-order';

/**
 * Takes that an order is its buyer's first, once per order, and answers whether it was to be had. The counter stops two that are placed at
 * once; orders that took nothing here are known by their events.
 */
export async function takeFirstOrder(tx: PricingTx, { subjects, wish: { orderId } }: Taking): Promise<boolean> {
  for (const subject of subjects) if (!(await count(tx, counterKey(holderId, subject), { holderId, subject, max: 1, step: 1 }))) return false;
  return (await ordersBefore(tx, subjects, orderId)) === 0;
}

/** Gives back that an order was its buyer's first. */
export async function giveFirstOrderBack(tx: PricingTx, subjects: readonly string[]): Promise<void> {
  await uncount(tx, subjects.map((subject) => counterKey(holderId, subject)), 1);
}
