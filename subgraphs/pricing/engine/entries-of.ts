import type { JudgedCoupons } from './judge-coupons.js';
import type { PricingInput } from './pricing-input.js';
import type { PromotionEntry } from './promotion-entry.js';
import { byPriority } from './stacking/evaluate.js';
import { isWithin } from './time-window.js';

/** The promotions that have a say now, in the order of their priority: begun, not over, and with a coupon where they need one. */
export function entriesOf({ promotions, budgets, now }: PricingInput, { byPromotion }: JudgedCoupons): PromotionEntry[] {
  return promotions
    .filter((promotion) => isWithin(promotion, now))
    .map((promotion) => ({
      promotion,
      coupon: byPromotion.get(promotion.promotionId) ?? null,
      budget: budgets.find(({ promotionId }) => promotionId === promotion.promotionId) ?? null,
    }))
    .filter(({ promotion, coupon }) => coupon !== null || promotion.conditions.every(({ kind }) => kind !== 'COUPON'))
    .sort(byPriority);
}
