import { forbidden } from '@haat/kit/refusal';
import { connectionOf, type ForwardPageArgs, type Page } from '@haat/kit/page';
import { keysetPage } from '@haat/kit-postgres/keyset-page';
import type { InventoryContext } from '../context.js';
import { mayKeep } from '../may.js';
import { StockMovement } from '../movement/stock-movement.js';
import { Warehouse } from '../warehouse/warehouse.js';
import { StockLevel } from './stock-level.js';
import { StockLevelRow } from './stock-level.row.js';

/** A page of shelves. */
export const { Connection: StockLevelConnection } = connectionOf(StockLevel, { name: 'StockLevel', description: 'Shelves of one vendor, in the order they were first filled.' });
/** A page of movements. */
export const { Connection: StockMovementConnection } = connectionOf(StockMovement, { name: 'StockMovement', description: 'Movements of one offer, newest first.' });
/** A page of warehouses. */
export const { Connection: WarehouseConnection } = connectionOf(Warehouse, { name: 'Warehouse', description: 'Warehouses that one vendor can use: its own, and the marketplace\'s.' });

/** One vendor's shelves. */
export async function listLevels(ctx: InventoryContext, vendorId: string, args: ForwardPageArgs, lowOnly: boolean): Promise<Page<StockLevel>> {
  if (!mayKeep(ctx.viewer, vendorId)) throw forbidden();
  const qb = ctx.db.createQueryBuilder(StockLevelRow, 's').where('s.vendorId = :vendorId', { vendorId });
  // Nobody fills a warehouse that closed.
  if (lowOnly) qb.andWhere('s.isLow').innerJoin(Warehouse, 'w', 'w.tenantId = s.tenantId and w.id = s.warehouseId and w.closedAt is null');
  const { edges, pageInfo } = await keysetPage({ qb, args, tenantId: ctx.tenant.id, order: [{ column: 's.id', direction: 'ASC' }], key: `${vendorId} ${lowOnly}` });
  const typed = edges.map(({ cursor, node }) => ({ cursor, node: StockLevel.of(node) }));
  return { edges: typed, nodes: typed.map(({ node }) => node), pageInfo };
}

/** What moved of an offer. Anybody else's offer has no movements to be seen. */
export async function listMovements(ctx: InventoryContext, offerId: string, args: ForwardPageArgs): Promise<Page<StockMovement> | null> {
  const [offer]: { vendor_id: string }[] = await ctx.db.query('select vendor_id from offer_fact where id = $1', [offerId]);
  if (!offer || !mayKeep(ctx.viewer, offer.vendor_id)) return null;
  const qb = ctx.db.createQueryBuilder(StockMovement, 'm').where('m.offerId = :offerId', { offerId });
  return keysetPage({ qb, args, tenantId: ctx.tenant.id, order: [{ column: 'm.createdAt', direction: 'DESC' }, { column: 'm.id', direction: 'DESC' }], key: offerId });
}

/** Warehouses that a vendor can use. */
export function listWarehouses(ctx: InventoryContext, vendorId: string, args: ForwardPageArgs): Promise<Page<Warehouse>> {
  if (!mayKeep(ctx.viewer, vendorId)) throw forbidden();
  const qb = ctx.db.createQueryBuilder(Warehouse, 'w').where('(w.vendorId = :vendorId or w.vendorId is null)', { vendorId });
  return keysetPage({ qb, args, tenantId: ctx.tenant.id, order: [{ column: 'w.priority', direction: 'ASC' }, { column: 'w.id', direction: 'ASC' }], key: vendorId });
}
