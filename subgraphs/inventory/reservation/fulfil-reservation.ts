import type { InventoryTx } from '../context.js';
import { changeLevels, type LevelChange } from '../stock/change-levels.js';
import { updatedRows } from '../updated-rows.js';

/** Pieces of a line of an order. */
export interface Pieces {
  readonly lineId: string;
  readonly quantity: number;
}

/** What an order holds of an offer in one warehouse, and what became of it. */
export interface LineRow {
  readonly id: string;
  readonly line_id: string;
  readonly offer_id: string;
  readonly warehouse_id: string;
  readonly quantity: number;
  readonly shipped: number;
  readonly given_back: number;
  readonly returned: number;
  /** Left, and neither with the buyer nor back. */
  readonly on_the_road: number;
  /** Paid back to be sold again while nobody had said that the buyer has them, and when that was. */
  readonly restock_waits: number;
  readonly restock_asked_at: Date | null;
}

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

interface Step {
  readonly column: 'shipped' | 'given_back';
  readonly change: (quantity: number) => Pick<LevelChange, 'kind' | 'onHand' | 'allocated'>;
}

/** What is still there of the order's allocation moves, never more: news that comes twice in other words moves nothing the second time. */
async function each(tx: InventoryTx, orderId: string, pieces: readonly Pieces[], { column, change }: Step): Promise<void> {
  // Only what was confirmed is sent, or cancelled as such: this news may overtake that of the confirmation, which then finds nothing left to do.
  await commitReservation(tx, orderId);
  const parts = partsOf(await linesOf(tx, orderId), pieces, ({ quantity, shipped, given_back: givenBack }) => quantity - shipped - givenBack);
  await count(tx, column, parts);
  await changeLevels(tx, parts.map(({ line, taken }) => ({ offerId: line.offer_id, warehouseId: line.warehouse_id, ...change(taken) })), { source: orderId });
}

/** Pieces of one row. */
export interface Part {
  readonly line: LineRow;
  readonly taken: number;
}

async function count(tx: InventoryTx, column: Step['column'], parts: readonly Part[]): Promise<void> {
  if (parts.length === 0) return;
  await tx.db.query(
    `update reservation_line l set ${column} = l.${column} + p.taken, ${column === 'shipped' ? 'on_the_road = l.on_the_road + p.taken, ' : ''}version = l.version + 1, updated_at = now() from unnest($1::text[], $2::int[]) as p(id, taken) where l.id = p.id`,
    [parts.map(({ line }) => line.id), parts.map(({ taken }) => taken)]);
}

/** What a confirmed order holds, locked. */
export function linesOf(tx: InventoryTx, orderId: string): Promise<LineRow[]> {
  return tx.db.query(`select l.* from reservation_line l join reservation r on r.tenant_id = l.tenant_id and r.id = l.reservation_id where r.order_id = $1 and r.state = 'COMMITTED' order by l.id for update of l`, [orderId]);
}

/** Which rows the pieces are of, each once, and no more than there is room for. */
export function partsOf(lines: readonly LineRow[], pieces: readonly Pieces[], room: (line: LineRow) => number): Part[] {
  return [...Map.groupBy(pieces, ({ lineId }) => lineId)].flatMap(([lineId, same]) => split(lines.filter((line) => line.line_id === lineId), same.reduce((sum, { quantity }) => sum + quantity, 0), room));
}

function split(lines: readonly LineRow[], quantity: number, room: (line: LineRow) => number): Part[] {
  let missing = quantity;
  return lines.flatMap((line) => {
    const taken = Math.min(missing, room(line));
    missing -= taken;
    return taken > 0 ? [{ line, taken }] : [];
  });
}
