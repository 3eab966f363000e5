import type { Representation } from '@haat/kit/define';
import type { InventoryContext } from '../context.js';
import { mayKeep } from '../may.js';
import { Warehouse } from '../warehouse/warehouse.js';
import { Offer, StockLevel } from './stock-level.js';
import { StockLevelRow } from './stock-level.row.js';

/** Offers that we heard of in this tenant, with one statement; nobody else's are there. */
export async function findOffers(ctx: InventoryContext, keys: readonly Representation[]): Promise<(Offer | null)[]> {
  const rows: { id: string }[] = await ctx.db.query('select id from offer_fact where id = any($1)', [keys.map(({ id }) => id)]);
  const known = new Set(rows.map(({ id }) => id));
  return keys.map(({ id }) => (known.has(id) ? Object.assign(new Offer(), { id }) : null));
}

/** Warehouses that the viewer may know of. */
export async function findWarehouses(ctx: InventoryContext, keys: readonly Representation[]): Promise<(Warehouse | null)[]> {
  const rows = await ctx.loaders.warehouseById.loadMany(keys.map(({ id }) => id));
  return rows.map((row) => (row instanceof Warehouse && seesWarehouse(ctx, row) ? row : null));
}

/** A vendor's own people see its warehouses, and who keeps any stock sees the marketplace's. */
export function seesWarehouse({ viewer }: Pick<InventoryContext, 'viewer'>, { vendorId }: Warehouse): boolean {
  return mayKeep(viewer, vendorId) || (vendorId === null && viewer.vendors.some(({ id }) => mayKeep(viewer, id)));
}

/** One shelf, for who looks after its vendor's stock. */
export async function findLevel(ctx: InventoryContext, offerId: string, warehouseId: string): Promise<StockLevel | null> {
  const row = await ctx.db.findOneBy(StockLevelRow, { tenantId: ctx.tenant.id, offerId, warehouseId });
  return row && mayKeep(ctx.viewer, row.vendorId) ? StockLevel.of(row) : null;
}
