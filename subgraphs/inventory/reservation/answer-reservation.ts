import { inventoryCount, inventoryExtend, inventoryRelease, inventoryReserve } from '@haat/schema/asks/inventory';
import { defineAnswer } from '@haat/kit/define';
import type { InventoryContext, InventoryTx } from '../context.js';
import { countOffers } from '../stock/stock.loaders.js';
import { updatedRows } from '../updated-rows.js';
import { releaseReservation } from './release-reservation.js';
import { reserveStock } from './reserve-stock.js';

/** Holds every line of an order, or none. */
export const answerReserve = defineAnswer(inventoryReserve, (tx: InventoryTx, wish) => reserveStock(tx, wish));

/** Lets a hold last longer, counted from when it began; never shorter. */
export const answerExtend = defineAnswer(inventoryExtend, async (tx: InventoryTx, { orderId, until }) => {
  const [held] = await updatedRows<{ expires_at: Date }>(tx,
    `update reservation set expires_at = greatest(expires_at, least($2::timestamptz, created_at + make_interval(hours => $3))), version = version + 1, updated_at = now()
     where order_id = $1 and state = 'HELD' and expires_at > now() returning expires_at`, [orderId, until, tx.config.STOCK_HOLD_HOURS_MAX]);
  if (held) return { outcome: 'EXTENDED' as const, expiresAt: held.expires_at.toISOString() };
  const [there]: { state: string }[] = await tx.db.query('select state from reservation where order_id = $1', [orderId]);
  return there?.state === 'COMMITTED' ? { outcome: 'EXTENDED' as const, expiresAt: null } : { outcome: 'GONE' as const, expiresAt: null };
});

/** Gives a hold back. */
export const answerRelease = defineAnswer(inventoryRelease, async (tx: InventoryTx, { orderId }) => ({ outcome: (await releaseReservation(tx, orderId)) ? 'RELEASED' as const : 'NOTHING' as const }));

/** Says what can be bought, there where a place is named. */
export const answerCount = defineAnswer(inventoryCount, async (ctx: InventoryContext, { offerIds, destination = null }) => {
  const rows = new Map((await countOffers(ctx, offerIds, destination)).map(({ offer_id, available }) => [offer_id, available]));
  return { offers: offerIds.map((offerId) => ({ offerId, available: rows.get(offerId) ?? 0 })) };
});
