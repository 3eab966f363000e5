import type { PricingTx } from '../context.js';
import { priceAnew } from '../promotion/price-anew.js';
import type { Refused, Taking } from './redeem.js';

/** Takes from the budgets of promotions, in the order of their ids. A spent budget of a catalogue promotion changes what everybody pays. */
export async function takeBudgets(tx: PricingTx, { wish }: Taking): Promise<Refused | undefined> {
  for (const { promotionId, amountMinor } of [...wish.budgets].sort((a, b) => (a.promotionId < b.promotionId ? -1 : 1))) {
    const [row]: { class: string; vendor_id: string | null; is_spent: boolean }[] = await tx.db.query(
      `with taken as (update promotion set spent_minor = spent_minor + $2, version = version + 1, updated_at = now()
         where id = $1 and (budget_minor is null or spent_minor + $2 <= budget_minor) returning class, vendor_id, coalesce(spent_minor = budget_minor, false) as is_spent)
       select * from taken`, [promotionId, amountMinor]);
    if (!row) return { couponCode: codeOf(wish, promotionId), offerId: null, reason: 'BUDGET_SPENT' };
    if (row.is_spent && row.class === 'CATALOGUE') await priceAnew(tx, { vendorId: row.vendor_id, at: tx.clock.now() });
  }
  return undefined;
}

function codeOf(wish: Taking['wish'], promotionId: string): string | null {
  return wish.redemptions.find((one) => one.promotionId === promotionId)?.code ?? null;
}
