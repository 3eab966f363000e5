import { reservationExpired } from '@haat/schema/events/inventory';
import type { InventoryTx } from '../context.js';
import { changeLevels } from '../stock/change-levels.js';
import { updatedRows } from '../updated-rows.js';

interface LineRow { readonly line_id: string; readonly offer_id: string; readonly warehouse_id: string; readonly quantity: number }

/** Gives back what an order holds, once: what was committed is not a hold any more. A hold that is asked for later by the same order must say so. */
export async function releaseReservation(tx: InventoryTx, orderId: string): Promise<boolean> {
  const [closed]: { id: string }[] = await updatedRows(tx, `update reservation set state = 'RELEASED', is_again = false, version = version + 1, updated_at = now() where order_id = $1 and state = 'HELD' returning id`, [orderId]);
  if (closed) await giveBack(tx, closed.id, orderId);
  // An order that never held anything shall not begin to, when its first request comes late.
  else await tx.db.query(`insert into reservation (id, order_id, state, expires_at) values (replace($1, 'ord_', 'res_'), $1, 'RELEASED', now()) on conflict (tenant_id, order_id) do nothing`, [orderId]);
  return closed !== undefined;
}

/**
 * Gives back what an order holds that nobody paid in time. One that was paid late may have asked for it anew before this is heard: then the hold
 * stays, this once.
 */
export async function releaseExpired(tx: InventoryTx, orderId: string): Promise<void> {
  const kept = await updatedRows(tx, `update reservation set is_again = false, version = version + 1, updated_at = now() where order_id = $1 and state = 'HELD' and is_again returning id`, [orderId]);
  if (kept.length === 0) await releaseReservation(tx, orderId);
}

/** Ends the holds on offers whose time is over. Whether there was one. */
export async function expireOf(tx: InventoryTx, offerIds: readonly string[]): Promise<boolean> {
  const due: { id: string }[] = await tx.db.query(
    `select r.id from reservation r where r.state = 'HELD' and r.expires_at <= now() and exists (select 1 from reservation_line l where l.tenant_id = r.tenant_id and l.reservation_id = r.id and l.offer_id = any($1))
     order by r.id for update skip locked`, [offerIds]);
  for (const { id } of due) await expireReservation(tx, id);
  return due.length > 0;
}

/** Ends one hold whose time is over by the database's clock, and says so. */
export async function expireReservation(tx: InventoryTx, id: string): Promise<void> {
  const [over]: { order_id: string; version: number }[] = await updatedRows(tx, `update reservation set state = 'EXPIRED', version = version + 1, updated_at = now() where id = $1 and state = 'HELD' and expires_at <= now() returning order_id, version`, [id]);
  if (!over) return;
  const lines = await giveBack(tx, id, over.order_id);
  await tx.emit(reservationExpired, {
    aggregate: { id, version: over.version }, payload: { orderId: over.order_id, lines: lines.map(({ line_id: lineId, offer_id: offerId, quantity }) => ({ lineId, offerId, quantity })) },
  });
}

async function giveBack(tx: InventoryTx, reservationId: string, orderId: string): Promise<LineRow[]> {
  const lines: LineRow[] = await updatedRows(tx, 'update reservation_line set given_back = quantity, version = version + 1, updated_at = now() where reservation_id = $1 and given_back = 0 returning line_id, offer_id, warehouse_id, quantity', [reservationId]);
  await changeLevels(tx, lines.map(({ offer_id: offerId, warehouse_id: warehouseId, quantity }) => ({ offerId, warehouseId, kind: 'RELEASED' as const, reserved: -quantity })), { source: orderId });
  return lines;
}
