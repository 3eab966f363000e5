import type { Condition } from './condition.js';
import type { Effect } from './effect.js';

/** What a promotion is about, in the order in which they count. */
export type PromotionClass = 'CATALOGUE' | 'LINE' | 'ORDER' | 'SHIPPING';

/**
 * A rule that makes things cheaper, as data. Promotions count by class, then priority, then id. Amounts are in `currency` and
 * include tax where prices do. A promotion touches lines and deliveries; what another has touched with which it does not
 * combine, it leaves alone.
 */
export interface Promotion {
  readonly promotionId: string;
  readonly name: string;
  readonly class: PromotionClass;
  /** The higher, the sooner within its class. */
  readonly priority: number;
  /** The vendor it belongs to: it sees and touches this vendor's goods and delivery only. Null is the marketplace's. */
  readonly vendorId: string | null;
  /** ISO 4217 of its amounts; a cart in another currency is not eligible. Null where it has percentages and pieces only. */
  readonly currency: string | null;
  readonly from: Date | null;
  readonly until: Date | null;
  /** All must hold. */
  readonly conditions: readonly Condition[];
  /** One to five, each on what the one before it left. */
  readonly effects: readonly Effect[];
  /** Of one owner's promotions with one group, of any class, the one counts that saves the most in the whole cart. */
  readonly exclusiveGroup: string | null;
  /** Classes it combines with on the same line, and on a vendor's delivery and goods; both promotions must name the other's. */
  readonly combinesWith: readonly PromotionClass[];
  /** Nothing that comes later touches what it touched. */
  readonly stopProcessing: boolean;
  /** The most it takes off one cart. */
  readonly maxDiscountMinor: number | null;
  /** The platform's part of what is taken off, in parts per million; the vendor bears the rest. */
  readonly platformPpm: number;
}

/** What is left to spend on a promotion that has a budget: it takes no more, and nothing where nothing is left. */
export interface BudgetLeft {
  readonly promotionId: string;
  /** At least 0, in the promotion's currency; a cart in another one cannot have it. */
  readonly leftMinor: number;
  readonly currency: string;
}
