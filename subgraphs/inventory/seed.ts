import type { Seeding } from '@haat/kit/define';
import { fixedId } from '@haat/kit/id';
import type { InventoryTx } from './context.js';
import { countedWarehouses, sayUsage } from './warehouse/say-usage.js';
import { Warehouse } from './warehouse/warehouse.js';

/** The warehouses of the demonstration: two in each marketplace, run by it for all its vendors. */
const seeded = [
  { market: 'acme', slug: 'tejgaon', name: 'Tejgaon, Dhaka', priority: 10 },
  { market: 'acme', slug: 'chattogram-port', name: 'Port, Chattogram', priority: 20 },
  { market: 'nordic', slug: 'arsta', name: 'Årsta, Stockholm', priority: 10 },
  { market: 'nordic', slug: 'malmo-hamn', name: 'Hamnen, Malmö', priority: 20 },
] as const;

/** Opens each warehouse that is not there yet. */
export async function seedInventory(seeding: Seeding): Promise<void> {
  for (const { market, slug, name, priority } of seeded) {
    const tenantId = fixedId('ten', market);
    const id = fixedId('wh', `${market}:${slug}`);
    await seeding.inTenant(tenantId, async (tx: InventoryTx) => {
      if (await tx.db.existsBy(Warehouse, { tenantId, id })) return;
      await tx.db.save(tx.db.create(Warehouse, { tenantId, id, version: 1, vendorId: null, name, countries: [], priority, closedAt: null }));
      await sayUsage(tx, (await countedWarehouses(tx, null)).all);
    });
  }
}
