import { productPublished } from '@haat/schema/events/catalog';
import type { Job } from '@haat/kit/define';
import type { CatalogContext } from '../context.js';
import { products, ProductStatus } from './product.row.js';
import { productStateOf } from './product-state.js';
import { published } from './publish-product.js';

/** How often it is looked, in milliseconds: a product appears at most this long after its time. */
const lookEveryMs = 5_000;
/** Products published by one look. */
const dueMax = 500;

/** Publishes what is planned, once its time has come: each product by itself, so that one that fails holds up no other. */
export const publishDueProducts: Job = {
  name: 'publish-due-products',
  everyMs: lookEveryMs,
  async run({ clock, log, signal, sweepDue, inTenant }) {
    const due = (await sweepDue?.(products, 'publishAt', clock.now(), dueMax)) ?? [];
    for (const { tenantId, _id } of due) {
      if (signal.aborted) return;
      await inTenant(tenantId, (ctx) => publishDue(ctx as CatalogContext, _id)).catch((error: unknown) => log.error({ err: error, tenant: tenantId, product: _id }, 'A planned product was not published.'));
    }
  },
};

/** Somebody may have changed the plan since it was looked: only what is due now is published. */
async function publishDue(ctx: CatalogContext, productId: string): Promise<void> {
  await ctx.transaction((tx) => tx.db.collection(products).change(productId, async (current) => {
    const isDue = current.status === ProductStatus.SCHEDULED && current.publishAt !== undefined && current.publishAt <= tx.clock.now();
    if (!isDue) return undefined;
    const next = published(current, tx.clock.now());
    await tx.emit(productPublished, { aggregate: { id: productId, version: current.version + 1 }, payload: productStateOf(next) });
    return next;
  }));
}
