import { loader, mapBy } from '@haat/kit/loader';
import type { CatalogContext } from '../context.js';
import { productTypeId, productTypes } from './product-type.row.js';

/** Product types by their keys. */
export function productTypesByKey(ctx: CatalogContext) {
  return loader(async (keys: readonly string[]) => {
    const rows = await ctx.db.collection(productTypes).findByIds(keys.map((key) => productTypeId(ctx.tenant.id, key)));
    return mapBy(rows.filter((row) => row !== null), ({ key }) => key);
  });
}
