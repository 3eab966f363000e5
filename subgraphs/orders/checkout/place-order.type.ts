import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Money } from '@haat/kit/money';
import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { CouponRejected, CouponRejectedReason, MoneyInput, PaymentChoice } from '@haat/kit/shared-types';
import { CartProblemCode } from '../order/order-enums.js';
import { Order } from '../order/order.type.js';
import type { KeptProblem } from './kept-problem.js';

/** What is placed, and what the buyer saw. */
@InputType({ description: 'Which cart becomes an order, at which total, and how it is paid.' })
export class PlaceOrderInput {
  @Field(() => ID, { description: 'One of the viewer\'s own carts, with contact, address and chosen shipping.' }) cartId: string;
  @Field(() => ID, { description: 'Names this wish: sent again with the same input it answers the same order, and nothing happens twice.' }) idempotencyKey: string;
  @Field(() => MoneyInput, { description: 'The total that the buyer saw; another one by a single unit is not charged.' }) expectedTotal: MoneyInput;
  @Field(() => PaymentChoice, { description: 'How the buyer wants to pay.' }) payWith: PaymentChoice;
  @Field(() => ID, { nullable: true, description: 'One of the buyer\'s saved payment methods, where payWith allows it.' }) savedPaymentMethodId?: string | null;
  @Field(() => String, { nullable: true, description: 'A word to the vendors, in place of the cart\'s, at most 500 characters.' }) note?: string | null;
}

/** One thing that stands between a cart and an order. */
@ObjectType({ description: 'One thing that stands between a cart and an order: of a line, of a vendor\'s group, or of the whole cart.' })
export class CartProblem {
  @Field(() => CartProblemCode, { description: 'What it is, for programs.' }) code: CartProblemCode;
  @Field(() => String, { description: 'What it is, in a sentence for people.' }) message: string;
  @Field(() => ID, { nullable: true, description: 'The line it is about, if it is one.' }) lineId: string | null;
  @Field(() => ID, { nullable: true, description: 'The group of a vendor it is about, if it is one.' }) groupId: string | null;
  @Field(() => String, { description: 'What helps, in a sentence for people.' }) cure: string;
}

/** The cart lacks something. */
@ObjectType({ implements: Problem, description: 'The cart cannot be ordered yet; everything that stands in the way is listed.' })
export class CartNotReady extends Problem {
  @Field(() => [CartProblem], { description: 'Everything that stands in the way, in the order in which a buyer mends it.' }) problems: CartProblem[];
}

/** A line of which there is not enough. */
@ObjectType({ description: 'A line of which there is not enough.' })
export class ShortLine {
  @Field(() => ID, { description: 'Names the goods it is about, as the basket has them.' }) cartLineId: string;
  @Field(() => Int, { description: 'How many pieces the cart has.' }) requested: number;
  @Field(() => Int, { description: 'How many pieces are left to be bought.' }) available: number;
}

/** Not everything is left. */
@ObjectType({ implements: Problem, description: 'Not everything in the cart is left; nothing was ordered.' })
export class OutOfStock extends Problem {
  @Field(() => [ShortLine], { description: 'Each line of which there is not enough.' }) lines: ShortLine[];
}

/** What a line costs now. */
@ObjectType({ description: 'What a line of the cart costs now.' })
export class ChangedLine {
  @Field(() => ID, { description: 'Names the goods it is about, as the basket has them.' }) cartLineId: string;
  @Field(() => Money, { description: 'The price of one piece now.' }) unitPrice: Money;
  @Field(() => Money, { description: 'What the whole line comes to now.' }) total: Money;
}

/** The total is another one. */
@ObjectType({ implements: Problem, description: 'The total is not what the buyer saw; nothing was ordered or charged.' })
export class PriceChanged extends Problem {
  @Field(() => Money, { description: 'What the buyer saw.' }) expected: Money;
  @Field(() => Money, { description: 'What it comes to now; place the order again with this where it is wanted.' }) actual: Money;
  @Field(() => [ChangedLine], { description: 'What each line costs now.' }) lines: ChangedLine[];
}

/** A vendor sells nothing now. */
@ObjectType({ implements: Problem, description: 'A vendor in the cart does not sell now; nothing was ordered.' })
export class VendorClosed extends Problem {
  @Field(() => [ID], { description: 'The groups of the cart whose vendors do not sell.' }) groupIds: string[];
}

/** The provider refused. */
@ObjectType({ implements: Problem, description: 'The payment provider refused to open the payment; the order stands and waits for another try.' })
export class PaymentNotOpened extends Problem {
  @Field(() => Order, { description: 'The order, waiting for its payment until the window ends.' }) order: Order;
}

/** The order, or what stands in the way. */
export const PlaceOrderResult = resultOf('PlaceOrderResult', 'The order, or what stands in its way.', [Order, CartNotReady, OutOfStock, PriceChanged, CouponRejected, VendorClosed, PaymentNotOpened]);

/** A kept problem as its type: its amounts are money again. */
export function problemTypeOf(kept: KeptProblem): object {
  switch (kept.__typename) {
    case 'CartNotReady': return Object.assign(new CartNotReady(), { ...kept, problems: kept.problems.map(cartProblemOf) });
    case 'OutOfStock': return Object.assign(new OutOfStock(), kept);
    case 'VendorClosed': return Object.assign(new VendorClosed(), kept);
    case 'CouponRejected': return Object.assign(new CouponRejected(), { ...kept, reason: CouponRejectedReason[kept.reason as CouponRejectedReason], missing: kept.missing && Money.from(kept.missing) });
    case 'PriceChanged': return Object.assign(new PriceChanged(), {
      ...kept, expected: Money.from(kept.expected), actual: Money.from(kept.actual), lines: kept.lines.map(({ cartLineId, unitPrice, total }) => ({ cartLineId, unitPrice: Money.from(unitPrice), total: Money.from(total) })),
    });
  }
}

/** What stands in the way, as its type. */
export function cartProblemOf({ code, message, lineId, groupId, cure }: Extract<KeptProblem, { __typename: 'CartNotReady' }>['problems'][number]): CartProblem {
  return { code: CartProblemCode[code], message, lineId: lineId ?? null, groupId: groupId ?? null, cure };
}
