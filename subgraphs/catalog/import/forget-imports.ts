import type { Job } from '@haat/kit/define';
import type { CatalogContext } from '../context.js';
import { importChunks } from './import-job.row.js';

/** How often it is looked, in milliseconds. */
const lookEveryMs = 10 * 60_000;
/** Chunks forgotten by one look. */
const chunksMax = 5_000;

/** Forgets the rows of imports once their time is over, and of uploads that never came to their end. The imports stay. */
export const forgetImports: Job = {
  name: 'forget-imports',
  everyMs: lookEveryMs,
  async run({ clock, signal, sweepDue, inTenant }) {
    for (const { tenantId, _id } of (await sweepDue?.(importChunks, 'forgetAt', clock.now(), chunksMax)) ?? []) {
      if (signal.aborted) return;
      await inTenant(tenantId, (ctx) => (ctx as CatalogContext).transaction((tx) => tx.db.collection(importChunks).remove(_id)));
    }
  },
};
