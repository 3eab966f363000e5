import { promotionEnded, promotionStarted, type promotionState } from '@haat/schema/events/pricing';
import type { Job } from '@haat/kit/define';
import type { z } from 'zod';
import type { PricingContext, PricingTx } from '../context.js';
import { PromotionState } from '../promotion/promotion-enums.js';
import { stateAt } from '../promotion/promotion-state.js';
import { FlashSale } from './flash-sale.js';

/** Sales that are looked for at once, over all marketplaces. */
const lookMax = 200;

/** Says on time that flash sales run, or no more. What their offers cost follows by itself. */
export const moveDueFlashSales: Job = {
  name: 'move-due-flash-sales',
  everyMs: 1_000,
  async run({ clock, signal, sweep, inTenant }) {
    const due = await sweep<{ tenant_id: string; id: string }>('select tenant_id, id from flash_sale where due_at <= $1 order by due_at limit $2', [clock.now(), lookMax]);
    for (const { tenant_id, id } of due) {
      if (signal.aborted) return;
      await inTenant(tenant_id, (ctx: PricingContext) => ctx.transaction((tx) => move(tx, id)));
    }
  },
};

/** Says that a sale runs. Others know it as a promotion of the catalogue. */
export async function startFlashSale(tx: PricingTx, sale: FlashSale): Promise<void> {
  await tx.emit(promotionStarted, { aggregate: { id: sale.id, version: sale.version }, payload: await flashSaleStateOf(tx, sale) });
}

async function move(tx: PricingTx, id: string): Promise<void> {
  const sale = await tx.db.findOne(FlashSale, { where: { id }, lock: { mode: 'pessimistic_write' } });
  const now = tx.clock.now();
  if (!sale?.dueAt || sale.dueAt > now) return;
  const next = stateAt(now, sale);
  if (next.state === PromotionState.ENDED) return void (await closeFlashSale(tx, Object.assign(sale, next)));
  await startFlashSale(tx, await tx.db.save(Object.assign(sale, next, { version: sale.version + 1 })));
}

/** Writes that a sale runs no more, and says so. */
export async function closeFlashSale(tx: PricingTx, sale: FlashSale): Promise<FlashSale> {
  const closed = await tx.db.save(Object.assign(sale, { version: sale.version + 1 }));
  await tx.emit(promotionEnded, { aggregate: { id: closed.id, version: closed.version }, payload: await flashSaleStateOf(tx, closed) });
  return closed;
}

/** A sale as its events say it. */
export async function flashSaleStateOf(tx: PricingTx, { id, name, startsAt, endsAt }: FlashSale): Promise<z.infer<typeof promotionState>> {
  const rows: { product_id: string }[] = await tx.db.query(
    'select distinct f.product_id from flash_sale_offer s join offer_fact f on f.tenant_id = s.tenant_id and f.id = s.offer_id where s.flash_sale_id = $1 order by f.product_id', [id]);
  return { promotionId: id, name, class: 'CATALOGUE', vendorIds: [], productIds: rows.map(({ product_id }) => product_id), categoryIds: [], from: startsAt.toISOString(), until: endsAt.toISOString() };
}
