import type { CatalogTx } from '../context.js';
import { productUsageId, usage } from './usage.row.js';

/** After a change it is counted once for all that changed in this time, in milliseconds. */
export const countAfterMs = 3_000;

/**
 * Has the products counted soon: one write for many new products. What waits already and lies ahead is enough, since the
 * count comes after it; a note that is lost with its process is made up for by the next one.
 */
export async function noteProductCount(tx: CatalogTx): Promise<void> {
  const now = tx.clock.now();
  const dueAt = new Date(now.getTime() + countAfterMs);
  await tx.db.collection(usage).changeOrInsert(productUsageId(tx.tenant.id), (current) => (current?.dueAt && current.dueAt > now ? undefined : { used: current?.used ?? 0, dueAt }), { followUp: true });
}
