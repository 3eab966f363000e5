import { Allow, Public } from '@haat/kit/access';
import { parsed } from '@haat/kit/input';
import { idempotencyKeyText, idText } from '@haat/kit/limits';
import { notFound } from '@haat/kit/refusal';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { z } from 'zod';
import { bookParcel } from '../carrier/book-parcel.js';
import { carriers } from '../carrier/carrier.js';
import { CarrierRefused } from '../carrier/connect-carrier.js';
import type { ShippingContext } from '../context.js';
import { Label } from '../label/label-link.js';
import { maySend } from '../may.js';
import type { VendorOrderFact } from '../order/vendor-order-fact.row.js';
import { VendorOrder } from '../order/vendor-order.type.js';
import { findShipment } from './find-shipments.js';
import { hearAcceptance } from './hear-acceptance.js';
import { rolledUp } from './parcel-state.js';
import { CancelShipmentInput, CancelShipmentResult, cancelShipment, RecordTrackingInput, RecordTrackingResult, recordTracking } from './record-tracking.js';
import { beginShipment, type Begun } from './ship-vendor-order.js';
import { LeftToShip, NothingToShip, ShipVendorOrderInput, ShipVendorOrderResult } from './ship-vendor-order.type.js';
import { NothingToShipReason, ShipmentStatus } from './shipment-enums.js';
import type { ParcelRow } from './shipment.row.js';
import { Parcel, Shipment, ShipmentLine, TrackingEvent } from './shipment.type.js';

const pieces = z.array(z.object({ orderLineId: idText, quantity: z.int().min(1).max(1_000_000) })).min(1, 'expected at least one line').max(250).nullish().transform((lines) => lines ?? null);
const gramsMax = 25_000_000;
const rules = z.object({
  vendorOrderId: idText, lines: pieces, carrier: z.enum(carriers, `expected one of ${carriers.join(', ')}`).nullish().transform((carrier) => carrier ?? ('own' as const)), idempotencyKey: idempotencyKeyText,
  parcels: z.array(z.object({ weightGrams: z.int().min(1).max(gramsMax).nullish().transform((grams) => grams ?? null), lines: pieces })).max(20, 'expected at most 20 boxes').nullish().transform((boxes) => boxes ?? []),
});

/** What was sent of a vendor's part. */
@Resolver(() => VendorOrder)
export class VendorOrderResolver {
  @FieldResolver(() => [Shipment], { nullable: true, description: 'What was sent of this part, oldest first; parcels that are being packed as well.' })
  async shipments(@Root() { id }: VendorOrder, @Ctx() ctx: ShippingContext): Promise<Shipment[]> {
    return (await ctx.loaders.shipmentsByPart.load(id)).map(Shipment.of);
  }
}

/** Shipments as senders and buyers see them. */
@Resolver(() => Shipment)
export class ShipmentResolver {
  @Public()
  @Query(() => Shipment, { nullable: true, description: 'One shipment: for its vendor\'s people, its buyer and operators.' })
  shipment(@Ctx() ctx: ShippingContext, @Arg('id', () => ID, { description: 'Which one; its id begins with shp_.' }) id: string) {
    return findShipment(ctx, id);
  }

  @FieldResolver(() => VendorOrder, { nullable: true, description: 'The part of an order that it is sent of.' })
  vendorOrder(@Root() { row }: Shipment): VendorOrder {
    return VendorOrder.of({ id: row.vendorOrderId });
  }

  @FieldResolver(() => ShipmentStatus, { description: 'Where it is, rolled up from its parcels.' })
  async status(@Root() { id }: Shipment, @Ctx() ctx: ShippingContext) {
    return ShipmentStatus[rolledUp((await ctx.loaders.parcelsByShipment.load(id)).map(({ status }) => status))];
  }

  @FieldResolver(() => String, { nullable: true, description: 'The carrier\'s number of its first parcel; each parcel has its own.' })
  async trackingId(@Root() { id }: Shipment, @Ctx() ctx: ShippingContext) {
    return (await first(ctx, id))?.trackingId ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Where the first parcel is followed at its carrier.' })
  async trackingUrl(@Root() { id }: Shipment, @Ctx() ctx: ShippingContext) {
    return (await first(ctx, id))?.trackingUrl ?? null;
  }

  @FieldResolver(() => [Parcel], { description: 'Its boxes, in their order.' })
  async parcels(@Root() { id, row }: Shipment, @Ctx() ctx: ShippingContext) {
    const fact = await factOf(ctx, row.vendorOrderId);
    return (await ctx.loaders.parcelsByShipment.load(id)).map((parcel) => Parcel.of(parcel, fact));
  }

  @FieldResolver(() => [ShipmentLine], { description: 'Everything that is in its parcels.' })
  async lines(@Root() { id, row }: Shipment, @Ctx() ctx: ShippingContext) {
    const fact = await factOf(ctx, row.vendorOrderId);
    const groups = Map.groupBy((await ctx.loaders.parcelsByShipment.load(id)).flatMap((parcel) => parcel.lines), ({ orderLineId }) => orderLineId);
    return [...groups].map(([orderLineId, alike]) => ShipmentLine.of({ orderLineId, quantity: alike.reduce((sum, { quantity }) => sum + quantity, 0) }, fact.lines));
  }

  @FieldResolver(() => Label, { nullable: true, description: 'Where its labels are fetched, for those who send it; null until they are made.' })
  async label(@Root() { id, row }: Shipment, @Ctx() ctx: ShippingContext) {
    const label = maySend(ctx.viewer, row.vendorId) ? await ctx.loaders.labelByShipment.load(id) : null;
    return label && Label.of(ctx, label);
  }

  @FieldResolver(() => [TrackingEvent], { description: 'What happened to it, oldest first; what moved no parcel is for its senders.' })
  async events(@Root() { id, row }: Shipment, @Ctx() ctx: ShippingContext) {
    const isSender = maySend(ctx.viewer, row.vendorId);
    return (await ctx.loaders.eventsByShipment.load(id)).filter(({ status }) => isSender || status !== null).map((event) => TrackingEvent.of(event, isSender));
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Mutation(() => ShipVendorOrderResult, { description: 'Packs pieces of a vendor\'s part and has them fetched; their labels are made soon afterwards.' })
  async shipVendorOrder(@Ctx() ctx: ShippingContext, @Arg('input', () => ShipVendorOrderInput) input: ShipVendorOrderInput): Promise<object> {
    const { idempotencyKey: key, ...wish } = parsed(rules, input);
    await hearAcceptance(ctx, wish.vendorOrderId);
    const begun = await ctx.transaction((tx) => beginShipment(tx, wish), { idempotency: { operation: 'shipVendorOrder', key, input: wish, keepHours: 168 } });
    if (begun.outcome === 'NOTHING') return nothingToShip(begun);
    if (begun.outcome === 'NO_ACCOUNT') return CarrierRefused.of('There is no account at this carrier. Connect one with connectCarrier.', []);
    // What there is no time for is left to the job.
    for (const id of begun.parcelIds) if (ctx.deadline.remainingMs() > ctx.config.CARRIER_TIMEOUT_MS) await bookParcel(ctx, id);
    const parcels = await ctx.loaders.parcelsByShipment.load(begun.shipmentId);
    if (parcels.every(({ booking }) => booking === 'REFUSED')) return CarrierRefused.of('The carrier does not take it. Put right what it says, or send it otherwise.', [...new Set(parcels.flatMap(({ refusals }) => refusals))]);
    return (await findShipment(ctx, begun.shipmentId)) ?? Promise.reject(notFound('shipment'));
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Mutation(() => RecordTrackingResult, { description: 'Says what became of a shipment that the vendor carries itself, or of one that its carrier says too little of.' })
  recordTracking(@Ctx() ctx: ShippingContext, @Arg('input', () => RecordTrackingInput) input: RecordTrackingInput): Promise<object> {
    return recordTracking(ctx, input);
  }

  @Allow('OPERATOR', 'TOKEN', 'MERCHANT')
  @Mutation(() => CancelShipmentResult, { description: 'Does not send a shipment after all, while it is still with its vendor.' })
  cancelShipment(@Ctx() ctx: ShippingContext, @Arg('input', () => CancelShipmentInput) input: CancelShipmentInput): Promise<object> {
    return ctx.transaction((tx) => cancelShipment(tx, input));
  }
}

function nothingToShip({ reason, left }: Extract<Begun, { outcome: 'NOTHING' }>): NothingToShip {
  const sentences = {
    NOT_ACCEPTED: 'The order is not accepted yet.', ON_HOLD: 'The order is held back.', ORDER_OVER: 'The order is over.', TOO_MANY_PIECES: 'There are not so many pieces left to send.', NOTHING_LEFT: 'Everything was sent or cancelled already.',
  } as const;
  return Object.assign(new NothingToShip(), { message: sentences[reason], reason: NothingToShipReason[reason], left: left.map((pieces) => Object.assign(new LeftToShip(), pieces)) });
}

async function first(ctx: ShippingContext, id: string): Promise<ParcelRow | undefined> {
  const parcels = await ctx.loaders.parcelsByShipment.load(id);
  return parcels.find(({ status }) => status !== 'CANCELLED') ?? parcels[0];
}

async function factOf(ctx: ShippingContext, id: string): Promise<VendorOrderFact> {
  return (await ctx.loaders.factById.load(id)) ?? Promise.reject(notFound('vendor order'));
}
