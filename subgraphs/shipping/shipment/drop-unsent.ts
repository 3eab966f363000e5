import type { ShippingTx } from '../context.js';
import type { VendorOrderFact } from '../order/vendor-order-fact.row.js';
import { lockedParcel, parcelsOfPart } from './locked-parcels.js';
import { moveParcel } from './move-parcel.js';
import { isHere } from './parcel-state.js';
import type { ParcelRow } from './shipment.row.js';

/** Cancels parcels that are still with the vendor, the newest first, until none holds a piece that was cancelled. What a carrier was asked to fetch is to be withdrawn there by hand: the note says so. */
export async function dropUnsent(tx: ShippingTx, fact: VendorOrderFact, reason: string): Promise<void> {
  const parcels = await parcelsOfPart(tx, fact.id);
  const kept = new Map(fact.lines.map(({ orderLineId, quantity, cancelled }) => [orderLineId, quantity - Math.max(fact.withdrawn[orderLineId] ?? 0, Math.min(cancelled, quantity) - cameBack(parcels, orderLineId))]));
  const live = parcels.filter(({ status }) => status !== 'CANCELLED');
  for (const parcel of live.filter(({ status, shippedAt }) => isHere(status, { wasSent: shippedAt !== null })).reverse()) {
    const isTooMuch = parcel.lines.some(({ orderLineId }) => held(live, orderLineId) > (kept.get(orderLineId) ?? 0));
    if (!isTooMuch) continue;
    const whole = await lockedParcel(tx, parcel.id);
    if (!whole) continue;
    const words = parcel.booking === 'BOOKED' ? `${reason} Withdraw ${parcel.trackingId} at the carrier.`.trim() : reason;
    Object.assign(whole.parcel, { dueAt: null });
    await moveParcel(tx, whole, { to: 'CANCELLED', kind: 'cancelled', note: words, at: tx.clock.now() });
    live.splice(live.indexOf(parcel), 1);
  }
}

function held(parcels: readonly ParcelRow[], id: string): number {
  return parcels.flatMap(({ lines }) => lines).filter(({ orderLineId }) => orderLineId === id).reduce((sum, { quantity }) => sum + quantity, 0);
}

function cameBack(parcels: readonly ParcelRow[], id: string): number {
  return held(parcels.filter(({ status }) => status === 'RETURNED'), id);
}
