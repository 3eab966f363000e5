import type { CouponState, KnownCoupon } from './coupon-state.js';
import type { RejectedPromotion, RejectedReason } from './priced-cart.js';
import type { PricingBuyer, PricingInput } from './pricing-input.js';
import type { Promotion } from './promotion.js';
import { cannot } from './shortfall.js';
import { whereIn } from './time-window.js';

/** Which coupons are good, by the promotion each opens, and which are not. */
export interface JudgedCoupons {
  readonly byPromotion: ReadonlyMap<string, KnownCoupon>;
  readonly rejected: readonly RejectedPromotion[];
}

/** Judges the codes of a cart by themselves, one per promotion; the first of several counts. A code that is there twice is one. */
export function judgeCoupons(input: PricingInput): JudgedCoupons {
  const byPromotion = new Map<string, KnownCoupon>();
  const rejected: RejectedPromotion[] = [];
  const seen = new Set<string>();
  for (const coupon of input.coupons) {
    if (seen.has(coupon.code)) continue;
    seen.add(coupon.code);
    const promotion = coupon.kind === 'KNOWN' ? input.promotions.find(({ promotionId }) => promotionId === coupon.promotionId) : undefined;
    const reason = faultOf(coupon, promotion, input) ?? (byPromotion.has(promotion?.promotionId ?? '') ? 'NOT_COMBINABLE' : null);
    if (reason !== null) rejected.push(rejection(coupon, promotion, reason));
    else if (coupon.kind === 'KNOWN') byPromotion.set(coupon.promotionId, coupon);
  }
  return { byPromotion, rejected };
}

function faultOf(coupon: CouponState, promotion: Promotion | undefined, { buyer, now }: PricingInput): RejectedReason | null {
  if (coupon.kind !== 'KNOWN') return coupon.kind;
  if (coupon.isEnded || promotion === undefined) return 'EXPIRED';
  for (const window of [coupon, promotion]) {
    const at = whereIn(window, now);
    if (at !== 'WITHIN') return at === 'BEFORE' ? 'NOT_STARTED' : 'EXPIRED';
  }
  return spentOf(coupon) ?? (isMeantFor(coupon, buyer) ? null : 'NOT_ELIGIBLE');
}

function spentOf(coupon: KnownCoupon): RejectedReason | null {
  if (coupon.usesMax !== null && coupon.used >= coupon.usesMax) return 'USED_UP';
  if (coupon.usesPerBuyerMax !== null && coupon.usedByBuyer >= coupon.usesPerBuyerMax) return 'CUSTOMER_LIMIT';
  return coupon.usesPerDayMax !== null && coupon.usedToday >= coupon.usesPerDayMax ? 'DAILY_LIMIT' : null;
}

function isMeantFor({ isForFirstOrder, userIds, emailHashes }: KnownCoupon, { userId, emailHash, ordersBefore }: PricingBuyer): boolean {
  if (isForFirstOrder && ordersBefore !== 0) return false;
  if (userIds.length === 0 && emailHashes.length === 0) return true;
  return (userId !== null && userIds.includes(userId)) || (emailHash !== null && emailHashes.includes(emailHash));
}

function rejection(coupon: CouponState, promotion: Promotion | undefined, reason: RejectedReason): RejectedPromotion {
  const promotionId = coupon.kind === 'KNOWN' ? coupon.promotionId : null;
  return { promotionId, couponCode: coupon.code, name: promotion?.name ?? coupon.code, ...cannot(reason) };
}
