import { roundDiv } from '@haat/kit/round-div';
import type { OrderLineRow, VendorOrderRow } from './order.row.js';

/** Pieces of one line that will not be sent, or came back, with what was paid for them in minor units. */
export interface CancelledPieces {
  readonly orderLineId: string;
  readonly cartLineId: string;
  readonly offerId: string;
  readonly quantity: number;
  readonly amountMinor: number;
}

/** What a part loses: its pieces, and what the buyer gets back for them with the delivery where nothing is left. */
export interface CancelledPart {
  readonly cancelled: readonly CancelledPieces[];
  readonly amountMinor: number;
}

/** How many pieces of a line are taken off, at most those that were not cancelled yet. */
export type TakenOff = (line: OrderLineRow) => number;

/**
 * Takes pieces off a part and counts them cancelled. Of a line that loses its pieces in several goes, the amounts come to its
 * total in the end, to the unit; with the last piece of the part goes whatever is left of its total, the delivery above all.
 */
export function cancelPieces(part: VendorOrderRow, lines: readonly OrderLineRow[], takenOff: TakenOff): CancelledPart {
  const cancelled = lines.flatMap((line) => piecesOf(line, Math.min(takenOff(line), line.quantity - line.cancelled)));
  const isEmpty = lines.every((line) => line.cancelled === line.quantity);
  const amountMinor = isEmpty ? part.totals.totalMinor - part.cancelledMinor : cancelled.reduce((sum, pieces) => sum + pieces.amountMinor, 0);
  part.cancelledMinor += amountMinor;
  return { cancelled, amountMinor };
}

function piecesOf(line: OrderLineRow, quantity: number): CancelledPieces[] {
  if (quantity <= 0) return [];
  // Rounded as payments rounds the pieces of a refund.
  const worth = (pieces: number): number => roundDiv(BigInt(line.totalMinor) * BigInt(pieces), line.quantity);
  const amountMinor = worth(line.cancelled + quantity) - worth(line.cancelled);
  line.cancelled += quantity;
  return [{ orderLineId: line.id, cartLineId: line.cartLineId, offerId: line.offerId, quantity, amountMinor }];
}
