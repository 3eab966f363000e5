import type { z } from 'zod';
import type { inventoryReserve } from '@haat/schema/asks/inventory';
import { newId } from '@haat/kit/id';
import type { InventoryTx } from '../context.js';
import { allocate, type Taken } from '../stock/allocate.js';
import { changeLevels } from '../stock/change-levels.js';
import { findShelves } from '../stock/find-shelves.js';
import { updatedRows } from '../updated-rows.js';
import { expireOf } from './release-reservation.js';

type Wish = z.infer<typeof inventoryReserve.input>;
type Answer = z.infer<typeof inventoryReserve.output>;

/** How often shelves are looked at again when others were quicker. */
const triesMax = 5;

interface HoldRow { readonly id: string; readonly state: string; readonly expires_at: Date; readonly is_over: boolean }

/** Holds every line of an order, or none. The order's row comes first: whoever asks twice waits, and gets the same answer. */
export async function reserveStock(tx: InventoryTx, wish: Wish): Promise<Answer> {
  const { orderId, holdMinutes = tx.config.STOCK_HOLD_MINUTES } = wish;
  const inserted: HoldRow[] = await tx.db.query(
    `insert into reservation as r (id, order_id, state, expires_at, is_again) values ($1, $2, 'HELD', now() + make_interval(mins => $3), $4)
     on conflict (tenant_id, order_id) do update set version = r.version + 1, state = 'HELD', expires_at = now() + make_interval(mins => $3), is_again = true, updated_at = now()
       where $4 and (r.state in ('RELEASED', 'EXPIRED') or (r.state = 'HELD' and r.expires_at <= now()))
     returning r.id, r.state, r.expires_at, false as is_over`, [newId('res', tx.clock.now()), orderId, holdMinutes, wish.again ?? false]);
  const [hold] = inserted;
  if (!hold) return answerOfStanding(tx, wish);
  // Held anew: what is left of the old hold is given back first, so that it is not counted twice.
  if (wish.again) await dropLines(tx, hold.id, orderId);
  const taken = await take(tx, hold.id, wish);
  if (Array.isArray(taken)) return { outcome: 'HELD', expiresAt: hold.expires_at.toISOString(), lines: linesOf(taken) };
  await tx.db.query('delete from reservation where id = $1', [hold.id]);
  return taken;
}

/** Looks where pieces are, writes down whose they will be, and takes them by one statement that takes nothing unless all of it is still there; looks again when others were quicker. */
async function take(tx: InventoryTx, reservationId: string, { orderId, lines, destination }: Wish): Promise<Taken[] | Extract<Answer, { outcome: 'SHORT' }>> {
  const offerIds = [...new Set(lines.map(({ offerId }) => offerId))];
  for (let tries = 1; ; tries += 1) {
    const allocation = allocate(lines, await findShelves(tx, offerIds, destination));
    if ('short' in allocation) {
      // Holds whose time is over are nobody's, though no sweep came by yet.
      if (await expireOf(tx, offerIds)) continue;
      return { outcome: 'SHORT', lines: [...allocation.short] };
    }
    const changes = allocation.taken.map(({ offerId, warehouseId, quantity }) => ({ offerId, warehouseId, kind: 'RESERVED' as const, reserved: quantity }));
    // The shelves last: whoever wants the same ones waits from there to the commit.
    await insertLines(tx, reservationId, allocation.taken);
    if (await changeLevels(tx, changes, { source: orderId, onlyIfAvailable: true })) return [...allocation.taken];
    await tx.db.query('delete from reservation_line where reservation_id = $1', [reservationId]);
    if (tries >= triesMax) return { outcome: 'SHORT', lines: lines.map(({ lineId, offerId, quantity }) => ({ lineId, offerId, requested: quantity, available: 0 })) };
  }
}

async function insertLines(tx: InventoryTx, reservationId: string, taken: readonly Taken[]): Promise<void> {
  const now = tx.clock.now();
  await tx.db.query(
    'insert into reservation_line (id, reservation_id, line_id, offer_id, warehouse_id, quantity) select l.id, $1, l.line_id, l.offer_id, l.warehouse_id, l.quantity from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[]) as l(id, line_id, offer_id, warehouse_id, quantity)',
    [reservationId, taken.map(() => newId('res', now)), taken.map(({ lineId }) => lineId), taken.map(({ offerId }) => offerId), taken.map(({ warehouseId }) => warehouseId), taken.map(({ quantity }) => quantity)]);
}

async function dropLines(tx: InventoryTx, reservationId: string, orderId: string): Promise<void> {
  const old = await updatedRows<{ offer_id: string; warehouse_id: string; quantity: number }>(tx, 'delete from reservation_line where reservation_id = $1 and given_back = 0 returning offer_id, warehouse_id, quantity', [reservationId]);
  await tx.db.query('delete from reservation_line where reservation_id = $1', [reservationId]);
  await changeLevels(tx, old.map(({ offer_id: offerId, warehouse_id: warehouseId, quantity }) => ({ offerId, warehouseId, kind: 'RELEASED' as const, reserved: -quantity })), { source: orderId });
}

/** What there is already: the same lines again, or that it was given back. A hold that is asked for anew is kept as one, though it still stands. */
async function answerOfStanding(tx: InventoryTx, { orderId, again = false }: Wish): Promise<Answer> {
  if (again) await tx.db.query(`update reservation set is_again = true, version = version + 1, updated_at = now() where order_id = $1 and state = 'HELD'`, [orderId]);
  const [hold]: HoldRow[] = await tx.db.query(`select id, state, expires_at, (state = 'HELD' and expires_at <= now()) as is_over from reservation where order_id = $1`, [orderId]);
  if (!hold || hold.is_over || !['HELD', 'COMMITTED'].includes(hold.state)) return { outcome: 'RELEASED' };
  const rows: { line_id: string; offer_id: string; warehouse_id: string; quantity: number }[] = await tx.db.query('select line_id, offer_id, warehouse_id, quantity from reservation_line where reservation_id = $1 order by id', [hold.id]);
  return { outcome: 'HELD', expiresAt: hold.expires_at.toISOString(), lines: linesOf(rows.map((row) => ({ lineId: row.line_id, offerId: row.offer_id, warehouseId: row.warehouse_id, quantity: row.quantity }))) };
}

function linesOf(taken: readonly Taken[]): Extract<Answer, { outcome: 'HELD' }>['lines'] {
  return [...Map.groupBy(taken, ({ lineId }) => lineId)].map(([lineId, parts]) => ({ lineId, warehouses: parts.map(({ warehouseId, quantity }) => ({ warehouseId, quantity })) }));
}
