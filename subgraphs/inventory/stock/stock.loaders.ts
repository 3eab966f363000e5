import type { Destination } from '@haat/schema/parts';
import { loader } from '@haat/kit/loader';
import type { InventoryContext } from '../context.js';
import { Warehouse } from '../warehouse/warehouse.js';
import { servesSql } from './find-shelves.js';
import { offerTotal } from './offer-total.js';
import { OfferAvailability } from './stock-level.js';

interface AvailabilityRow { readonly offer_id: string; readonly available: number; readonly backorder: boolean; readonly restock_at: Date | null }

/**
 * What shoppers may know of offers' stock: one statement however many there are. Holds whose time is over are nobody's,
 * though no sweep came by yet.
 */
export function availabilityByOffer(ctx: InventoryContext) {
  return loader<string, OfferAvailability>(async (ids) => new Map((await countOffers(ctx, ids)).map((row) => [row.offer_id, shown(row, ctx.config.STOCK_SHOWN_MAX)])));
}

/** What can be bought of offers now, exactly, from warehouses that send there where a place is named. Holds whose time is over count as free, though no sweep came by yet. */
export function countOffers(ctx: Pick<InventoryContext, 'db'>, ids: readonly string[], destination: Destination | null = null): Promise<AvailabilityRow[]> {
  return ctx.db.query(
    `select s.offer_id, ${offerTotal('(s.available::bigint + coalesce(over.pieces, 0))')}, max(o.restock_at) as restock_at
     from stock_level s join warehouse w on w.tenant_id = s.tenant_id and w.id = s.warehouse_id
       left join offer_stock o on o.tenant_id = s.tenant_id and o.id = s.offer_id
       left join (select l.tenant_id, l.offer_id, l.warehouse_id, sum(l.quantity)::int as pieces from reservation r join reservation_line l on l.tenant_id = r.tenant_id and l.reservation_id = r.id
         where r.due_at <= now() and l.offer_id = any($1) and l.given_back = 0 group by 1, 2, 3) over on over.tenant_id = s.tenant_id and over.offer_id = s.offer_id and over.warehouse_id = s.warehouse_id
     where s.offer_id = any($1) and w.closed_at is null and ${servesSql} group by s.offer_id`, [ids, destination?.country ?? null]);
}

/** Warehouses by their ids. */
export function warehouseById(ctx: InventoryContext) {
  return loader<string, Warehouse>(async (ids) => new Map((await ctx.db.createQueryBuilder(Warehouse, 'w').where('w.id = any(:ids)', { ids }).getMany()).map((row) => [row.id, row])));
}

function shown({ available, backorder, restock_at }: AvailabilityRow, max: number): OfferAvailability {
  return Object.assign(new OfferAvailability(), { available: Math.min(available, max), inStock: available > 0, backorder, restockAt: restock_at });
}
