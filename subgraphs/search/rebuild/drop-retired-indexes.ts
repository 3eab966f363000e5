import type { Job } from '@haat/kit/define';
import type { SearchConfig } from '../config.js';
import type { SearchContext } from '../context.js';

/** How often they are looked for, in milliseconds. */
const everyMs = 10_000;
/** Rows that one statement takes away, of each table. */
const batch = 5_000;

/** Takes away indexes that nobody reads any more, in small steps. */
export const dropRetiredIndexes: Job = {
  name: 'drop-retired-indexes',
  everyMs,
  async run({ sweep, inTenant, clock, config, signal }) {
    const before = new Date(clock.now().getTime() - (config as SearchConfig).SEARCH_RETIRED_KEPT_MS);
    const retired = await sweep<{ tenant_id: string; id: string }>(`select tenant_id, id from index_generation where status = 'RETIRED' and finished_at <= $1`, [before]);
    for (const { tenant_id, id } of retired) {
      await inTenant(tenant_id, async (ctx: SearchContext) => {
        while (!signal.aborted && (await dropSome(ctx, id)) > 0);
      });
    }
  },
};

const tables = ['posting', 'document_text', 'document'] as const;

/** Answers how many rows went; the generation itself goes when it has none. */
async function dropSome(ctx: SearchContext, id: string): Promise<number> {
  for (const table of tables) {
    const [, gone]: [unknown, number] = await ctx.db.query(
      `delete from ${table} where ctid = any(array(select ctid from ${table} where generation = (select number from index_generation where id = $1 and status = 'RETIRED') limit ${batch}))`, [id],
    );
    if (gone > 0) return gone;
  }
  await ctx.db.query(`delete from index_generation where id = $1 and status = 'RETIRED'`, [id]);
  return 0;
}
