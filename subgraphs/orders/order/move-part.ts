import { notFound } from '@haat/kit/refusal';
import type { OrdersContext, OrdersTx } from '../context.js';
import { cancelParts } from './cancel-parts.js';
import { isStaff, worksFor } from './find-orders.js';
import { releaseUnpaid } from './hold-unpaid.js';
import { lockedPart } from './locked-order.js';
import type { OrderChange } from './order-change.js';
import type { VendorOrderRow } from './order.row.js';
import type { Mover, VendorOrderState } from './vendor-order-state.js';
import { changeOrder } from './write-change.js';

/** What merchants and operators do with a vendor's part, and where it leads: whoever asks again for what is done already is told so, and nothing happens. */
const goals = { accept: 'PROCESSING', hold: 'ON_HOLD', release: 'CONFIRMED', reject: 'CANCELLED' } as const satisfies Record<string, VendorOrderState>;

/** A wish for a vendor's part. */
export interface PartWish {
  readonly vendorOrderId: string;
  readonly move: keyof typeof goals;
  readonly reason: string | null;
  /** Where money follows: one effect per key. */
  readonly idempotencyKey?: string;
}

/** How a wish went: it is there now, or cannot go there from where it stands. */
export interface MovedTo {
  readonly isMoved: boolean;
  readonly status: VendorOrderState;
  /** It waits for money that was promised and is not any more: only operators let it go on before that is there. */
  readonly isUnpaid: boolean;
}

/** Moves a vendor's part for its merchants and operators. Refused as not found where the viewer does not look after it. */
export function movePart(ctx: OrdersContext, wish: PartWish): Promise<MovedTo> {
  const { vendorOrderId, move, reason, idempotencyKey: key } = wish;
  return ctx.transaction((tx) => moveLocked(tx, wish), key === undefined ? {} : { idempotency: { operation: `${move}VendorOrder`, key, input: { vendorOrderId, reason }, keepHours: 168 } });
}

async function moveLocked(tx: OrdersTx, { vendorOrderId, move, reason }: PartWish): Promise<MovedTo> {
  const found = await lockedPart(tx, vendorOrderId);
  const by = found && moverOf(tx, found.part);
  if (!found || !by) throw notFound('vendor order');
  const { whole, part } = found;
  // Of a part that waits for its money, a release does something wherever it stands.
  let isMoved = part.status === goals[move] && !(move === 'release' && part.unpaidFrom !== null);
  if (!isMoved) await changeOrder(tx, whole, (change) => (isMoved = moveOne(change, part, { move, because: { by, reason } })));
  return { isMoved, status: part.status, isUnpaid: part.unpaidFrom !== null };
}

function moveOne(change: OrderChange, part: VendorOrderRow, { move, because }: { move: PartWish['move']; because: { by: Mover; reason: string | null } }): boolean {
  if (move === 'release' && part.unpaidFrom !== null) return releaseUnpaid(change, part, because);
  return move === 'reject' ? cancelParts(change, [part], because, 'reject') : change.move(part, move, because);
}

function moverOf({ viewer }: OrdersTx, { vendorId }: VendorOrderRow): Mover | null {
  if (isStaff(viewer)) return 'OPERATOR';
  return worksFor(viewer, vendorId) ? 'VENDOR' : null;
}
