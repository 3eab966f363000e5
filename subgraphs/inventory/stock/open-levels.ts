import { newId } from '@haat/kit/id';
import type { InventoryTx } from '../context.js';

/** A level that is to be there. */
export interface LevelKey {
  readonly offerId: string;
  readonly warehouseId: string;
  readonly vendorId: string;
}

/** Makes the levels that are not there yet, empty, in the order of their keys. */
export async function openLevels(tx: InventoryTx, keys: readonly LevelKey[]): Promise<void> {
  const sorted = [...keys].sort((a, b) => (`${a.offerId} ${a.warehouseId}` < `${b.offerId} ${b.warehouseId}` ? -1 : 1));
  const now = tx.clock.now();
  await tx.db.query(
    `insert into stock_level (id, offer_id, warehouse_id, vendor_id, low_at) select l.id, l.offer_id, l.warehouse_id, l.vendor_id, $5 from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as l(id, offer_id, warehouse_id, vendor_id)
     on conflict (tenant_id, offer_id, warehouse_id) do nothing`,
    [sorted.map(() => newId('lvl', now)), sorted.map(({ offerId }) => offerId), sorted.map(({ warehouseId }) => warehouseId), sorted.map(({ vendorId }) => vendorId), tx.config.STOCK_LOW_AT]);
  const offers = new Map(sorted.map(({ offerId, vendorId }) => [offerId, vendorId]));
  await tx.db.query('insert into offer_stock (id, version, vendor_id) select o.id, 0, o.vendor_id from unnest($1::text[], $2::text[]) as o(id, vendor_id) on conflict (tenant_id, id) do nothing', [[...offers.keys()], [...offers.values()]]);
}
