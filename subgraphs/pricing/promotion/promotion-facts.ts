import type { PricingReads } from '../context.js';
import type { BudgetLeft, Promotion } from '../engine/promotion.js';
import { minorOf } from '../minor-of.js';

/** Promotions as the engine takes them, and what is left of those with a budget. */
export interface PromotionFacts {
  readonly promotions: readonly Promotion[];
  readonly budgets: readonly BudgetLeft[];
}

interface PromotionRow {
  id: string;
  name: string;
  class: Promotion['class'];
  priority: number;
  vendor_id: string | null;
  currency: string | null;
  starts_at: Date | null;
  ends_at: Date | null;
  conditions: Promotion['conditions'];
  effects: Promotion['effects'];
  exclusive_group: string | null;
  combines_with: Promotion['combinesWith'];
  stop_processing: boolean;
  max_discount_minor: string | null;
  platform_ppm: number;
  budget_minor: string | null;
  spent_minor: string;
}

/** Catalogue promotions for goods of these vendors that count now or will, without coupons: what moves the price that everybody sees. One statement. */
export async function catalogueSales(ctx: PricingReads, vendorIds: readonly string[]): Promise<PromotionFacts> {
  const rows: PromotionRow[] = await ctx.db.query(
    `select * from promotion where class = 'CATALOGUE' and state <> 'ENDED' and not needs_coupon and (ends_at is null or ends_at > $1) and (vendor_id is null or vendor_id = any($2)) order by priority desc, id`,
    [ctx.clock.now(), vendorIds]);
  return factsOf(rows);
}

/** Promotions that may count now for goods of these vendors, and whatever coupons open, even where their time is over: one statement. */
export async function openPromotions(ctx: PricingReads, wanted: { readonly vendorIds: readonly string[]; readonly byCoupon: readonly string[] }): Promise<PromotionFacts> {
  const rows: PromotionRow[] = await ctx.db.query(
    `select * from promotion where id = any($3)
       or (state <> 'ENDED' and not needs_coupon and (starts_at is null or starts_at <= $1) and (ends_at is null or ends_at > $1) and (vendor_id is null or vendor_id = any($2)))
     order by class, priority desc, id`,
    [ctx.clock.now(), wanted.vendorIds, wanted.byCoupon]);
  return factsOf(rows);
}

function factsOf(rows: readonly PromotionRow[]): PromotionFacts {
  const budgets = rows.flatMap((row) => (row.budget_minor === null || row.currency === null ? [] : [{ promotionId: row.id, leftMinor: Number(row.budget_minor) - Number(row.spent_minor), currency: row.currency }]));
  return { promotions: rows.map(promotionOf), budgets };
}

function promotionOf(row: PromotionRow): Promotion {
  return {
    promotionId: row.id, name: row.name, class: row.class, priority: row.priority, vendorId: row.vendor_id, currency: row.currency, from: row.starts_at, until: row.ends_at,
    conditions: row.conditions, effects: row.effects, exclusiveGroup: row.exclusive_group, combinesWith: row.combines_with, stopProcessing: row.stop_processing,
    maxDiscountMinor: minorOf(row.max_discount_minor), platformPpm: row.platform_ppm,
  };
}
