import type { ShippingContext, ShippingTx } from '../context.js';
import { claimDeparture, claimedNews, type Claim } from '../shipment/claim-departure.js';
import { lockedParcel } from '../shipment/locked-parcels.js';
import { moveParcel } from '../shipment/move-parcel.js';
import { mayGet } from '../shipment/parcel-state.js';
import { ParcelRow, ShipmentRow } from '../shipment/shipment.row.js';
import { CarrierAccountRow } from './carrier-account.row.js';
import { carrierOf } from './carrier-of.js';
import type { ConsignmentState } from './carrier.js';

/** Asks a carrier how a parcel is of which nothing was heard for `CARRIER_POLL_HOURS`: its callback may be lost. Asked between two transactions. */
export async function followParcel(ctx: ShippingContext, id: string): Promise<void> {
  const claimed = await ctx.transaction((tx) => claim(tx, id));
  if (!claimed) return;
  try {
    const state = await (await carrierOf(ctx, claimed.account)).read(claimed.trackingId);
    const claim = await claimOf(ctx, id, state);
    await ctx.transaction((tx) => takeUp(tx, id, state, claim));
  } catch (error) {
    ctx.log.warn({ err: error, parcel: id }, 'A carrier could not be asked how a parcel is.');
  }
}

/** The next time is set before it is asked: nobody else asks meanwhile. */
async function claim(tx: ShippingTx, id: string): Promise<{ account: CarrierAccountRow; trackingId: string } | null> {
  const whole = await lockedParcel(tx, id);
  const now = tx.clock.now();
  if (whole?.parcel.booking !== 'BOOKED' || whole.parcel.dueAt === null || whole.parcel.dueAt > now || whole.parcel.trackingId === null) return null;
  const shipment = await tx.db.findOneByOrFail(ShipmentRow, { tenantId: tx.tenant.id, id: whole.parcel.shipmentId });
  const account = shipment.accountId === null ? null : await tx.db.findOneBy(CarrierAccountRow, { tenantId: tx.tenant.id, id: shipment.accountId });
  await tx.db.save(Object.assign(whole.parcel, { dueAt: new Date(now.getTime() + tx.config.CARRIER_POLL_HOURS * 3_600_000) }));
  return account && { account, trackingId: whole.parcel.trackingId };
}

async function claimOf(ctx: ShippingContext, id: string, { state, parcelId }: ConsignmentState): Promise<Claim> {
  const parcel = parcelId === id ? await ctx.db.findOneBy(ParcelRow, { tenantId: ctx.tenant.id, id }) : null;
  return parcel && claimDeparture(ctx, parcel, { to: state, at: ctx.clock.now() });
}

/** What is handed over whole was paid for whole: a carrier that took less says that a part was handed over. */
async function takeUp(tx: ShippingTx, id: string, { state, parcelId }: ConsignmentState, claim: Claim): Promise<void> {
  const whole = await lockedParcel(tx, id);
  if (!whole || state === null || parcelId !== id || !mayGet(whole.parcel.status, state, { wasSent: whole.parcel.shippedAt !== null })) return;
  const cashMinor = state === 'DELIVERED' && whole.parcel.amountToCollectMinor > 0 ? whole.parcel.amountToCollectMinor : null;
  await moveParcel(tx, whole, claimedNews(claim, { to: state, kind: 'asked', at: tx.clock.now(), cashMinor }));
}
