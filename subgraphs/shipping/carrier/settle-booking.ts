import { parsed } from '@haat/kit/input';
import { idText, lineOf } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { ShippingContext, ShippingTx } from '../context.js';
import { maySend } from '../may.js';
import { trackingUrlOf } from '../pathao/pathao-carrier.js';
import { lockedParcel } from '../shipment/locked-parcels.js';
import type { WholeParcel } from '../shipment/say-parcel.js';
import { ParcelRow, ShipmentRow } from '../shipment/shipment.row.js';
import { Shipment } from '../shipment/shipment.type.js';
import { CarrierBusy, CarrierRefusal, CarrierSilent } from './carrier.js';
import { CarrierAccountRow } from './carrier-account.row.js';
import { bookParcel, recordConsignment } from './book-parcel.js';
import { carrierOf } from './carrier-of.js';
import { CarrierRefused } from './connect-carrier.js';

/** Whether a carrier has a parcel. */
@InputType({ description: 'Whether a carrier has a parcel that it was asked for and did not answer.' })
export class SettleBookingInput {
  @Field(() => ID, { description: 'The parcel of which nobody knows whether it was taken.' }) parcelId: string;
  @Field(() => String, { nullable: true, description: 'The carrier\'s number of it; left out where the carrier does not have it, and is to be asked again.' }) trackingId?: string | null;
}

/** Nothing is uncertain of it. */
@ObjectType({ implements: Problem, description: 'Nothing is uncertain of the parcel: it was booked, refused, or is being asked for.' })
export class BookingNotUncertain extends Problem {}

/** The shipment, or why not. */
export const SettleBookingResult = resultOf('SettleBookingResult', 'The shipment as it is now, or why nothing was settled.', [Shipment, BookingNotUncertain, CarrierRefused]);

const rules = z.object({ parcelId: idText, trackingId: lineOf(64).nullish() });

/** Settles a booking that nobody answered: the carrier has it by this number, which is looked up there, or does not have it and is asked again. Answers the shipment's id. */
export async function settleBooking(ctx: ShippingContext, input: SettleBookingInput): Promise<string | BookingNotUncertain | CarrierRefused> {
  const { parcelId, trackingId } = parsed(rules, input);
  const { parcel, shipment, account } = await uncertainParcel(ctx, parcelId);
  if (parcel.booking !== 'UNCERTAIN' || !account) return Object.assign(new BookingNotUncertain(), { message: 'Nothing is uncertain of this parcel.' });
  if (!trackingId) {
    await ctx.transaction(async (tx) => {
      const whole = await stillUncertain(tx, parcelId);
      if (whole) await tx.db.save(Object.assign(whole.parcel, { booking: 'WAITING', dueAt: tx.clock.now() }));
    });
    await bookParcel(ctx, parcelId);
    return shipment.id;
  }
  try {
    const state = await (await carrierOf(ctx, account)).read(trackingId);
    if (state.parcelId !== parcelId) return CarrierRefused.of('The carrier has something else by this number.', []);
  } catch (error) {
    if (error instanceof CarrierRefusal || error instanceof CarrierBusy || error instanceof CarrierSilent) return CarrierRefused.of('The carrier could not be asked for this number.', [error.message]);
    throw error;
  }
  await ctx.transaction((tx) => recordConsignment(tx, parcelId, { trackingId, trackingUrl: trackingUrlOf(trackingId), feeMinor: null }));
  return shipment.id;
}

async function uncertainParcel(ctx: ShippingContext, id: string): Promise<{ parcel: ParcelRow; shipment: ShipmentRow; account: CarrierAccountRow | null }> {
  const parcel = await ctx.db.findOneBy(ParcelRow, { tenantId: ctx.tenant.id, id });
  const shipment = parcel && (await ctx.db.findOneBy(ShipmentRow, { tenantId: ctx.tenant.id, id: parcel.shipmentId }));
  if (!shipment || !maySend(ctx.viewer, shipment.vendorId)) throw notFound('parcel');
  const account = shipment.accountId === null ? null : await ctx.db.findOneBy(CarrierAccountRow, { tenantId: ctx.tenant.id, id: shipment.accountId });
  return { parcel, shipment, account };
}

async function stillUncertain(tx: ShippingTx, id: string): Promise<WholeParcel | null> {
  const whole = await lockedParcel(tx, id);
  return whole?.parcel.booking === 'UNCERTAIN' ? whole : null;
}
