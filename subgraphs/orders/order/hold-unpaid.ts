import type { Because, OrderChange } from './order-change.js';
import type { VendorOrderRow } from './order.row.js';
import type { VendorOrderState } from './vendor-order-state.js';

/** States in which something of a part may be left to send. */
const unsent: readonly VendorOrderState[] = ['CONFIRMED', 'ON_HOLD', 'PROCESSING', 'PARTIALLY_SHIPPED', 'PARTIALLY_DELIVERED'];

/** Nobody pays for it any more: what was not sent waits, accepted or not. A part that was sent in part stays where it is, and nothing more of it leaves. */
export function holdUnpaid(change: OrderChange, because: Because): void {
  for (const part of change.whole.parts.filter(({ status }) => unsent.includes(status))) {
    const { kept, shipped } = change.piecesOf(part);
    if (kept <= shipped || part.unpaidFrom !== null) continue;
    part.unpaidFrom = part.status;
    change.move(part, 'hold', because);
    change.touched.add(part);
  }
}

/** The money is there again: every part goes on where it was. What somebody had held before that for another reason stays held. */
export function releasePaid(change: OrderChange, because: Because): void {
  for (const part of change.whole.parts.filter(({ unpaidFrom }) => unpaidFrom !== null)) {
    if (part.unpaidFrom === 'ON_HOLD') letGo(change, part);
    else releaseUnpaid(change, part, because);
  }
}

/** Lets a part go on whose money is not there. A vendor may not: the marketplace would owe it what nobody paid. */
export function releaseUnpaid(change: OrderChange, part: VendorOrderRow, because: Because): boolean {
  if (because.by === 'VENDOR') return false;
  if (part.status === 'ON_HOLD') change.move(part, part.unpaidFrom === 'PROCESSING' ? 'releaseAccepted' : 'release', because);
  else change.note({ vendorOrderId: part.id, kind: 'release', doneBy: because.by, reason: because.reason ?? null });
  letGo(change, part);
  return true;
}

/** Whether nothing of a part may leave until somebody releases it, or its money is there again. */
export function isHeldBack({ status, unpaidFrom }: Pick<VendorOrderRow, 'status' | 'unpaidFrom'>): boolean {
  return status === 'ON_HOLD' || unpaidFrom !== null;
}

function letGo(change: OrderChange, part: VendorOrderRow): void {
  part.unpaidFrom = null;
  change.touched.add(part);
}
