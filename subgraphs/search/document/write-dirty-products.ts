import type { Job } from '@haat/kit/define';
import type { SearchContext, SearchTx } from '../context.js';
import { indexBatch } from '../limits.js';
import { writeDocuments } from './write-documents.js';

/** How often marked products are looked for, in milliseconds: what lies in a renamed category follows within this. */
const everyMs = 500;
/** Batches in one tenant before others have their turn. */
const batchesMax = 50;

/** Writes the documents of products anew that were marked, a batch in each transaction. */
export const writeDirtyProducts: Job = {
  name: 'write-dirty-products',
  everyMs,
  async run({ sweep, inTenant, signal }) {
    const tenants = await sweep<{ tenant_id: string }>('select distinct tenant_id from dirty_product limit 100');
    for (const { tenant_id } of tenants) {
      await inTenant(tenant_id, async (ctx: SearchContext) => {
        for (let batch = 0; batch < batchesMax && !signal.aborted; batch += 1) if ((await ctx.transaction(writeBatch)) < indexBatch) return;
      });
    }
  },
};

/** Answers how many there were. Who marks them meanwhile waits for the places that this reads, and so marks them again behind it. */
async function writeBatch(tx: SearchTx): Promise<number> {
  const rows: { id: string }[] = await tx.db.query('select id from dirty_product order by since, id limit $1', [indexBatch]);
  const ids = rows.map(({ id }) => id).sort();
  await writeDocuments(tx.db, ids);
  await tx.db.query('delete from dirty_product where id = any($1)', [ids]);
  return rows.length;
}
