import { parcelDelivered, parcelFailed, parcelLabelled, parcelReturned, parcelShipped, type ParcelState } from '@haat/schema/events/shipping';
import { defineConsumer } from '@haat/kit/define';
import type { OrdersTx } from '../context.js';
import { DepartureRow } from './departure.row.js';
import { lockedPart } from './locked-order.js';
import { piecesOf, type PackedPieces } from './may-depart.js';
import type { OrderChange } from './order-change.js';
import type { OrderLineRow, VendorOrderRow } from './order.row.js';
import type { WholeOrder } from './say-order.js';
import { moveOfPieces } from './vendor-order-state.js';
import { changeOrder } from './write-change.js';

const system = { by: 'SYSTEM' } as const;
const dayMs = 86_400_000;

/** A parcel is packed: both sides see it. */
export const onParcelLabelled = defineConsumer('on-parcel-labelled', parcelLabelled, (tx: OrdersTx, { payload }) => withPart(tx, payload, 'parcelLabelled', () => undefined));

/** Pieces left the vendor. What orders let go itself is counted already; it is told of the others by this alone. */
export const onParcelShipped = defineConsumer('on-parcel-shipped', parcelShipped, async (tx: OrdersTx, { payload: { vendorOrderId, parcelId, lines } }) => {
  const found = await lockedPart(tx, vendorOrderId);
  if (!found || (await tx.db.existsBy(DepartureRow, { tenantId: tx.tenant.id, id: parcelId }))) return;
  await shipPieces(tx, found, lines);
});

/** Counts pieces of a part as shipped; its order is locked. */
export function shipPieces(tx: OrdersTx, found: FoundPart, packed: readonly PackedPieces[]): Promise<void> {
  return changePart(tx, found, { kind: 'parcelShipped' }, (change, part) => {
    for (const line of change.linesOf(part)) line.shipped = Math.min(line.quantity - line.cancelled, line.shipped + piecesOf(packed, line.id));
  });
}

/** Pieces were handed over. The time to return them begins with the last. */
export const onParcelDelivered = defineConsumer('on-parcel-delivered', parcelDelivered, (tx: OrdersTx, { payload }) => withPart(tx, payload, 'parcelDelivered', (change, part) => {
  each(change, part, payload, (line, quantity) => {
    line.delivered = Math.min(line.quantity - line.cancelled, line.delivered + quantity);
    line.shipped = Math.max(line.shipped, line.delivered);
  });
}));

/** It could not be handed over: the courier tries again. */
export const onParcelFailed = defineConsumer('on-parcel-failed', parcelFailed, (tx: OrdersTx, { payload }) => withPart(tx, payload, 'parcelFailed', () => undefined, payload.reason));

/** Pieces came back: they will not be sent again by this order, and what was paid for them goes back. */
export const onParcelReturned = defineConsumer('on-parcel-returned', parcelReturned, (tx: OrdersTx, { payload }) => withPart(tx, payload, 'parcelReturned', (change, part) => {
  each(change, part, payload, (line, quantity) => { line.shipped = Math.max(line.delivered, line.shipped - quantity); });
  const takenOff = (line: OrderLineRow): number => piecesOf(payload.lines, line.id);
  change.lose(part, part.status, { takenOff, shipped: true, because: { ...system, reason: payload.reason } });
}, payload.reason));

interface FoundPart {
  readonly whole: WholeOrder;
  readonly part: VendorOrderRow;
}

interface PartNews {
  readonly kind: string;
  readonly reason?: string | null;
}

async function withPart(tx: OrdersTx, { vendorOrderId }: ParcelState, kind: string, work: (change: OrderChange, part: VendorOrderRow) => void, reason?: string): Promise<void> {
  const found = await lockedPart(tx, vendorOrderId);
  if (found) await changePart(tx, found, { kind, reason }, work);
}

async function changePart(tx: OrdersTx, { whole, part }: FoundPart, { kind, reason = null }: PartNews, work: (change: OrderChange, part: VendorOrderRow) => void): Promise<void> {
  await changeOrder(tx, whole, (change) => {
    change.touched.add(part);
    change.note({ kind, vendorOrderId: part.id, reason });
    work(change, part);
    const name = moveOfPieces(part.status, change.piecesOf(part));
    if (name) change.move(part, name, { ...system, reason });
    if (part.status === 'DELIVERED') part.completesAt ??= new Date(tx.clock.now().getTime() + tx.config.RETURN_WINDOW_DAYS * dayMs);
  });
}

function each({ whole }: OrderChange, { id }: VendorOrderRow, { lines }: ParcelState, work: (line: OrderLineRow, quantity: number) => void): void {
  for (const { orderLineId, quantity } of lines) {
    const line = whole.lines.find((one) => one.id === orderLineId && one.vendorOrderId === id);
    if (line) work(line, quantity);
  }
}
