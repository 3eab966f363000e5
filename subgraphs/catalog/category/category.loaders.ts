import { listLoader, loader } from '@haat/kit/loader';
import { readMax } from '@haat/kit-mongo/mongo-collection';
import { among } from '@haat/kit-mongo/mongo-where';
import type { CatalogContext } from '../context.js';
import { categories, type CategoryRow } from './category.row.js';

/** Categories by their ids. */
export function categoriesById(ctx: CatalogContext) {
  return loader((ids: readonly string[]) => ctx.db.collection(categories).findByIds(ids), { batchMax: readMax });
}

/** The children of categories, in their order. A marketplace has fewer categories than one read answers. */
export function categoriesByParent(ctx: CatalogContext) {
  const children = async (ids: readonly string[]): Promise<readonly CategoryRow[]> => {
    const rows = await ctx.db.collection(categories).page({ parentId: among(ids) }, { limit: readMax });
    return rows.toSorted((a, b) => a.position - b.position || a._id.localeCompare(b._id));
  };
  return listLoader(children, (row) => row.parentId ?? '', { batchMax: readMax });
}
