import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CarrierRefused } from '../carrier/connect-carrier.js';
import { NothingToShipReason } from './shipment-enums.js';
import { Shipment } from './shipment.type.js';

/** Pieces of a line. */
@InputType({ description: 'Pieces of one order line that shall go together.' })
export class ShipmentLineInput {
  @Field(() => ID, { description: 'An order line of this vendor\'s part.' }) orderLineId: string;
  @Field(() => Int, { description: 'How many pieces, from 1 up to what is left of the line.' }) quantity: number;
}

/** One box. */
@InputType({ description: 'One box of a shipment that is to be.' })
export class ParcelInput {
  @Field(() => Int, { nullable: true, description: 'What it weighs with its wrapping, in grams; of the goods\' own weights when left out.' }) weightGrams?: number | null;
  @Field(() => [ShipmentLineInput], { nullable: true, description: 'What is in the box; may be left out where there is one box only.' }) lines?: ShipmentLineInput[] | null;
}

/** What shall be sent. */
@InputType({ description: 'What a vendor sends of its part of an order, and by whom.' })
export class ShipVendorOrderInput {
  @Field(() => ID, { description: 'The vendor\'s part, accepted and not held back.' }) vendorOrderId: string;
  @Field(() => [ShipmentLineInput], { nullable: true, description: 'What is sent now; everything that is left when left out.' }) lines?: ShipmentLineInput[] | null;
  @Field(() => String, { nullable: true, description: 'Who carries it: pathao, or own; the vendor itself when left out.' }) carrier?: string | null;
  @Field(() => [ParcelInput], { nullable: true, description: 'Its boxes, at most 20; one with everything when left out.' }) parcels?: ParcelInput[] | null;
  @Field(() => ID, { description: 'The same key with the same input answers the same shipment.' }) idempotencyKey: string;
}

/** What is left of a line. */
@ObjectType({ description: 'How much of an order line is left to send.' })
export class LeftToShip {
  @Field(() => ID, { description: 'The order line whose pieces these are.' }) orderLineId: string;
  @Field(() => Int, { description: 'How many pieces nobody sent or cancelled yet.' }) quantity: number;
}

/** Nothing can go. */
@ObjectType({ implements: Problem, description: 'Nothing can be sent now, or not so much; nothing was written.' })
export class NothingToShip extends Problem {
  @Field(() => NothingToShipReason, { description: 'What stands in the way, for programs.' }) reason: NothingToShipReason;
  @Field(() => [LeftToShip], { description: 'What is left to send of each line.' }) left: LeftToShip[];
}

/** The shipment, or why not. */
export const ShipVendorOrderResult = resultOf('ShipVendorOrderResult', 'The new shipment, or why there is none.', [Shipment, NothingToShip, CarrierRefused]);
