import type { ContactFacts, PostalAddress } from '@haat/schema/parts';
import type { ShippingContext, ShippingTx } from '../context.js';
import { requestLabel } from '../label/request-label.js';
import type { VendorOrderFact } from '../order/vendor-order-fact.row.js';
import { lockedParcel } from '../shipment/locked-parcels.js';
import { moveParcel, note } from '../shipment/move-parcel.js';
import type { WholeParcel } from '../shipment/say-parcel.js';
import type { ParcelRow } from '../shipment/shipment.row.js';
import { CarrierBusy, CarrierRefusal, type Consignment, type ParcelToCarry } from './carrier.js';
import { CarrierAccountRow } from './carrier-account.row.js';
import { carrierOf } from './carrier-of.js';

/** How long the one who asks has for it, in seconds: longer than all its calls together. */
const claimSeconds = 180;
/** When a parcel whose part is held back is looked at again, in seconds. */
const heldSeconds = 300;
/** How often a carrier that cannot be reached is tried, and the longest pause between, in seconds. */
const [triesMax, pauseSecondsMax] = [12, 600];

/** Who gets a parcel. */
export interface SealedAddress {
  readonly address: PostalAddress;
  readonly contact: ContactFacts | null;
}

/**
 * Has a carrier fetch a parcel. It is asked between two transactions, and once: a parcel of which nobody knows whether it was taken is
 * not asked for again before somebody does ({@link settleBooking}), so that none is fetched twice.
 */
export async function bookParcel(ctx: ShippingContext, id: string): Promise<void> {
  const claimed = await ctx.transaction((tx) => claim(tx, id));
  if (!claimed) return;
  try {
    const carrier = await carrierOf(ctx, claimed.account);
    const consignment = await carrier.book(toCarry(claimed.whole, await addressOf(ctx, claimed.whole.fact)));
    await ctx.transaction((tx) => recordConsignment(tx, id, consignment));
  } catch (error) {
    ctx.log.warn({ err: error, parcel: id }, 'A parcel could not be booked.');
    await ctx.transaction((tx) => recordFailure(tx, id, error));
  }
}

/** Who gets what is sent; refuses where it is not known any more. */
export async function addressOf(ctx: Pick<ShippingContext, 'tenant' | 'unseal'>, { sealedAddress }: VendorOrderFact): Promise<SealedAddress> {
  if (sealedAddress === null) throw new CarrierRefusal(['The order is over.']);
  return (await ctx.unseal({ tenantId: ctx.tenant.id, purpose: 'order-address' }, sealedAddress)) as SealedAddress;
}

async function claim(tx: ShippingTx, id: string): Promise<{ whole: WholeParcel; account: CarrierAccountRow } | null> {
  const whole = await lockedParcel(tx, id);
  const now = tx.clock.now();
  if (!whole?.parcel.dueAt || whole.parcel.dueAt > now) return null;
  const { fact, parcel, shipment } = whole;
  if (parcel.booking === 'WAITING' && fact.status === 'ON_HOLD') {
    await tx.db.save(Object.assign(parcel, { dueAt: later(now, heldSeconds) }));
    return null;
  }
  if (parcel.booking === 'ASKED') {
    // Whoever asked did not come back: it may have been taken.
    await leaveUncertain(tx, parcel);
    return null;
  }
  const account = parcel.booking === 'WAITING' && shipment.accountId !== null ? await tx.db.findOneBy(CarrierAccountRow, { tenantId: tx.tenant.id, id: shipment.accountId }) : null;
  if (!account) return null;
  await tx.db.save(Object.assign(parcel, { booking: 'ASKED', bookingTries: parcel.bookingTries + 1, dueAt: later(now, claimSeconds) }));
  return { whole, account };
}

/** Writes down what the carrier took, told by its answer or by its news, whichever comes first. */
export async function recordConsignment(tx: ShippingTx, id: string, { trackingId, trackingUrl, feeMinor }: Consignment): Promise<void> {
  const whole = await lockedParcel(tx, id);
  if (!whole) return;
  const { parcel } = whole;
  const at = tx.clock.now();
  if (parcel.trackingId !== null) {
    if (parcel.trackingId !== trackingId) await note(tx, parcel, { to: null, kind: 'second-consignment', note: `The carrier has ${trackingId} as well. Withdraw it there.`, at });
    return;
  }
  Object.assign(parcel, { booking: 'BOOKED', trackingId, trackingUrl, feeMinor, dueAt: null });
  if (parcel.status !== 'DRAFT') {
    await tx.db.save(Object.assign(parcel, { version: parcel.version + 1 }));
    return note(tx, parcel, { to: null, kind: 'booked', note: parcel.status === 'CANCELLED' ? `Withdraw ${trackingId} at the carrier.` : null, at });
  }
  await moveParcel(tx, whole, { to: 'BOOKED', kind: 'booked', at });
  await requestLabel(tx, whole.shipment.id);
}

async function recordFailure(tx: ShippingTx, id: string, error: unknown): Promise<void> {
  const whole = await lockedParcel(tx, id);
  if (whole?.parcel.booking !== 'ASKED') return;
  const { parcel } = whole;
  const isOver = parcel.bookingTries >= triesMax;
  if (error instanceof CarrierBusy && !isOver) {
    await tx.db.save(Object.assign(parcel, { booking: 'WAITING', dueAt: later(tx.clock.now(), Math.min(2 ** parcel.bookingTries, pauseSecondsMax)) }));
    return;
  }
  if (!(error instanceof CarrierRefusal) && !(error instanceof CarrierBusy)) return leaveUncertain(tx, parcel);
  const reasons = error instanceof CarrierRefusal ? error.reasons : ['The carrier could not be reached.'];
  Object.assign(parcel, { booking: 'REFUSED', refusals: reasons, dueAt: null });
  await moveParcel(tx, whole, { to: 'CANCELLED', kind: 'refused', note: reasons.join(' '), at: tx.clock.now() });
  await requestLabel(tx, whole.shipment.id);
}

async function leaveUncertain(tx: ShippingTx, parcel: ParcelRow): Promise<void> {
  await tx.db.save(Object.assign(parcel, { booking: 'UNCERTAIN', dueAt: null }));
  await note(tx, parcel, { to: null, kind: 'booking-uncertain', note: 'The carrier did not answer. Look whether it has the parcel, and say so with settleBooking; its news say it as well.', at: tx.clock.now() });
}

function toCarry({ fact, parcel }: WholeParcel, { address, contact }: SealedAddress): ParcelToCarry {
  const titles = parcel.lines.map(({ orderLineId, quantity }) => `${quantity} x ${fact.lines.find((line) => line.orderLineId === orderLineId)?.title ?? ''}`);
  const parts = [address.company, address.line1, address.line2, address.district, [address.city, address.postalCode].filter(Boolean).join(' '), address.region];
  return {
    parcelId: parcel.id, weightGrams: parcel.weightGrams, amountToCollectMinor: parcel.amountToCollectMinor, currency: fact.currency,
    recipient: { name: address.name ?? contact?.name ?? '', phone: address.phone ?? contact?.phone ?? '', address: parts.filter(Boolean).join(', ') },
    pieces: parcel.lines.reduce((sum, { quantity }) => sum + quantity, 0), description: titles.join(', '),
  };
}

function later(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1_000);
}
