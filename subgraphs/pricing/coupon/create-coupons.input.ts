import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { DateTime } from '@haat/kit/scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { codeCharactersMax, couponBatchMax } from '../limits.js';
import { Coupon } from './coupon.js';

/** New coupons. */
@InputType({ description: 'One coupon with a code that somebody chose, or many with random codes, all with the same limits.' })
export class CreateCouponsInput {
  @Field(() => ID, { description: 'The promotion they open; it has the condition COUPON.' }) promotionId: string;
  @Field(() => String, { nullable: true, description: `A code of one's own: 4 to ${codeCharactersMax} of letters, digits, hyphen and underscore; not with count.` }) code?: string | null;
  @Field(() => Int, { nullable: true, description: `How many random codes are made, 1 to ${couponBatchMax}; not with code.` }) count?: number | null;
  @Field(() => String, { nullable: true, description: 'What each random code begins with, at most 12 of letters, digits, hyphen and underscore.' }) prefix?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'From when on they are good; always when left out.' }) from?: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'Until when they are good; as long as the promotion when left out.' }) until?: Date | null;
  @Field(() => Int, { nullable: true, description: 'How many orders may use each; any number when left out.' }) usesMax?: number | null;
  @Field(() => Int, { nullable: true, description: 'How many orders of one customer may use each; any number when left out.' }) usesPerBuyerMax?: number | null;
  @Field(() => Int, { nullable: true, description: 'How many orders of one day may use each; any number when left out.' }) usesPerDayMax?: number | null;
  @Field(() => Boolean, { defaultValue: false, description: 'Whether they are for the first order of a customer alone.' }) isForFirstOrder: boolean;
  @Field(() => [ID], { nullable: true, description: 'The only people they are for, at most 250; everybody when left out.' }) userIds?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'The only e-mail addresses they are for, at most 250; kept as hashes.' }) emails?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'Makes repeating safe, 1 to 255 characters; the Idempotency-Key header serves as well.' }) idempotencyKey?: string | null;
}

/** The coupons are there. */
@ObjectType({ description: 'The coupons are made, all of them.' })
export class CreateCouponsSucceeded {
  @Field(() => [Coupon], { description: 'The new coupons with their codes.' }) coupons: Coupon[];
}

/** Somebody has the code. */
@ObjectType({ implements: Problem, description: 'A coupon of this marketplace has the code already; choose another.' })
export class CouponCodeTaken extends Problem {
  @Field(() => String, { description: 'The code as it was compared.' }) code: string;

  static of(code: string): CouponCodeTaken {
    return Object.assign(new CouponCodeTaken(), { message: `A coupon has the code ${code} already. Choose another one.`, code });
  }
}

/** The promotion counts without coupons. */
@ObjectType({ implements: Problem, description: 'The promotion counts without coupons, or no more; a coupon would open nothing.' })
export class PromotionTakesNoCoupons extends Problem {
  @Field(() => ID, { description: 'The promotion that was named.' }) promotionId: string;

  static of(promotionId: string): PromotionTakesNoCoupons {
    return Object.assign(new PromotionTakesNoCoupons(), { message: 'This promotion counts without coupons, or no more. Make one with the condition COUPON.', promotionId });
  }
}

/** The coupons, or why there are none. */
export const CreateCouponsResult = resultOf('CreateCouponsResult', 'The new coupons, or why there are none.', [CreateCouponsSucceeded, CouponCodeTaken, PromotionTakesNoCoupons]);
