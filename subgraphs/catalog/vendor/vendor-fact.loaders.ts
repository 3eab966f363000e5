import { loader } from '@haat/kit/loader';
import { readMax } from '@haat/kit-mongo/mongo-collection';
import type { CatalogContext } from '../context.js';
import { vendorFacts } from './vendor-fact.row.js';

/** What is known of vendors, by their ids; null of those never heard of. */
export function vendorFactsById(ctx: CatalogContext) {
  return loader((ids: readonly string[]) => ctx.db.collection(vendorFacts).findByIds(ids), { batchMax: readMax });
}
