import type { VendorOrderState } from './vendor-order-state.js';

/** Where a whole order can be. */
export const orderStates = ['PENDING_PAYMENT', 'CONFIRMED', 'PARTIALLY_SHIPPED', 'SHIPPED', 'DELIVERED', 'COMPLETED', 'CANCELLED', 'EXPIRED'] as const;
/** One of them. */
export type OrderState = (typeof orderStates)[number];

/** How far a part is on its way, where it is on its way at all. */
const progress: Readonly<Partial<Record<VendorOrderState, number>>> = { PARTIALLY_SHIPPED: 1, SHIPPED: 2, PARTIALLY_DELIVERED: 2, DELIVERED: 3, COMPLETED: 4 };

/** The state of an order from those of its vendors' parts: cancelled ones are ignored, and of the rest the first sentence that holds. Kept nowhere by itself. */
export function rollUp(parts: readonly VendorOrderState[]): OrderState {
  const left = parts.filter((state) => state !== 'CANCELLED');
  const allAtLeast = (step: number): boolean => left.every((state) => (progress[state] ?? 0) >= step);
  if (left.length === 0) return 'CANCELLED';
  if (left.every((state) => state === 'EXPIRED')) return 'EXPIRED';
  if (left.includes('PENDING_PAYMENT')) return 'PENDING_PAYMENT';
  if (allAtLeast(4)) return 'COMPLETED';
  if (allAtLeast(3)) return 'DELIVERED';
  if (allAtLeast(2)) return 'SHIPPED';
  return left.some((state) => (progress[state] ?? 0) >= 1) ? 'PARTIALLY_SHIPPED' : 'CONFIRMED';
}
