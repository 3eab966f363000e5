import { Money } from '@haat/kit/money';
import { DateTime } from '@haat/kit/scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { AttemptStatus, EventKind, PaymentStatus } from './payment-enums.js';
import type { AttemptRow, NextActionFacts, PaymentEventRow, PaymentRow, ShareRow } from './payment.row.js';

/** The payment of an order, or some vendors' shares of it. */
@ObjectType({ description: 'The payment of an order, however many tries it takes; a vendor\'s people see their own share of it.' })
@Directive('@key(fields: "id")')
export class Payment {
  @Field(() => ID, { description: 'Names the payment; begins with pay_.' }) id: string;
  @Field(() => PaymentStatus, { description: 'Where it is now, of the whole order.' }) status: PaymentStatus;
  @Field(() => String, { description: 'Who takes the money: STRIPE, or CASH_ON_DELIVERY for the courier.' }) provider: string;
  @Field(() => Money, { description: 'What was ordered, to be paid in all.' }) amount: Money;
  @Field(() => Money, { description: 'What is promised by the provider and not taken yet.' }) authorized: Money;
  @Field(() => Money, { description: 'What was taken so far, refunds not counted.' }) captured: Money;
  @Field(() => Money, { description: 'What went back to the buyer so far.' }) refunded: Money;

  readonly row: PaymentRow;
  /** The shares that the viewer sees; null where they see it whole. */
  readonly shares: readonly ShareRow[] | null;

  static of(row: PaymentRow, shares: readonly ShareRow[] | null): Payment {
    const { id, status, provider, currency } = row;
    const sum = (of: (share: ShareRow) => number, whole: number) => Money.of(shares?.reduce((total, share) => total + of(share), 0) ?? whole, currency);
    return Object.assign(new Payment(), {
      id, status, provider, row, shares, amount: sum((s) => s.amountMinor, row.amountMinor), captured: sum((s) => s.capturedMinor, row.capturedMinor), refunded: sum((s) => s.refundedMinor, row.refundedMinor),
      authorized: sum((s) => (row.authorizedMinor > 0 ? s.amountMinor - s.cancelledMinor : 0), row.authorizedMinor),
    });
  }
}

/** What the buyer must do. */
@ObjectType({ description: 'What the buyer must do before the payment goes on.' })
export class PaymentNextAction {
  @Field(() => String, { description: 'What it is in the provider\'s words, such as use_stripe_sdk or redirect_to_url.' }) kind: string;
  @Field(() => String, { nullable: true, description: 'Where the buyer is to be sent, if it is done there; else the client secret tells.' }) url: string | null;

  static of(facts: NextActionFacts): PaymentNextAction {
    return Object.assign(new PaymentNextAction(), facts);
  }
}

/** One try to pay. */
@ObjectType({ description: 'One try to pay at the provider; of several only one is open.' })
export class PaymentAttempt {
  @Field(() => ID, { description: 'Names the try; begins with att_.' }) id: string;
  @Field(() => Int, { description: 'Which try it is, from 1.' }) number: number;
  @Field(() => AttemptStatus, { description: 'Where this try has come to.' }) status: AttemptStatus;
  @Field(() => Money, { description: 'What this try is to pay.' }) amount: Money;
  @Field(() => Money, { description: 'What this try took so far.' }) captured: Money;
  @Field(() => String, { nullable: true, description: 'Why the latest card was declined or the provider refused, for programs.' }) errorCode: string | null;
  @Field(() => DateTime, { description: 'When the try was begun.' }) createdAt: Date;

  static of({ id, number, status, amountMinor, capturedMinor, errorCode, createdAt }: AttemptRow, currency: string): PaymentAttempt {
    return Object.assign(new PaymentAttempt(), { id, number, status, amount: Money.of(amountMinor, currency), captured: Money.of(capturedMinor, currency), errorCode, createdAt });
  }
}

/** Something that happened. */
@ObjectType({ description: 'Something that happened to a payment; never changed or taken away.' })
export class PaymentEvent {
  @Field(() => ID, { description: 'Names what happened; begins with pev_.' }) id: string;
  @Field(() => EventKind, { description: 'What it was that happened.' }) kind: EventKind;
  @Field(() => Money, { description: 'How much money it was about.' }) amount: Money;
  @Field(() => DateTime, { description: 'When it happened, by the provider\'s clock.' }) at: Date;
  @Field(() => ID, { nullable: true, description: 'The try it was about, if one.' }) attemptId: string | null;
  @Field(() => String, { nullable: true, description: 'Why, for programs, where the provider said.' }) code: string | null;

  static of({ id, kind, amountMinor, at, attemptId, code }: PaymentEventRow, currency: string): PaymentEvent {
    return Object.assign(new PaymentEvent(), { id, kind, amount: Money.of(amountMinor, currency), at, attemptId, code });
  }
}

/** Others' order, which we say of how it is paid. */
@ObjectType('Order')
@Directive('@key(fields: "id")')
export class Order {
  @Field(() => ID) id: string;

  readonly seen: Payment;
}

/** A vendor's part of it. */
@ObjectType('VendorOrder')
@Directive('@key(fields: "id")')
export class VendorOrder {
  @Field(() => ID) id: string;

  readonly seen: Payment;
}

/** Others' person, whose saved methods we keep. */
@ObjectType('User')
@Directive('@key(fields: "id")')
export class User {
  @Field(() => ID) id: string;
}
