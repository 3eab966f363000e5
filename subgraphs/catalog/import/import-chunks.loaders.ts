import { loader } from '@haat/kit/loader';
import { readMax } from '@haat/kit-mongo/mongo-collection';
import type { CatalogContext } from '../context.js';
import { importChunks } from './import-job.row.js';

/** Chunks of imports by their ids, whoever may manage the import: callers check. */
export function importChunksById(ctx: CatalogContext) {
  return loader((ids: readonly string[]) => ctx.db.collection(importChunks).findByIds(ids), { batchMax: readMax });
}
