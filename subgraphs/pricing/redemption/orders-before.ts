import type { PricingReads } from '../context.js';

/** Orders that a buyer placed under any of its names and did not cancel, but for the one that is asked about: one statement. */
export async function ordersBefore(ctx: PricingReads, subjects: readonly string[], orderId: string | null = null): Promise<number> {
  const [row]: { orders: number }[] = await ctx.db.query('select count(*)::int as orders from buyer_order where subjects && $1::text[] and counts and id is distinct from $2', [subjects, orderId]);
  return row?.orders ?? 0;
}
