import type { PricingReads } from '../context.js';

/** Orders that a buyer placed under any of its names and did not cancel: one statement. */
export async function ordersBefore(ctx: PricingReads, subjects: readonly string[]): Promise<number> {
  const [row]: { orders: number }[] = await ctx.db.query('select count(*)::int as orders from buyer_order where subjects && $1::text[] and counts', [subjects]);
  return row?.orders ?? 0;
}
