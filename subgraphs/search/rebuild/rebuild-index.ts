import { resultOf } from '@haat/kit/result';
import type { SearchTx } from '../context.js';
import { awaitWriters, firstGeneration } from '../document/generations.js';
import { findSearchIndex, RebuildUnderWay, SearchIndex } from './search-index.js';

/** The index with the one in the making, or one is in the making already. */
export const RebuildSearchIndexResult = resultOf('RebuildSearchIndexResult', 'The index with the one that is being built, or one was being built already.', [SearchIndex, RebuildUnderWay]);

/**
 * Begins to build the index anew beside the one that is read. From now on everything is written to both, and what others say
 * again by `republish` is taken at its word: the heads that would tell it from news are forgotten. Older news still loses,
 * by the version of each fact. The job goes on from here.
 */
export async function rebuildIndex(tx: SearchTx): Promise<SearchIndex | RebuildUnderWay> {
  await awaitWriters(tx.db);
  const before = await findSearchIndex(tx.db);
  if (before.building) return Object.assign(new RebuildUnderWay(), { message: 'An index is being built already.', searchIndex: before });
  await tx.db.query(
    `insert into index_generation (id, number, status) select 'index-' || $1::int, $1::int, 'LIVE' where not exists (select from index_generation where status = 'LIVE')`, [firstGeneration],
  );
  await tx.db.query(`insert into index_generation (id, number, status, created_at) select 'index-' || n, n, 'BUILDING', $1::timestamptz from (select max(number) + 1 as n from index_generation) x`, [tx.clock.now()]);
  await tx.db.query('delete from inbox_head');
  return findSearchIndex(tx.db);
}
