import type { PricingReads } from '../context.js';
import { lowestDays } from '../limits.js';

const dayMs = 86_400_000;

/**
 * The lowest price that each offer had within thirty days before now, by id: one statement. Offers without a price in that time
 * are not in it. What a reduction is announced against (Directive 98/6/EC, Article 6a).
 */
export async function lowestBefore(ctx: PricingReads, offerIds: readonly string[], currency: string): Promise<Map<string, number>> {
  const now = ctx.clock.now();
  const rows: { offer_id: string; lowest: string }[] = await ctx.db.query(
    `select offer_id, min(price_minor) as lowest from price_history
     where offer_id = any($1) and currency = $2 and starts_at < $3 and (ends_at is null or ends_at > $4) group by offer_id`,
    [offerIds, currency, now, new Date(now.getTime() - lowestDays * dayMs)]);
  return new Map(rows.map(({ offer_id, lowest }) => [offer_id, Number(lowest)]));
}
