import type { OrderLineRow } from './order.row.js';
import type { VendorOrderState } from './vendor-order-state.js';

/** Pieces of one line in a parcel. */
export interface PackedPieces {
  readonly orderLineId: string;
  readonly quantity: number;
}

/** What decides whether pieces of a part may leave: its lines, each with its id. */
export interface DepartingPart {
  readonly status: VendorOrderState;
  readonly lines: readonly Pick<OrderLineRow, 'id' | 'quantity' | 'cancelled'>[];
}

/** States in which nothing of a part may leave: it is not paid for, or not any more. */
const unpaid: readonly VendorOrderState[] = ['PENDING_PAYMENT', 'CANCELLED', 'EXPIRED'];

/**
 * Whether a parcel may leave: none of its pieces was cancelled. Pieces that count as shipped do not stand in the way, since shipping
 * packs none twice; and a parcel may be called off behind the answer that let it go, so that its pieces leave in another.
 */
export function mayDepart({ status, lines }: DepartingPart, packed: readonly PackedPieces[]): boolean {
  return !unpaid.includes(status) && packed.every(({ orderLineId }) => {
    const line = lines.find(({ id }) => id === orderLineId);
    return line !== undefined && piecesOf(packed, orderLineId) <= line.quantity - line.cancelled;
  });
}

/** How many pieces of a line are in a parcel. */
export function piecesOf(packed: readonly PackedPieces[], lineId: string): number {
  return packed.filter(({ orderLineId }) => orderLineId === lineId).reduce((sum, { quantity }) => sum + quantity, 0);
}
