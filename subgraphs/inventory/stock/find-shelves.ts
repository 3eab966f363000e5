import type { Destination } from '@haat/schema/parts';
import type { InventoryTx } from '../context.js';
import type { Shelf } from './allocate.js';

interface ShelfRow { readonly offer_id: string; readonly warehouse_id: string; readonly available: number; readonly priority: number; readonly serves: boolean }

/** Whether a warehouse `w` sends to the country `$2`: as SQL. A warehouse that names no country serves all, and where no place is named all do. */
export const servesSql = '(cardinality(w.countries) = 0 or $2::text is null or $2 = any(w.countries))';

/** Where pieces of offers are, in warehouses that are open. */
export async function findShelves(tx: Pick<InventoryTx, 'db'>, offerIds: readonly string[], destination: Destination | null): Promise<Shelf[]> {
  const rows: ShelfRow[] = await tx.db.query(
    `select s.offer_id, s.warehouse_id, s.available, w.priority, ${servesSql} as serves
     from stock_level s join warehouse w on w.tenant_id = s.tenant_id and w.id = s.warehouse_id where s.offer_id = any($1) and w.closed_at is null`, [offerIds, destination?.country ?? null]);
  return rows.map(({ offer_id: offerId, warehouse_id: warehouseId, ...shelf }) => ({ offerId, warehouseId, ...shelf }));
}
