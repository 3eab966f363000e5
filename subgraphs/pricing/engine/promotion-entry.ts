import type { KnownCoupon } from './coupon-state.js';
import type { BudgetLeft, Promotion } from './promotion.js';

/** A promotion that counts now, with the coupon that opens it and what is left to spend on it. */
export interface PromotionEntry {
  readonly promotion: Promotion;
  /** Null where none was given. */
  readonly coupon: KnownCoupon | null;
  /** Null where it has no budget. */
  readonly budget: BudgetLeft | null;
}
