import { productUsageCounted } from '@haat/schema/events/catalog';
import type { Job } from '@haat/kit/define';
import type { CatalogContext } from '../context.js';
import { products } from '../product/product.row.js';
import { usage } from './usage.row.js';

/** How often it is looked, in milliseconds. */
const lookEveryMs = 5_000;
/** Marketplaces counted by one look. */
const tenantsMax = 200;
/** Products counted at most. */
const countMax = 10_000_000;

/** Counts the products of marketplaces where some came in, and tells how many there are. */
export const countProducts: Job = {
  name: 'count-products',
  everyMs: lookEveryMs,
  async run({ clock, log, signal, sweepDue, inTenant }) {
    for (const { tenantId, _id } of (await sweepDue?.(usage, 'dueAt', clock.now(), tenantsMax)) ?? []) {
      if (signal.aborted) return;
      await inTenant(tenantId, (ctx) => count(ctx as CatalogContext, _id)).catch((error: unknown) => log.error({ err: error, tenant: tenantId }, 'The products were not counted.'));
    }
  },
};

/** Counts after the note was read: whoever notes meanwhile makes it count again. */
async function count(ctx: CatalogContext, id: string): Promise<void> {
  await ctx.transaction((tx) => tx.db.collection(usage).change(id, async (current) => {
    const used = await tx.db.collection(products).count({}, countMax);
    if (used !== current.used) await tx.emit(productUsageCounted, { aggregate: { id, version: current.version + 1 }, payload: { meter: 'products', used } });
    return { used };
  }));
}
