import { stockBack, stockChanged, stockLow, stockRanOut } from '@haat/schema/events/inventory';
import { newId } from '@haat/kit/id';
import { actorOf } from '@haat/kit/identity';
import { undoneUnless } from '@haat/kit-postgres/undone-unless';
import type { InventoryTx } from '../context.js';
import { updatedRows } from '../updated-rows.js';
import { offerTotal } from './offer-total.js';

/** Why pieces moved: domains.md's kinds. */
export type MovementKind = 'RECEIVED' | 'RESERVED' | 'RELEASED' | 'ALLOCATED' | 'DEALLOCATED' | 'SHIPPED' | 'RETURNED' | 'DAMAGED' | 'ADJUSTED' | 'TRANSFER_OUT' | 'TRANSFER_IN' | 'COUNTED';

/** A change of one level: how much each number moves. Pieces. */
export interface LevelChange {
  readonly offerId: string;
  readonly warehouseId: string;
  readonly kind: MovementKind;
  readonly onHand?: number;
  readonly allocated?: number;
  readonly reserved?: number;
}

/** Where changes come from. */
export interface ChangeSource {
  /** An order, a mutation: what is to be found again. */
  readonly source: string;
  readonly reason?: string | null;
  /** True where pieces may only be taken if they are there: a change that would take what is not there changes nothing at all. */
  readonly onlyIfAvailable?: boolean;
}

/** A level after its change. */
export interface ChangedLevel {
  readonly id: string;
  readonly version: number;
  readonly offer_id: string;
  readonly warehouse_id: string;
  readonly vendor_id: string;
  readonly on_hand: number;
  readonly allocated: number;
  readonly reserved: number;
  readonly safety: number;
  readonly backorder_limit: number;
  readonly available: number;
  readonly was_available: number;
  readonly low_at: number;
  readonly was_low: boolean;
  readonly is_low: boolean;
}

/**
 * Changes levels in one statement, which locks them in the order of their keys, so that two that meet cannot wait for each
 * other. Writes a movement for each, and says what changed. False, and nothing is changed, where `onlyIfAvailable` holds it back.
 */
export async function changeLevels(tx: InventoryTx, changes: readonly LevelChange[], { source, reason = null, onlyIfAvailable = false }: ChangeSource): Promise<boolean> {
  if (changes.length === 0) return true;
  const summed = byLevel(changes);
  const levels = await undoneUnless(tx, ({ length }) => length === summed.length, async () => {
    // Before the levels are locked: whoever wants the same shelf waits from there to the commit.
    await writeMovements(tx, changes, source, reason);
    return updatedRows<ChangedLevel>(tx, updateSql, [
      summed.map(({ offerId }) => offerId), summed.map(({ warehouseId }) => warehouseId), summed.map(({ onHand = 0 }) => onHand), summed.map(({ allocated = 0 }) => allocated),
      summed.map(({ reserved = 0 }) => reserved), onlyIfAvailable,
    ]);
  });
  if (levels.length < summed.length) return false;
  for (const level of levels) await sayLevel(tx, level);
  // An offer can only run out, or come back, where one of its shelves does.
  await sayOffers(tx, [...new Set(levels.filter((level) => level.was_available > 0 !== level.available > 0).map(({ offer_id }) => offer_id))]);
  return true;
}

const updateSql = `
  with wanted as (select * from unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::int[]) as w(offer_id, warehouse_id, on_hand, allocated, reserved)),
  locked as (select s.id, s.is_low, s.available from stock_level s join wanted w using (offer_id, warehouse_id) order by s.offer_id, s.warehouse_id for update of s)
  update stock_level s set on_hand = s.on_hand + w.on_hand, allocated = s.allocated + w.allocated, reserved = s.reserved + w.reserved, version = s.version + 1, updated_at = now(),
    is_low = (s.on_hand + w.on_hand - s.allocated - w.allocated - s.reserved - w.reserved - s.safety + s.backorder_limit) <= s.low_at
  from wanted w, locked l
  where s.id = l.id and s.offer_id = w.offer_id and s.warehouse_id = w.warehouse_id and (not $6 or s.available >= w.reserved + w.allocated - w.on_hand)
  returning s.id, s.version, s.offer_id, s.warehouse_id, s.vendor_id, s.on_hand, s.allocated, s.reserved, s.safety, s.backorder_limit, s.low_at, l.is_low as was_low, s.is_low, l.available as was_available,
    s.on_hand - s.allocated - s.reserved - s.safety + s.backorder_limit as available`;

/** Two lines of one offer from one shelf are one change of it. */
function byLevel(changes: readonly LevelChange[]): LevelChange[] {
  const summed = new Map<string, LevelChange>();
  for (const change of changes) {
    const key = `${change.offerId} ${change.warehouseId}`;
    const before = summed.get(key);
    const add = (field: 'onHand' | 'allocated' | 'reserved'): number => (before?.[field] ?? 0) + (change[field] ?? 0);
    summed.set(key, { ...change, onHand: add('onHand'), allocated: add('allocated'), reserved: add('reserved') });
  }
  return [...summed.values()];
}

async function writeMovements(tx: InventoryTx, changes: readonly LevelChange[], source: string, reason: string | null): Promise<void> {
  const now = tx.clock.now();
  const actor = actorOf(tx.viewer, tx.subgraph);
  await tx.db.query(
    `insert into stock_movement (id, offer_id, warehouse_id, kind, quantity, on_hand_change, source, reason, actor)
     select m.id, m.offer_id, m.warehouse_id, m.kind, m.quantity, m.on_hand_change, $7, $8, $9 from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::int[]) as m(id, offer_id, warehouse_id, kind, quantity, on_hand_change)`,
    [changes.map(() => newId('mov', now)), changes.map(({ offerId }) => offerId), changes.map(({ warehouseId }) => warehouseId), changes.map(({ kind }) => kind), changes.map(movedPieces), changes.map(({ onHand = 0 }) => onHand), source, reason, actor]);
}

/** The pieces that a movement is about: whatever of the three numbers it moves. */
function movedPieces({ onHand = 0, allocated = 0, reserved = 0 }: LevelChange): number {
  return Math.max(Math.abs(onHand), Math.abs(allocated), Math.abs(reserved));
}

/** Says a level's state, and that it is low when it just became so. */
export async function sayLevel(tx: InventoryTx, level: ChangedLevel, republished?: boolean): Promise<void> {
  const { id, version, offer_id: offerId, warehouse_id: warehouseId, vendor_id: vendorId, on_hand: onHand, allocated, reserved, safety, backorder_limit: backorderLimit, available, is_low: isLow } = level;
  const aggregate = { id, version };
  await tx.emit(stockChanged, { aggregate, republished, payload: { offerId, warehouseId, vendorId, onHand, allocated, reserved, safety, backorderLimit, available, isLow } });
  if (isLow && !level.was_low && !republished) await tx.emit(stockLow, { aggregate, payload: { offerId, warehouseId, vendorId, available, threshold: level.low_at } });
}

interface Crossing { readonly id: string; readonly version: number; readonly vendor_id: string; readonly is_out: boolean; readonly available: number; readonly backorder: boolean }

/**
 * Says of each offer that nothing is left, or that there is something again: on the crossing only. Its row is locked by a
 * statement of its own, so that the next one sees what others took from other shelves meanwhile.
 */
export async function sayOffers(tx: InventoryTx, offerIds: readonly string[]): Promise<void> {
  if (offerIds.length === 0) return;
  await tx.db.query('select 1 from offer_stock where id = any($1) order by id for update', [offerIds]);
  const crossed = await updatedRows<Crossing>(tx, 
    `with now_there as (select o.id as offer_id, ${offerTotal('s.available')} from offer_stock o
         left join (stock_level s join warehouse w on w.tenant_id = s.tenant_id and w.id = s.warehouse_id and w.closed_at is null) on s.tenant_id = o.tenant_id and s.offer_id = o.id
       where o.id = any($1) group by o.id order by o.id)
     update offer_stock o set is_out = (n.available = 0), version = o.version + 1, updated_at = now() from now_there n
     where o.id = n.offer_id and o.is_out <> (n.available = 0) returning o.id, o.version, o.vendor_id, o.is_out, n.available, n.backorder`, [offerIds]);
  for (const { id, version, vendor_id: vendorId, is_out, available, backorder } of crossed) {
    await tx.emit(is_out ? stockRanOut : stockBack, { aggregate: { id, version }, payload: { offerId: id, vendorId, available, backorder } });
  }
}
