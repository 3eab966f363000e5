import type { InventoryTx } from '../context.js';
import { changeLevels, type LevelChange } from '../stock/change-levels.js';
import { linesOf, partsOf, type LineRow, type Part, type Pieces } from './fulfil-reservation.js';

/** Why pieces came back, and whether they are broken. */
export interface ReturnNews {
  readonly reason: string;
  readonly damaged?: boolean;
}

/** Why pieces were paid back, and when. */
export interface RestockNews {
  readonly reason: string;
  readonly at: Date;
}

/** What changes of a row: pieces that come onto the shelf, that leave the road, that are waited for. */
interface RowChange {
  readonly line: LineRow;
  readonly returned: number;
  readonly road: number;
  readonly waits: number;
}

/**
 * A courier brought pieces back, and they go onto the shelf that they left; once, though whoever paid them back says so as well.
 * What is broken is taken off it again at once.
 */
export async function returnStock(tx: InventoryTx, orderId: string, pieces: readonly Pieces[], { reason, damaged = false }: ReturnNews): Promise<void> {
  const lines = await linesOf(tx, orderId);
  const ofRoad = partsOf(lines, pieces, ({ on_the_road: road }) => road);
  // What left before anybody counted what is on the road.
  const others = partsOf(lines, without(pieces, ofRoad), handedOver);
  await write(tx, lines.map((line) => {
    const [road, other] = [takenOf(ofRoad, line), takenOf(others, line)];
    return { line, returned: road + other, road: -road, waits: -Math.min(line.restock_waits, road + other) };
  }), { orderId, reason, damaged });
}

/** Pieces are with the buyer. Where somebody paid them back only after that, and the news of it came first, they are back. */
export async function handOver(tx: InventoryTx, orderId: string, pieces: readonly Pieces[], at: Date): Promise<void> {
  const parts = partsOf(await linesOf(tx, orderId), pieces, ({ on_the_road: road }) => road);
  await write(tx, parts.map(({ line, taken }) => {
    const waits = Math.min(line.restock_waits, taken);
    return { line, returned: line.restock_asked_at !== null && line.restock_asked_at >= at ? waits : 0, road: -taken, waits: -waits };
  }), { orderId, reason: 'Paid back.' });
}

/**
 * Pieces were paid back and are to be sold again: those that the buyer had go onto the shelf that they left. What is on the road does
 * when its courier brings it, and not before: it would be sold while it is not there.
 */
export async function restock(tx: InventoryTx, orderId: string, pieces: readonly Pieces[], { reason, at }: RestockNews): Promise<void> {
  const lines = await linesOf(tx, orderId);
  const there = partsOf(lines, pieces, handedOver);
  const awaited = partsOf(lines, without(pieces, there), (line) => line.quantity - line.given_back - line.returned - takenOf(there, line) - line.restock_waits);
  await write(tx, lines.map((line) => ({ line, returned: takenOf(there, line), road: 0, waits: takenOf(awaited, line) })), { orderId, reason, at });
}

/** Pieces that the buyer has. */
function handedOver({ shipped, returned, on_the_road: road }: LineRow): number {
  return shipped - returned - road;
}

function takenOf(parts: readonly Part[], { id }: LineRow): number {
  return parts.find(({ line }) => line.id === id)?.taken ?? 0;
}

/** What is left of pieces once some rows had their part of them. */
function without(pieces: readonly Pieces[], parts: readonly Part[]): Pieces[] {
  return [...Map.groupBy(pieces, ({ lineId }) => lineId)].map(([lineId, same]) => ({
    lineId, quantity: same.reduce((sum, { quantity }) => sum + quantity, 0) - parts.filter(({ line }) => line.line_id === lineId).reduce((sum, { taken }) => sum + taken, 0),
  }));
}

async function write(tx: InventoryTx, rows: readonly RowChange[], { orderId, reason, damaged = false, at = null }: { readonly orderId: string; readonly at?: Date | null } & ReturnNews): Promise<void> {
  const changed = rows.filter(({ returned, road, waits }) => returned !== 0 || road !== 0 || waits !== 0);
  if (changed.length === 0) return;
  await tx.db.query(
    `update reservation_line l set returned = l.returned + p.returned, on_the_road = l.on_the_road + p.road, restock_waits = l.restock_waits + p.waits,
       restock_asked_at = case when l.restock_waits + p.waits > 0 then coalesce(l.restock_asked_at, $5) end, version = l.version + 1, updated_at = now()
     from unnest($1::text[], $2::int[], $3::int[], $4::int[]) as p(id, returned, road, waits) where l.id = p.id`,
    [changed.map(({ line }) => line.id), changed.map(({ returned }) => returned), changed.map(({ road }) => road), changed.map(({ waits }) => waits), at]);
  const levels = changed.filter(({ returned }) => returned > 0).flatMap(({ line: { offer_id: offerId, warehouse_id: warehouseId }, returned }): LevelChange[] => [
    { offerId, warehouseId, kind: 'RETURNED', onHand: returned }, ...(damaged ? [{ offerId, warehouseId, kind: 'DAMAGED' as const, onHand: -returned }] : []),
  ]);
  await changeLevels(tx, levels, { source: orderId, reason });
}
