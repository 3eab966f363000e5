import { warehouseUsageCounted } from '@haat/schema/events/inventory';
import type { InventoryTx } from '../context.js';

const meter = 'warehouses';

/** Open warehouses of the whole marketplace, and of one vendor or of the marketplace itself. */
export interface CountedWarehouses {
  readonly all: number;
  readonly own: number;
}

/** Counts what is open. The lock makes two that count at the same time follow each other. */
export async function countedWarehouses(tx: InventoryTx, vendorId: string | null): Promise<CountedWarehouses> {
  await tx.db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.tenant.id}:${meter}`]);
  const [row]: CountedWarehouses[] = await tx.db.query(`select count(*)::int as "all", (count(*) filter (where vendor_id is not distinct from $1))::int as own from warehouse where closed_at is null`, [vendorId]);
  return row ?? { all: 0, own: 0 };
}

/** Tells how many there are now. */
export async function sayUsage(tx: InventoryTx, used: number): Promise<void> {
  const [row]: { version: number }[] = await tx.db.query(
    `insert into usage_count as u (id, version, used) values ($1, 1, $2) on conflict (tenant_id, id) do update set used = excluded.used, version = u.version + 1, updated_at = now() returning version`, [meter, used]);
  await tx.emit(warehouseUsageCounted, { aggregate: { id: `${tx.tenant.id}:${meter}`, version: row?.version ?? 1 }, payload: { meter, used } });
}
