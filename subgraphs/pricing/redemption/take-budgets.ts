import type { PricingTx } from '../context.js';
import { budgetMoved, movedBudgetColumns, type MovedBudget } from './budget-moved.js';
import type { Refused, Taking } from './redeem.js';

/** Takes from the budgets of promotions, in the order of their ids. The budget of a catalogue promotion may change what everybody pays. */
export async function takeBudgets(tx: PricingTx, { wish }: Taking): Promise<Refused | undefined> {
  for (const { promotionId, amountMinor } of [...wish.budgets].sort((a, b) => (a.promotionId < b.promotionId ? -1 : 1))) {
    const [row]: MovedBudget[] = await tx.db.query(
      `with taken as (update promotion set spent_minor = spent_minor + $2, version = version + 1, updated_at = now()
         where id = $1 and (budget_minor is null or spent_minor + $2 <= budget_minor) returning ${movedBudgetColumns})
       select * from taken`, [promotionId, amountMinor]);
    if (!row) return { couponCode: codeOf(wish, promotionId), offerId: null, reason: 'BUDGET_SPENT' };
    await budgetMoved(tx, row, amountMinor);
  }
  return undefined;
}

function codeOf(wish: Taking['wish'], promotionId: string): string | null {
  return wish.redemptions.find((one) => one.promotionId === promotionId)?.code ?? null;
}
