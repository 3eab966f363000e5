import { allocate } from '@haat/kit/allocate';
import { roundDiv } from '@haat/kit/round-div';
import type { LineRow, ShareRow } from '../payment/payment.row.js';
import type { RefundLine, RefundShare } from './refund.row.js';

/** Pieces of a line whose money shall go back. */
export interface WantedLine {
  readonly orderLineId: string;
  readonly quantity: number;
  readonly restock: boolean;
}

/** What is left of a share to be refunded. */
export type ShareLeft = Pick<ShareRow, 'id' | 'vendorId' | 'capturedMinor' | 'refundReservedMinor'>;

/** What a line gives back for some of its pieces: rounded over all pieces that went back so far, so that all of them give the whole line. */
export function amountOfPieces({ totalMinor, quantity, refundedQuantity, refundedMinor }: Pick<LineRow, 'totalMinor' | 'quantity' | 'refundedQuantity' | 'refundedMinor'>, pieces: number): number {
  const soFar = roundDiv(BigInt(totalMinor) * BigInt(refundedQuantity + pieces), quantity);
  return Math.max(0, Math.min(soFar - refundedMinor, totalMinor - refundedMinor));
}

/** The lines of a refund, or null where more pieces are wanted than a line has left. */
export function refundLines(lines: readonly LineRow[], wanted: readonly WantedLine[]): RefundLine[] | null {
  const parts = wanted.map(({ orderLineId, quantity, restock }) => {
    const line = lines.find(({ id }) => id === orderLineId);
    if (!line || quantity > line.quantity - line.refundedQuantity) return null;
    return { orderLineId, cartLineId: line.cartLineId, offerId: line.offerId, vendorOrderId: line.vendorOrderId, quantity, amountMinor: amountOfPieces(line, quantity), restock };
  });
  return parts.some((part) => part === null) ? null : parts.flatMap((part) => part ?? []);
}

/** What the lines of a refund take of each share, or null where a share has not that much left. */
export function sharesOfLines(shares: readonly ShareLeft[], lines: readonly RefundLine[]): RefundShare[] | null {
  const parts = shares.map((share) => ({ share, amountMinor: lines.filter(({ vendorOrderId }) => vendorOrderId === share.id).reduce((sum, { amountMinor }) => sum + amountMinor, 0) }));
  if (parts.some(({ share, amountMinor }) => amountMinor > leftOf(share))) return null;
  return parts.filter(({ amountMinor }) => amountMinor > 0).map(({ share, amountMinor }) => ({ vendorOrderId: share.id, vendorId: share.vendorId, amountMinor }));
}

/** An amount over the shares, by what each has left; what no share has is of none. */
export function sharesOfAmount(shares: readonly ShareLeft[], amountMinor: number): RefundShare[] {
  const left = shares.map(leftOf);
  const parts = allocate(Math.min(amountMinor, left.reduce((sum, minor) => sum + minor, 0)), left);
  return shares.map((share, at) => ({ vendorOrderId: share.id, vendorId: share.vendorId, amountMinor: parts[at] ?? 0 })).filter((part) => part.amountMinor > 0);
}

/** The first so much of some shares, and the rest of them. */
export function splitShares(shares: readonly RefundShare[], amountMinor: number): readonly [RefundShare[], RefundShare[]] {
  let left = amountMinor;
  const first = shares.map((share) => {
    const taken = Math.min(left, share.amountMinor);
    left -= taken;
    return { ...share, amountMinor: taken };
  });
  const rest = shares.map((share, at) => ({ ...share, amountMinor: share.amountMinor - (first[at]?.amountMinor ?? 0) }));
  return [first.filter((share) => share.amountMinor > 0), rest.filter((share) => share.amountMinor > 0)];
}

/** What of a share was taken and not given back. */
export function leftOf({ capturedMinor, refundReservedMinor }: ShareLeft): number {
  return capturedMinor - refundReservedMinor;
}

/** What of a share may go back for what is cancelled. Of cash, what was collected is first of all for the pieces that stay: for those that were cancelled nobody may have paid. */
export function backOf(share: ShareLeft & Pick<ShareRow, 'amountMinor' | 'cancelledMinor'>, isCash: boolean): number {
  return isCash ? leftOf(share) - (share.amountMinor - share.cancelledMinor) : leftOf(share);
}

/** What of a line of an order was paid, and paid back. */
export interface LinePaid {
  readonly id: string;
  readonly quantity: number;
  readonly refundedQuantity: number;
  readonly totalMinor: number;
  readonly refundedMinor: number;
}

/** Pieces of a line that were cancelled, with what was paid for them. */
export interface CancelledLine {
  readonly orderLineId: string;
  readonly quantity: number;
  readonly amountMinor: number;
}

/** What goes back for cancelled lines, at most `mostMinor`: what of the pieces was not refunded before, and what of the amount is of no line, such as the delivery. */
export function cancelledLeft<L extends CancelledLine>(rows: readonly LinePaid[], { cancelled, amountMinor }: { readonly cancelled: readonly L[]; readonly amountMinor: number }, mostMinor: number): { readonly amountMinor: number; readonly lines: L[] } {
  const ofNoLine = Math.max(0, amountMinor - sumOf(cancelled));
  const left = Math.min(sumOf(linesLeft(rows, cancelled, Infinity)) + ofNoLine, Math.max(0, mostMinor));
  return { amountMinor: left, lines: linesLeft(rows, cancelled, left) };
}

function sumOf(lines: readonly CancelledLine[]): number {
  return lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** Cancelled lines as far as they were not refunded before, within the amount. */
function linesLeft<L extends CancelledLine>(rows: readonly LinePaid[], cancelled: readonly L[], amountMinor: number): L[] {
  let left = amountMinor;
  return cancelled.flatMap((line) => {
    const row = rows.find(({ id }) => id === line.orderLineId);
    const quantity = row ? Math.min(line.quantity, row.quantity - row.refundedQuantity) : 0;
    if (!row || quantity === 0) return [];
    // Not as the order rounded it: some pieces may have gone back before, and the last of them takes all that is left.
    const ofLine = Math.min(amountOfPieces(row, quantity), left);
    left -= ofLine;
    return [{ ...line, quantity, amountMinor: ofLine }];
  });
}
