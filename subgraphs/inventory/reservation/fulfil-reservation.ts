import type { InventoryTx } from '../context.js';
import { changeLevels, type LevelChange } from '../stock/change-levels.js';
import { updatedRows } from '../updated-rows.js';

/** Pieces of a line of an order. */
export interface Pieces {
  readonly lineId: string;
  readonly quantity: number;
}

interface LineRow { readonly id: string; readonly line_id: string; readonly offer_id: string; readonly warehouse_id: string; readonly quantity: number; readonly shipped: number; readonly given_back: number }

/** The order is confirmed: what was held is allocated. Once; a hold that is gone stays gone, and orders took it anew before it confirmed. */
export async function commitReservation(tx: InventoryTx, orderId: string): Promise<void> {
  const [held] = await updatedRows<{ id: string }>(tx, `update reservation set state = 'COMMITTED', version = version + 1, updated_at = now() where order_id = $1 and state = 'HELD' returning id`, [orderId]);
  const lines: LineRow[] = held ? await tx.db.query('select * from reservation_line where reservation_id = $1', [held.id]) : [];
  await changeLevels(tx, lines.map(({ offer_id: offerId, warehouse_id: warehouseId, quantity }) => ({ offerId, warehouseId, kind: 'ALLOCATED' as const, reserved: -quantity, allocated: quantity })), { source: orderId });
}

/** A parcel left: its pieces are no longer on the shelf. */
export function shipStock(tx: InventoryTx, orderId: string, pieces: readonly Pieces[]): Promise<void> {
  return each(tx, orderId, pieces, { column: 'shipped', change: (quantity) => ({ kind: 'SHIPPED', onHand: -quantity, allocated: -quantity }) });
}

/** Pieces that were allocated will not be sent: they can be bought again. */
export function deallocateStock(tx: InventoryTx, orderId: string, pieces: readonly Pieces[]): Promise<void> {
  return each(tx, orderId, pieces, { column: 'given_back', change: (quantity) => ({ kind: 'DEALLOCATED', allocated: -quantity }) });
}

/** Pieces came back from the buyer, and go onto the shelf that they left. */
export async function returnStock(tx: InventoryTx, orderId: string, pieces: readonly Pieces[], reason: string): Promise<void> {
  const lines = await linesOf(tx, orderId);
  const changes = pieces.flatMap(({ lineId, quantity }) => split(lines.filter((line) => line.line_id === lineId), quantity, ({ shipped }) => shipped).map(({ line, taken }): LevelChange => ({ offerId: line.offer_id, warehouseId: line.warehouse_id, kind: 'RETURNED', onHand: taken })));
  await changeLevels(tx, changes, { source: orderId, reason });
}

interface Step {
  readonly column: 'shipped' | 'given_back';
  readonly change: (quantity: number) => Pick<LevelChange, 'kind' | 'onHand' | 'allocated'>;
}

/** What is still there of the order's allocation moves, never more: news that comes twice in other words moves nothing the second time. */
async function each(tx: InventoryTx, orderId: string, pieces: readonly Pieces[], { column, change }: Step): Promise<void> {
  // Only what was confirmed is sent, or cancelled as such: this news may overtake that of the confirmation, which then finds nothing left to do.
  await commitReservation(tx, orderId);
  const lines = await linesOf(tx, orderId);
  const parts = pieces.flatMap(({ lineId, quantity }) => split(lines.filter((line) => line.line_id === lineId), quantity, (line) => line.quantity - line.shipped - line.given_back));
  for (const { line, taken } of parts) await tx.db.query(`update reservation_line set ${column} = ${column} + $2, version = version + 1, updated_at = now() where id = $1`, [line.id, taken]);
  await changeLevels(tx, parts.map(({ line, taken }) => ({ offerId: line.offer_id, warehouseId: line.warehouse_id, ...change(taken) })), { source: orderId });
}

function linesOf(tx: InventoryTx, orderId: string): Promise<LineRow[]> {
  return tx.db.query(`select l.* from reservation_line l join reservation r on r.tenant_id = l.tenant_id and r.id = l.reservation_id where r.order_id = $1 and r.state = 'COMMITTED' order by l.id for update of l`, [orderId]);
}

function split(lines: readonly LineRow[], quantity: number, room: (line: LineRow) => number): { readonly line: LineRow; readonly taken: number }[] {
  let missing = quantity;
  return lines.flatMap((line) => {
    const taken = Math.min(missing, room(line));
    missing -= taken;
    return taken > 0 ? [{ line, taken }] : [];
  });
}
