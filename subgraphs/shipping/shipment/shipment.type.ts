import { Money } from '@haat/kit/money';
import { DateTime } from '@haat/kit/scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { OrderLine } from '../order/vendor-order.type.js';
import type { LineFact, VendorOrderFact } from '../order/vendor-order-fact.row.js';
import { ShipmentStatus } from './shipment-enums.js';
import type { ParcelRow, Pieces, ShipmentRow, TrackingEventRow } from './shipment.row.js';

/** Pieces of a line that go together. */
@ObjectType({ description: 'Pieces of one order line that are sent together.' })
export class ShipmentLine {
  @Field(() => ID, { description: 'The order line whose pieces these are.' }) orderLineId: string;
  @Field(() => String, { description: 'What the goods were called when they were bought.' }) title: string;
  @Field(() => Int, { description: 'How many pieces of it are sent.' }) quantity: number;

  @Field(() => OrderLine, { nullable: true, description: 'The order line itself; null where it cannot be read.' })
  get orderLine(): OrderLine {
    return Object.assign(new OrderLine(), { id: this.orderLineId });
  }

  static of({ orderLineId, quantity }: Pieces, lines: readonly LineFact[]): ShipmentLine {
    return Object.assign(new ShipmentLine(), { orderLineId, quantity, title: lines.find((line) => line.orderLineId === orderLineId)?.title ?? '' });
  }
}

/** One box. */
@ObjectType({ description: 'One box of a shipment, with its own number at the carrier.' })
export class Parcel {
  @Field(() => ID, { description: 'Names the parcel everywhere; begins with par_.' }) id: string;
  @Field(() => Int, { description: 'Which one of its shipment it is, from 1.' }) position: number;
  @Field(() => ShipmentStatus, { description: 'Where the parcel is now.' }) status: ShipmentStatus;
  @Field(() => Int, { description: 'What it weighs with its wrapping, in grams.' }) weightGrams: number;
  @Field(() => Money, { description: 'What is collected for it at the door; nothing where it is paid.' }) amountToCollect: Money;
  @Field(() => String, { nullable: true, description: 'The carrier\'s number of it; null until there is one.' }) trackingId: string | null;
  @Field(() => String, { nullable: true, description: 'Where its recipient follows it at the carrier.' }) trackingUrl: string | null;
  @Field(() => [ShipmentLine], { description: 'What is in the box.' }) lines: ShipmentLine[];

  static of({ id, position, status, weightGrams, amountToCollectMinor, trackingId, trackingUrl, lines }: ParcelRow, fact: VendorOrderFact): Parcel {
    return Object.assign(new Parcel(), {
      id, position, status: ShipmentStatus[status], weightGrams, amountToCollect: Money.of(amountToCollectMinor, fact.currency), trackingId, trackingUrl, lines: lines.map((pieces) => ShipmentLine.of(pieces, fact.lines)),
    });
  }
}

/** Something that happened to a parcel. */
@ObjectType({ description: 'Something that happened to a parcel on its way.' })
export class TrackingEvent {
  @Field(() => ID, { description: 'Names the event everywhere; begins with trk_.' }) id: string;
  @Field(() => ID, { description: 'The parcel to which it happened.' }) parcelId: string;
  @Field(() => ShipmentStatus, { nullable: true, description: 'Where the parcel was by this; null where it says nothing of that.' }) status: ShipmentStatus | null;
  @Field(() => String, { description: 'What happened, in our word or the carrier\'s.' }) kind: string;
  @Field(() => String, { nullable: true, description: 'What was said about it, such as why nobody opened.' }) note: string | null;
  @Field(() => DateTime, { description: 'When it happened, in UTC.' }) happenedAt: Date;

  /** A buyer is not told how vendor and carrier sort things out between them. */
  static of({ id, parcelId, status, kind, note, happenedAt }: TrackingEventRow, isSender: boolean): TrackingEvent {
    return Object.assign(new TrackingEvent(), { id, parcelId, kind, happenedAt, status: status && ShipmentStatus[status], note: isSender || status !== 'CANCELLED' ? note : null });
  }
}

/** What one vendor sends at once. */
@ObjectType({ description: 'What one vendor sends at once of its part of an order, in one or several parcels.' })
@Directive('@key(fields: "id")')
export class Shipment {
  @Field(() => ID, { description: 'Names the shipment everywhere; begins with shp_.' }) id: string;
  @Field(() => String, { description: 'Who carries it: own for the vendor itself, or a carrier such as pathao.' }) carrier: string;

  readonly row: ShipmentRow;

  static of(row: ShipmentRow): Shipment {
    return Object.assign(new Shipment(), { id: row.id, carrier: row.carrier, row });
  }
}
