import type { PricingTx } from '../context.js';
import { carriedUpTo } from '../engine/effects/carried-up-to.js';
import type { Promotion } from '../engine/promotion.js';
import { priceAnew, priceDearAnew } from '../promotion/price-anew.js';

/** A promotion whose budget moved, with what is left of it now. */
export interface MovedBudget {
  readonly class: Promotion['class'];
  readonly vendor_id: string | null;
  readonly currency: string;
  readonly needs_coupon: boolean;
  readonly conditions: Promotion['conditions'];
  readonly effects: Promotion['effects'];
  readonly max_discount_minor: string | null;
  /** Null where it has no budget. */
  readonly left_minor: string | null;
}

/** The columns of {@link MovedBudget}. */
export const movedBudgetColumns = 'class, vendor_id, currency, needs_coupon, conditions, effects, max_discount_minor, budget_minor - spent_minor as left_minor';

/**
 * Has priced anew what everybody pays where a budget moved over what it must hold at least, or holds less, before or after, than it takes off one piece: of
 * these the dear ones alone. Hardly ever anything until the budget comes to its end.
 */
export async function budgetMoved(tx: PricingTx, row: MovedBudget, takenMinor: number): Promise<void> {
  if (row.class !== 'CATALOGUE' || row.needs_coupon || row.left_minor === null) return;
  const after = Number(row.left_minor);
  const [least, most] = [Math.min(after, after + takenMinor), Math.max(after, after + takenMinor)];
  const [at, vendorId, neededMinor] = [tx.clock.now(), row.vendor_id, neededOf(row)];
  if (neededMinor > most) return;
  if (neededMinor > least) return priceAnew(tx, { vendorId, at });
  if (row.max_discount_minor !== null && Number(row.max_discount_minor) <= least) return;
  await priceDearAnew(tx, { vendorId, currency: row.currency, aboveMinor: carriedUpTo(least, row.effects), at });
}

function neededOf({ conditions }: MovedBudget): number {
  return Math.max(0, ...conditions.map((condition) => (condition.kind === 'BUDGET' ? condition.minLeftMinor : 0)));
}
