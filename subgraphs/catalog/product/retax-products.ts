import type { Job } from '@haat/kit/define';
import { readMax } from '@haat/kit-mongo/mongo-collection';
import type { CatalogContext } from '../context.js';
import { productTypes, type ProductTypeRow } from '../product-type/product-type.row.js';
import { contractOf, productStateOf } from './product-state.js';
import { products, type ProductRow } from './product.row.js';

/** How often it is looked, in milliseconds. */
const lookEveryMs = 5_000;
/** Product types followed by one look. */
const typesMax = 50;

/** Says the products of a type again when it was given another tax class. */
export const retaxProducts: Job = {
  name: 'retax-products',
  everyMs: lookEveryMs,
  async run({ clock, log, signal, sweepDue, inTenant }) {
    for (const { tenantId, _id } of (await sweepDue?.(productTypes, 'retaxAt', clock.now(), typesMax)) ?? []) {
      if (signal.aborted) return;
      await inTenant(tenantId, (ctx) => retax(ctx as CatalogContext, _id, signal)).catch((error: unknown) => log.error({ err: error, tenant: tenantId, type: _id }, 'Products were not told of their tax class.'));
    }
  },
};

/** The wish is dropped last, and only where it is still the same: a process that dies begins again. */
async function retax(ctx: CatalogContext, typeId: string, signal: AbortSignal): Promise<void> {
  const type = await ctx.db.collection(productTypes).findById(typeId);
  if (!type?.retaxAt) return;
  for (let last: ProductRow | undefined; ;) {
    const rows: readonly ProductRow[] = await ctx.db.collection(products).page({ typeKey: type.key }, { after: last && { value: last._id, id: last._id }, limit: readMax });
    for (const row of rows) {
      if (signal.aborted) return;
      if (row.taxClass !== type.taxClass) await retaxOne(ctx, type, row._id);
    }
    last = rows.at(-1);
    if (rows.length < readMax) break;
  }
  await ctx.transaction((tx) => tx.db.collection(productTypes).change(typeId, (current) => (current.version === type.version ? { ...current, retaxAt: undefined } : undefined)));
}

async function retaxOne(ctx: CatalogContext, { taxClass }: ProductTypeRow, productId: string): Promise<void> {
  await ctx.transaction((tx) => tx.db.collection(products).change(productId, async (current) => {
    const next = { ...current, taxClass };
    await tx.emit(contractOf(current.status), { aggregate: { id: productId, version: current.version + 1 }, payload: productStateOf(next) });
    return next;
  }));
}
