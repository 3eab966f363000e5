import { newId } from '@haat/kit/id';
import type { ShippingTx } from '../context.js';
import { mayGet, sentStates, type ParcelState } from './parcel-state.js';
import { sayCash, sayParcel, sayTrouble, type WholeParcel } from './say-parcel.js';
import { TrackingEventRow, type ParcelRow, type Pieces } from './shipment.row.js';

/** Something that was heard of a parcel. */
export interface ParcelNews {
  /** Where it is by this; null where it says nothing of that. */
  readonly to: ParcelState | null;
  /** Ours, or the carrier's name of it. */
  readonly kind: string;
  readonly note?: string | null;
  readonly at: Date;
  /** Cash that was taken at the door, in minor units; null where none was told of. */
  readonly cashMinor?: number | null;
  /** Which pieces were handed over, where that was not all. */
  readonly handedOver?: readonly Pieces[] | null;
  /** Orders let it leave. A parcel that is still with its vendor does not leave without. */
  readonly mayLeave?: boolean;
}

/** States that count however late somebody hears of them. */
const lasting: readonly ParcelState[] = ['DELIVERED', 'PARTIALLY_DELIVERED', 'RETURNED', 'LOST', 'DAMAGED'];

/** States in which a carrier has nothing more to tell. */
const over: readonly ParcelState[] = ['DELIVERED', 'PARTIALLY_DELIVERED', 'RETURNED', 'CANCELLED', 'LOST', 'DAMAGED'];

/**
 * Takes up what was heard of a parcel whose order is locked: it is always noted; the parcel moves where there is such a way and it is
 * no older than what moved it last. What follows for others is said in the same commit. True where it moved.
 */
export async function moveParcel(tx: ShippingTx, whole: WholeParcel, news: ParcelNews): Promise<boolean> {
  const { parcel } = whole;
  const { to, at } = news;
  await note(tx, parcel, news);
  const moves = movesBy(parcel, news) && (news.mayLeave === true || !leaves(parcel, news));
  if (moves && to !== null) Object.assign(parcel, { status: to, heardAt: at, handedOver: news.handedOver ?? parcel.handedOver, isDamaged: parcel.isDamaged || to === 'DAMAGED', dueAt: askedNext(tx, parcel, to) });
  const wasSent = parcel.shippedAt !== null;
  if (moves && !wasSent && to !== null && sentStates.includes(to)) parcel.shippedAt = at;
  const cash = cashOf(parcel, news);
  if (cash !== null) parcel.cashTakenAt = at;
  if (!moves && cash === null) return false;
  await tx.db.save(Object.assign(parcel, { version: parcel.version + 1 }));
  if (moves && !wasSent && parcel.shippedAt !== null) await sayParcel(tx, whole, 'shipped');
  if (moves) await sayMove(tx, whole, news);
  if (cash !== null && cash > 0) await sayCash(tx, whole, cash);
  return moves;
}

/** Whether news take a parcel away that is still with its vendor. */
export function leaves(parcel: ParcelRow, news: Pick<ParcelNews, 'to' | 'at'>): boolean {
  return parcel.shippedAt === null && news.to !== null && sentStates.includes(news.to) && movesBy(parcel, news);
}

function movesBy(parcel: ParcelRow, { to, at }: Pick<ParcelNews, 'to' | 'at'>): boolean {
  if (to === null || to === parcel.status) return false;
  const isLate = !lasting.includes(to) && parcel.heardAt !== null && at < parcel.heardAt;
  // Nobody knows yet what of it comes back.
  const isUnknown = to === 'RETURNED' && parcel.status === 'PARTIALLY_DELIVERED' && parcel.handedOver === null;
  return !isLate && !isUnknown && mayGet(parcel.status, to, { wasSent: parcel.shippedAt !== null });
}

/** When its carrier is asked how it is, unless it tells before: never for what the vendor carries, nor once nothing more can come of it. */
function askedNext(tx: ShippingTx, { booking }: ParcelRow, to: ParcelState): Date | null {
  return booking !== 'BOOKED' || over.includes(to) ? null : new Date(tx.clock.now().getTime() + tx.config.CARRIER_POLL_HOURS * 3_600_000);
}

/** Notes something of a parcel that moves nothing. */
export async function note(tx: ShippingTx, { id, shipmentId }: ParcelRow, { to, kind, note: words, at }: ParcelNews): Promise<void> {
  await tx.db.insert(TrackingEventRow, { tenantId: tx.tenant.id, id: newId('trk', tx.clock.now()), version: 1, shipmentId, parcelId: id, status: to, kind, note: words ?? null, happenedAt: at });
}

/** Cash is taken once for a parcel, by news of where it is: whether they move it, or somebody told that before. */
function cashOf({ cashTakenAt, status, handedOver }: ParcelRow, { to, cashMinor }: ParcelNews): number | null {
  const isThere = to === status || (to === 'PARTIALLY_DELIVERED' && handedOver !== null);
  return cashTakenAt === null && isThere ? (cashMinor ?? null) : null;
}

/** Why, where nobody said: the buyer reads it with the money that goes back, and a carrier's name of an event tells them nothing. */
const reasons: Partial<Record<ParcelState, string>> = {
  PARTIALLY_DELIVERED: 'Not all of it was handed over.', DELIVERY_FAILED: 'It could not be handed over.', LOST: 'It was lost on its way.', DAMAGED: 'It was damaged on its way.', RETURNED: 'It came back.',
};

async function sayMove(tx: ShippingTx, whole: WholeParcel, { to, kind, note: words, handedOver }: ParcelNews): Promise<void> {
  const { parcel } = whole;
  const reason = words ?? (to && reasons[to]) ?? kind;
  if (to === 'LABELLED') await sayParcel(tx, whole, 'labelled');
  if (to === 'DELIVERED') await sayParcel(tx, whole, 'delivered');
  if (to === 'PARTIALLY_DELIVERED') await (handedOver && handedOver.length > 0 ? sayParcel(tx, whole, 'delivered', handedOver) : sayTrouble(tx, whole, 'failed', reason));
  if (to === 'DELIVERY_FAILED' || to === 'LOST' || to === 'DAMAGED') await sayTrouble(tx, whole, 'failed', reason);
  if (to === 'RETURNED') await sayTrouble(tx, whole, 'returned', reason, notHandedOver(parcel));
}

/** What of a parcel comes back. */
export function notHandedOver({ lines, handedOver }: Pick<ParcelRow, 'lines' | 'handedOver'>): Pieces[] {
  return lines.flatMap(({ orderLineId, quantity }) => {
    const kept = (handedOver ?? []).find((one) => one.orderLineId === orderLineId)?.quantity ?? 0;
    return quantity > kept ? [{ orderLineId, quantity: quantity - kept }] : [];
  });
}
