import type { CatalogTx } from '../context.js';
import { ProductLimitReached, roomForProducts } from '../usage/room-for-products.js';
import type { ImportRow } from './import-job.row.js';
import type { Planned } from './write-products.js';

/** Refuses new products that the marketplace's plan has no room for, in the order of the file. What a dry run let pass before counts as if it were there. */
export async function keepToPlan(tx: CatalogTx, { isDryRun, created }: Pick<ImportRow, 'isDryRun' | 'created'>, planned: readonly Planned[]): Promise<void> {
  const fresh = planned.filter(({ plan }) => plan.kind === 'create');
  const room = fresh.length === 0 ? undefined : await roomForProducts(tx);
  if (room === undefined) return;
  const { message } = ProductLimitReached.of(tx.tenant.limits['products'] ?? 0);
  for (const one of fresh.slice(Math.max(0, room - (isDryRun ? created : 0)))) one.plan = { kind: 'refuse', errors: [message] };
}
