import { allocate } from '@haat/kit/allocate';
import type { LineFact } from '../order/vendor-order-fact.row.js';
import type { ParcelState } from './parcel-state.js';
import type { Pieces } from './shipment.row.js';

/** A parcel that is there, as far as it counts for another. */
export interface SentParcel {
  readonly status: ParcelState;
  readonly lines: readonly Pieces[];
  readonly amountToCollectMinor: number;
}

/** What may be sent of a part is decided by this. */
export interface PartToSend {
  readonly lines: readonly LineFact[];
  /** Pieces that were cancelled before they were sent, by order line. */
  readonly withdrawn: Readonly<Record<string, number>>;
  readonly withdrawnMinor: number;
  readonly amountToCollectMinor: number;
  /** All that were made for it, whatever became of them. */
  readonly parcels: readonly SentParcel[];
}

/** Pieces that nobody sent or cancelled yet, by order line; lines without any are left out. Pieces that came back are not sent again by the same order. */
export function piecesLeft({ lines, withdrawn, parcels }: PartToSend): Map<string, number> {
  const sum = (wanted: (status: ParcelState) => boolean, id: string): number =>
    parcels.filter(({ status }) => wanted(status)).flatMap((parcel) => parcel.lines).filter(({ orderLineId }) => orderLineId === id).reduce((total, { quantity }) => total + quantity, 0);
  return new Map(lines.flatMap(({ orderLineId, quantity, cancelled }) => {
    const taken = sum((status) => status !== 'CANCELLED', orderLineId);
    const cameBack = sum((status) => status === 'RETURNED', orderLineId);
    // What orders counts as cancelled holds what came back; of the two ways to know what was cancelled unsent, the greater counts.
    const gone = Math.max(withdrawn[orderLineId] ?? 0, cancelled - cameBack);
    const left = quantity - gone - taken;
    return left > 0 ? [[orderLineId, left] as const] : [];
  }));
}

/**
 * What each new parcel collects at the door, in minor units: its share, by the worth of its goods, of what is to be collected of the
 * part and no parcel collects yet. Whichever parcel goes last takes the rest, so that all come to the whole to the unit.
 */
export function amountsToCollect(part: PartToSend, parcels: readonly (readonly Pieces[])[]): number[] {
  const assigned = part.parcels.filter(({ status }) => status !== 'CANCELLED').reduce((sum, { amountToCollectMinor }) => sum + amountToCollectMinor, 0);
  const open = Math.max(0, part.amountToCollectMinor - part.withdrawnMinor - assigned);
  const left = piecesLeft(part);
  const worth = parcels.map((lines) => worthOf(part.lines, lines));
  const rest = [...left].map(([orderLineId, quantity]) => ({ orderLineId, quantity: quantity - quantityIn(parcels, orderLineId) })).filter(({ quantity }) => quantity > 0);
  if (part.amountToCollectMinor === 0) return parcels.map(() => 0);
  const weights = [...worth, worthOf(part.lines, rest)];
  // Goods that cost nothing share by the parcel; what is left for later keeps a share only while there is something left.
  const even = weights.every((weight) => weight === 0);
  return allocate(open, even ? weights.map((_, at) => (at < parcels.length || rest.length > 0 ? 1 : 0)) : weights).slice(0, parcels.length);
}

function worthOf(lines: readonly LineFact[], pieces: readonly Pieces[]): number {
  return pieces.reduce((sum, { orderLineId, quantity }) => {
    const line = lines.find((one) => one.orderLineId === orderLineId);
    return sum + (line ? Math.floor((line.totalMinor * quantity) / line.quantity) : 0);
  }, 0);
}

function quantityIn(parcels: readonly (readonly Pieces[])[], id: string): number {
  return parcels.flat().filter(({ orderLineId }) => orderLineId === id).reduce((sum, { quantity }) => sum + quantity, 0);
}
