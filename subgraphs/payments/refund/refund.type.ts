import { Money } from '@haat/kit/money';
import { DateTime } from '@haat/kit/scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import type { ShareRow } from '../payment/payment.row.js';
import { RefundStatus } from './refund-status.js';
import type { RefundLine, RefundRow } from './refund.row.js';

/** Others' line of an order. */
@ObjectType('OrderLine')
@Directive('@key(fields: "id", resolvable: false)')
export class OrderLine {
  @Field(() => ID) id: string;
}

/** A line's part. */
@ObjectType({ description: 'Pieces of an order\'s line whose money goes back.' })
export class RefundedLine {
  @Field(() => ID, { description: 'The id of the order\'s line.' }) orderLineId: string;
  @Field(() => Int, { description: 'How many pieces are paid back.' }) quantity: number;
  @Field(() => Money, { description: 'What goes back for these pieces, with tax.' }) amount: Money;
  @Field(() => Boolean, { description: 'Whether the pieces are put back on the shelf to be sold again.' }) restock: boolean;

  @Field(() => OrderLine, { nullable: true, description: 'The line itself, as it was ordered.' })
  get orderLine(): OrderLine {
    return Object.assign(new OrderLine(), { id: this.orderLineId });
  }
}

/** Money that goes back. */
@ObjectType({ description: 'Money of a payment that goes back to its buyer; a vendor\'s people see their own share of it.' })
export class Refund {
  @Field(() => ID, { description: 'Names the refund; begins with ref_.' }) id: string;
  @Field(() => ID, { description: 'The payment whose money goes back.' }) paymentId: string;
  @Field(() => RefundStatus, { description: 'Where the money is now.' }) status: RefundStatus;
  @Field(() => Money, { description: 'How much goes back in this refund.' }) amount: Money;
  @Field(() => [RefundedLine], { description: 'What it is for; empty where it is an amount alone.' }) lines: RefundedLine[];
  @Field(() => String, { description: 'Why the money goes back, in the words of who wanted it.' }) reason: string;
  @Field(() => String, { nullable: true, description: 'Why it could not go back, for programs.' }) errorCode: string | null;
  @Field(() => ID, { nullable: true, description: 'The refund that was wanted in its place after this one failed; null where nobody did it again.' }) replacedById: string | null;
  @Field(() => DateTime, { description: 'When it was wanted first.' }) createdAt: Date;

  /** A refund, or of it what is of some shares. */
  static of(row: RefundRow, shares: readonly ShareRow[] | null): Refund {
    const { id, paymentId, status, reason, errorCode, replacedById, createdAt, currency } = row;
    const isSeen = ({ vendorOrderId }: { readonly vendorOrderId: string }) => shares?.some((share) => share.id === vendorOrderId) ?? true;
    const amountMinor = shares ? row.shares.filter(isSeen).reduce((sum, share) => sum + share.amountMinor, 0) : row.amountMinor;
    return Object.assign(new Refund(), { id, paymentId, status, reason, errorCode, replacedById, createdAt, amount: Money.of(amountMinor, currency), lines: row.lines.filter(isSeen).map((line) => lineOf(line, currency)) });
  }
}

function lineOf({ orderLineId, quantity, amountMinor, restock }: RefundLine, currency: string): RefundedLine {
  return Object.assign(new RefundedLine(), { orderLineId, quantity, restock, amount: Money.of(amountMinor, currency) });
}
