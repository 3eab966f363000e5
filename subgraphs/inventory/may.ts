import { holdsGrant, type Viewer } from '@haat/kit/identity';
import { notFound } from '@haat/kit/refusal';
import type { InventoryTx } from './context.js';

/** The right to stock and warehouses, at a vendor or in the whole marketplace. */
export const stockGrant = 'stock.manage';

/** Whether somebody may look after a vendor's stock; null stands for the marketplace's own warehouses. */
export function mayKeep(viewer: Viewer, vendorId: string | null): boolean {
  if (viewer.roles.includes('OPERATOR') || viewer.kind === 'SYSTEM') return true;
  return vendorId === null ? holdsGrant(viewer, stockGrant) && viewer.kind === 'TOKEN' : holdsGrant(viewer, stockGrant, vendorId) && (viewer.kind === 'TOKEN' || viewer.vendors.some(({ id }) => id === vendorId));
}

/** A shelf somebody may change: an offer of theirs in a warehouse of theirs, or of the marketplace's. */
export interface OwnShelf {
  readonly offerId: string;
  readonly warehouseId: string;
  readonly vendorId: string;
}

/** Which warehouses count: a closed one gets nothing any more, and what came back to it can be counted and moved out. */
export type Doors = 'OPEN' | 'ANY';

/**
 * The shelves that are named, of offers the viewer may look after. Anybody else's offer or warehouse does not exist: the missing ones are
 * answered. Their warehouses neither close nor open until the commit.
 */
export async function ownShelves(tx: InventoryTx, named: readonly { offerId: string; warehouseId: string }[], doors: Doors): Promise<{ readonly shelves: readonly OwnShelf[]; readonly missing: readonly { offerId: string; warehouseId: string }[] }> {
  const [offers, warehouses] = await Promise.all([
    tx.db.query('select id, vendor_id from offer_fact where id = any($1)', [named.map(({ offerId }) => offerId)]) as Promise<{ id: string; vendor_id: string }[]>,
    tx.db.query('select id, vendor_id from warehouse where id = any($1) and ($2 or closed_at is null) order by id for share', [named.map(({ warehouseId }) => warehouseId), doors === 'ANY']) as Promise<{ id: string; vendor_id: string | null }[]>,
  ]);
  const shelves: OwnShelf[] = [];
  const missing: { offerId: string; warehouseId: string }[] = [];
  for (const { offerId, warehouseId } of named) {
    const vendorId = offers.find(({ id }) => id === offerId)?.vendor_id;
    const warehouse = warehouses.find(({ id }) => id === warehouseId);
    const isOwn = vendorId !== undefined && warehouse !== undefined && mayKeep(tx.viewer, vendorId) && (warehouse.vendor_id === null || warehouse.vendor_id === vendorId);
    if (isOwn) shelves.push({ offerId, warehouseId, vendorId });
    else missing.push({ offerId, warehouseId });
  }
  return { shelves, missing };
}

/** The only shelf named; refuses where it is nobody's of the viewer. */
export async function ownShelf(tx: InventoryTx, named: { offerId: string; warehouseId: string }, doors: Doors): Promise<OwnShelf> {
  const { shelves: [shelf] } = await ownShelves(tx, [named], doors);
  if (!shelf) throw notFound('offer in this warehouse');
  return shelf;
}
