import { loader } from '@haat/kit/loader';
import type { SearchContext } from '../context.js';
import { liveGeneration } from '../document/generations.js';
import { ownLocales } from './read-query.js';

/** What a product is described by in the viewer's language; one statement, however many. */
export function descriptionByProduct(ctx: SearchContext) {
  return loader(async (ids: readonly string[]): Promise<Map<string, string | null>> => {
    const rows: { id: string; description: string | null }[] = await ctx.db.query(
      `select distinct on (x.id) x.id, x.description from document_text x join document d on d.generation = x.generation and d.id = x.id
       where x.generation = ${liveGeneration} and x.id = any($1) order by x.id, coalesce(array_position($2::text[], x.locale), 100), x.locale <> d.default_locale, x.locale`,
      [ids, ownLocales(ctx)],
    );
    return new Map(rows.map(({ id, description }) => [id, description]));
  });
}
