import type { Because, OrderChange } from './order-change.js';
import type { VendorOrderRow } from './order.row.js';

/** Cancels parts of which nothing was sent, each as its state asks for. False where one of them cannot be: the caller decides whether the rest counts. */
export function cancelParts(change: OrderChange, parts: readonly VendorOrderRow[], because: Because, name: 'cancel' | 'reject' = 'cancel'): boolean {
  return parts.filter(({ status }) => status !== 'CANCELLED').map((part) => {
    const before = part.status;
    const isCancelled = change.move(part, before === 'PENDING_PAYMENT' && name === 'cancel' ? 'withdraw' : name, because);
    if (isCancelled) change.lose(part, before, { takenOff: ({ quantity }) => quantity, shipped: false, because });
    return isCancelled;
  }).every(Boolean);
}
