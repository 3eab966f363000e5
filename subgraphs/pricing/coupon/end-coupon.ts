import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType } from 'type-graphql';
import { mayHandOut } from '../access/may.js';
import type { PricingTx } from '../context.js';
import { AlreadyEnded } from '../names.js';
import { Promotion } from '../promotion/promotion.js';
import { Coupon } from './coupon.js';

/** The coupon to be switched off. */
@InputType({ description: 'The coupon that shall be good no more.' })
export class EndCouponInput {
  @Field(() => ID, { description: 'The coupon; begins with cpn_.' }) couponId: string;
}

/** The coupon as it is now. */
export const EndCouponResult = resultOf('EndCouponResult', 'The coupon as it was switched off, or that it was before.', [Coupon, AlreadyEnded]);

/** Switches a coupon off for good; orders that used it keep what they got. */
export async function endCoupon(tx: PricingTx, { couponId }: EndCouponInput): Promise<Coupon | AlreadyEnded> {
  const coupon = await tx.db.findOne(Coupon, { where: { id: couponId }, lock: { mode: 'pessimistic_write' } });
  const promotion = coupon && (await tx.db.findOneBy(Promotion, { id: coupon.promotionId }));
  if (!coupon || !promotion || !mayHandOut(tx.viewer, promotion)) throw notFound('coupon');
  return coupon.isEnded ? AlreadyEnded.of('coupon') : tx.db.save(Object.assign(coupon, { isEnded: true, version: coupon.version + 1 }));
}
