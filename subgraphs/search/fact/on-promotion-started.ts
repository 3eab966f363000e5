import { promotionEnded, promotionStarted } from '@haat/schema/events/pricing';
import { defineConsumer } from '@haat/kit/define';
import type { EventEnvelope } from '@haat/schema/event';
import type { z } from 'zod';
import type { SearchTx } from '../context.js';

type PromotionState = z.infer<typeof promotionStarted.payload>;

/** A promotion counts: its goods can be listed. */
export const onPromotionStarted = defineConsumer('on-promotion-started', promotionStarted, (tx: SearchTx, event: EventEnvelope<PromotionState>) => savePromotion(tx, event, true));

/** A promotion counts no more: it lists nothing. */
export const onPromotionEnded = defineConsumer('on-promotion-ended', promotionEnded, (tx: SearchTx, event: EventEnvelope<PromotionState>) => savePromotion(tx, event, false));

async function savePromotion(tx: SearchTx, { aggregate, payload }: EventEnvelope<PromotionState>, isRunning: boolean): Promise<void> {
  await tx.db.query(sql, [payload.promotionId, aggregate.version, isRunning, payload.vendorIds, payload.productIds, payload.categoryIds, payload.goods ? JSON.stringify(payload.goods) : null]);
}

const sql = `
  insert into promotion_fact as p (id, version, is_running, vendor_ids, product_ids, category_ids, goods) values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (tenant_id, id) do update set version = excluded.version, is_running = excluded.is_running, vendor_ids = excluded.vendor_ids, product_ids = excluded.product_ids,
    category_ids = excluded.category_ids, goods = excluded.goods, updated_at = now()
  where p.version <= excluded.version`;
