import { promotionStarted } from '@haat/schema/events/pricing';
import type { PricingTx } from '../context.js';
import { FlashSale } from '../flash-sale/flash-sale.js';
import { flashSaleStateOf } from '../flash-sale/move-due-flash-sales.js';
import { PromotionState } from './promotion-enums.js';
import { promotionStatesOf } from './promotion-state.js';
import { Promotion } from './promotion.js';

/** Says again which promotions and flash sales count now; few enough, by their limits, to be read at once. */
export async function republishPromotions(tx: PricingTx): Promise<void> {
  const promotions = await tx.db.find(Promotion, { where: { state: PromotionState.ACTIVE }, order: { id: 'ASC' } });
  for (const [n, payload] of (await promotionStatesOf(tx, promotions)).entries()) await tx.emit(promotionStarted, { aggregate: { id: payload.promotionId, version: promotions[n]?.version ?? 1 }, payload, republished: true });
  const sales = await tx.db.find(FlashSale, { where: { state: PromotionState.ACTIVE }, order: { id: 'ASC' } });
  for (const sale of sales) await tx.emit(promotionStarted, { aggregate: { id: sale.id, version: sale.version }, payload: await flashSaleStateOf(tx, sale), republished: true });
}
