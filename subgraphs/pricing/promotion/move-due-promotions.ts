import { promotionStarted } from '@haat/schema/events/pricing';
import type { Job } from '@haat/kit/define';
import type { PricingContext, PricingTx } from '../context.js';
import { closePromotion } from './end-promotion.js';
import { PromotionState } from './promotion-enums.js';
import { promotionStateOf, stateAt } from './promotion-state.js';
import { Promotion } from './promotion.js';

/** Promotions that are looked for at once, over all marketplaces. */
const lookMax = 200;

/** Says on time that promotions count from now on, or no more. Carts do not wait for it: they look at the time themselves. */
export const moveDuePromotions: Job = {
  name: 'move-due-promotions',
  everyMs: 1_000,
  async run({ clock, signal, sweep, inTenant }) {
    const due = await sweep<{ tenant_id: string; id: string }>('select tenant_id, id from promotion where due_at <= $1 order by due_at limit $2', [clock.now(), lookMax]);
    for (const { tenant_id, id } of due) {
      if (signal.aborted) return;
      await inTenant(tenant_id, (ctx: PricingContext) => ctx.transaction((tx) => move(tx, id)));
    }
  },
};

async function move(tx: PricingTx, id: string): Promise<void> {
  const promotion = await tx.db.findOne(Promotion, { where: { id }, lock: { mode: 'pessimistic_write' } });
  const now = tx.clock.now();
  if (!promotion?.dueAt || promotion.dueAt > now) return;
  const next = stateAt(now, promotion);
  if (promotion.state === PromotionState.SCHEDULED) {
    const started = await tx.db.save(Object.assign(promotion, { state: PromotionState.ACTIVE, dueAt: promotion.endsAt, version: promotion.version + 1 }));
    await tx.emit(promotionStarted, { aggregate: { id, version: started.version }, payload: await promotionStateOf(tx, started) });
  }
  if (next.state === PromotionState.ENDED) await closePromotion(tx, promotion, promotion.endsAt ?? now);
}
