import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { VendorOrderStatus } from './order-enums.js';
import { Order, VendorOrder } from './order.type.js';

/** What is to be cancelled. */
@InputType({ description: 'An order that is to be cancelled whole.' })
export class CancelOrderInput {
  @Field(() => ID, { description: 'The order that is to be cancelled.' }) orderId: string;
  @Field(() => String, { nullable: true, description: 'Why, in words that the vendors may read; at most 500 characters.' }) reason?: string | null;
  @Field(() => ID, { description: 'Names this wish: sent again it answers the same.' }) idempotencyKey: string;
}

/** What is to be accepted. */
@InputType({ description: 'A part of an order that its vendor promises to send.' })
export class AcceptVendorOrderInput {
  @Field(() => ID, { description: 'The part that is accepted.' }) vendorOrderId: string;
}

/** What is to be rejected. */
@InputType({ description: 'A part of an order that its vendor will not send.' })
export class RejectVendorOrderInput {
  @Field(() => ID, { description: 'The part that is rejected.' }) vendorOrderId: string;
  @Field(() => String, { description: 'Why, in words that the buyer will read; 1 to 500 characters.' }) reason: string;
  @Field(() => ID, { description: 'Names this wish: sent again it answers the same.' }) idempotencyKey: string;
}

/** What is to be held back. */
@InputType({ description: 'A part of an order that is held back until somebody looked at it.' })
export class HoldVendorOrderInput {
  @Field(() => ID, { description: 'The part that is held back.' }) vendorOrderId: string;
  @Field(() => String, { description: 'Why, in words for those who look at it; 1 to 500 characters.' }) reason: string;
}

/** What is to go on. */
@InputType({ description: 'A part of an order that was held back and goes on.' })
export class ReleaseVendorOrderInput {
  @Field(() => ID, { description: 'The part that goes on.' }) vendorOrderId: string;
}

/** A part of it is on its way. */
@ObjectType({ implements: Problem, description: 'The order cannot be cancelled whole any more; nothing of it was.' })
export class OrderNotCancellable extends Problem {
  @Field(() => [String], { description: 'The numbers of the parts that were sent or are over already.' }) vendorOrderNumbers: string[];
}

/** It stands where this cannot be done. */
@ObjectType({ implements: Problem, description: 'The part stands where this cannot be done with it.' })
export class WrongVendorOrderStatus extends Problem {
  @Field(() => VendorOrderStatus, { description: 'Where the part stands now.' }) status: VendorOrderStatus;
}

/** The order, or why not. */
export const CancelOrderResult = resultOf('CancelOrderResult', 'The cancelled order, or what stands in the way.', [Order, OrderNotCancellable]);
const partResult = (verb: string): object => resultOf(`${verb}VendorOrderResult`, 'The part as it is now, or why it could not go there.', [VendorOrder, WrongVendorOrderStatus]);
/** The accepted part, or why not. */
export const AcceptVendorOrderResult = partResult('Accept');
/** The rejected part, or why not. */
export const RejectVendorOrderResult = partResult('Reject');
/** The part that is held back, or why not. */
export const HoldVendorOrderResult = partResult('Hold');
/** The part that goes on, or why not. */
export const ReleaseVendorOrderResult = partResult('Release');
