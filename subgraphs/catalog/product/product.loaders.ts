import { loader } from '@haat/kit/loader';
import { readMax } from '@haat/kit-mongo/mongo-collection';
import type { CatalogContext } from '../context.js';
import { products } from './product.row.js';

/** Products by their ids, whoever may see them: callers check. */
export function productsById(ctx: CatalogContext) {
  return loader((ids: readonly string[]) => ctx.db.collection(products).findByIds(ids), { batchMax: readMax });
}
