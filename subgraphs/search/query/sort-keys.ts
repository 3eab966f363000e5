import { SearchSort } from './search-filter.js';

/** What a list is ordered by: SQL of a document `d` with its `score` (and, by title, its text `t`), before the id. */
export interface SortKey {
  readonly sql: string;
  readonly type: 'float8' | 'bigint' | 'text collate "C"';
  readonly isDescending: boolean;
}

/** No price is as high. */
const noPrice = 9_000_000_000_000_000;

/** The key of each order. */
export const sortKeys: Readonly<Record<SearchSort, SortKey>> = {
  [SearchSort.RELEVANCE]: { sql: 'd.score', type: 'float8', isDescending: true },
  [SearchSort.PRICE_ASC]: { sql: `coalesce(d.price_min, ${noPrice})`, type: 'bigint', isDescending: false },
  [SearchSort.PRICE_DESC]: { sql: 'coalesce(d.price_min, -1)', type: 'bigint', isDescending: true },
  [SearchSort.NEWEST]: { sql: '(extract(epoch from d.published_at) * 1000000)::bigint', type: 'bigint', isDescending: true },
  [SearchSort.TITLE]: { sql: 't.title_order', type: 'text collate "C"', isDescending: false },
};

/** SQL of what lies behind a cursor's key and id, which stand in the statement as `key` and `id`. */
export function behindSql({ sql, type, isDescending }: SortKey, { key, id }: { readonly key: string; readonly id: string }): string {
  const bare = type.replace(' collate "C"', '');
  return `(${sql} ${isDescending ? '<' : '>'} ${key}::${bare} or (${sql} = ${key}::${bare} and d.id > ${id}))`;
}

/** SQL of the order itself. */
export function orderSql({ isDescending }: SortKey, key: string, id: string): string {
  return `${key} ${isDescending ? 'desc' : 'asc'}, ${id} asc`;
}

/** SQL of a document's text as the viewer reads it: in their language, else in its own; of a document `d`. */
export function textSql(generation: string, locales: string): string {
  return `(select x.slug, x.title, x.title_order, x.image from document_text x where x.generation = ${generation} and x.id = d.id
    order by coalesce(array_position(${locales}, x.locale), 100), x.locale <> d.default_locale, x.locale limit 1)`;
}
