import { indexRebuilt } from '@haat/schema/events/search';
import type { Job } from '@haat/kit/define';
import type { SearchContext, SearchTx } from '../context.js';
import { writeDocuments } from '../document/write-documents.js';
import { indexBatch } from '../limits.js';

/** How often an index in the making is looked for, in milliseconds. */
const everyMs = 1_000;

/** Writes the documents that an index in the making lacks, a batch in each transaction; when none is missing it is what is read. */
export const buildIndex: Job = {
  name: 'build-index',
  everyMs,
  async run({ sweep, inTenant, signal }) {
    const tenants = await sweep<{ tenant_id: string }>(`select tenant_id from index_generation where status = 'BUILDING'`);
    for (const { tenant_id } of tenants) {
      await inTenant(tenant_id, async (ctx: SearchContext) => {
        while (!signal.aborted) if ((await ctx.transaction(writeBatch)) === 0) return void (await ctx.transaction(putInPlace));
      });
    }
  },
};

const missing = `
  from product_fact p where p.state->>'status' = 'PUBLISHED'
  and not exists (select from document d where d.generation = (select number from index_generation where status = 'BUILDING') and d.id = p.id)`;

async function writeBatch(tx: SearchTx): Promise<number> {
  const rows: { id: string; number: number }[] = await tx.db.query(
    `select p.id, (select number from index_generation where status = 'BUILDING') as number ${missing} order by p.id limit $1`, [indexBatch],
  );
  const [first] = rows;
  if (first) await writeDocuments(tx.db, rows.map(({ id }) => id), [first.number]);
  return rows.length;
}

/** Everybody writes to both, so that what was whole a moment ago is whole still. Readers change over with this commit. */
async function putInPlace(tx: SearchTx): Promise<void> {
  const [made]: { id: string; number: number; created_at: Date }[] = await tx.db.query(`select id, number, created_at from index_generation where status = 'BUILDING' for update`);
  const [left]: { n: number }[] = await tx.db.query(`select count(*)::int as n ${missing}`);
  if (!made || left?.n !== 0) return;
  const now = tx.clock.now();
  await tx.db.query(`update index_generation set status = 'RETIRED', finished_at = $1 where status = 'LIVE'`, [now]);
  const [[counted]]: [{ documents: number }[]] = await tx.db.query(
    `update index_generation g set status = 'LIVE', finished_at = $1, documents = (select count(*)::int from document d where d.generation = g.number) where status = 'BUILDING' returning documents`, [now],
  );
  await tx.emit(indexRebuilt, { aggregate: { id: 'index', version: made.number }, payload: { documents: counted?.documents ?? 0, tookMs: Math.max(0, now.getTime() - made.created_at.getTime()) } });
}
