import { parsed } from '@haat/kit/input';
import type { ForwardPageArgs } from '@haat/kit/page';
import { z } from 'zod';
import type { SearchContext } from '../context.js';
import { queryCharactersMax } from '../limits.js';
import { findHits } from './find-hits.js';
import { readQuery } from './read-query.js';
import type { SearchConnection } from './search-hit.js';
import { filterRules, SearchSort, type SearchFilter } from './search-filter.js';

/** What is looked for, as a client says it. */
export interface SearchWish {
  readonly query?: string | null;
  readonly filter?: SearchFilter | null;
  readonly sort?: SearchSort | null;
}

const queryText = z.string().max(queryCharactersMax, `expected at most ${queryCharactersMax} characters`);

/** Looks for products: two statements, and one more where facets are asked for. */
export async function search(ctx: SearchContext, wish: SearchWish, page: ForwardPageArgs): Promise<SearchConnection> {
  const text = parsed(queryText, wish.query ?? '', ['query']);
  const filter = parsed(filterRules, wish.filter ?? {}, ['filter']);
  const read = await readQuery(ctx, text, filter);
  return findHits(ctx, { read, filter, sort: wish.sort ?? SearchSort.RELEVANCE, page });
}
