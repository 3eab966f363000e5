import type { Page } from './page.js';
import { cursorsOf, type CursorScope } from './page-cursor.js';
import { pageRange, type PageArguments, type PageRange } from './page-range.js';

/** What a page of an array needs to know. */
export interface PageOfOptions<T> extends CursorScope {
  readonly args: PageArguments;
  /** Names an entry for good, such as its id: so a cursor survives what is put in before it. */
  readonly keyOf: (item: T) => string;
}

/** A page of an array that is whole and in order. An entry that is gone by the next page leaves its place behind. */
export function pageOf<T>(items: readonly T[], options: PageOfOptions<T>): Page<T> {
  const cursors = cursorsOf(options);
  const range = pageRange(options.args);
  const [key, place] = cursors.read(range) ?? [];
  const found = key === undefined ? -1 : items.findIndex((item) => options.keyOf(item) === key);
  const wanted = range.isBackward ? before(items, found, place) : behind(items, found, place);
  const placeOf = (item: T): string => cursors.write([options.keyOf(item), String(items.indexOf(item))]);
  return { ...pageFrom(wanted.slice(0, range.count + 1), range, placeOf), totalCount: items.length };
}

/**
 * The page that rows make. `rows` are in the order they were looked for (so from the back when the range is backward), with
 * one more than wanted where there are more. For stores whose statement is written by hand.
 */
export function pageFrom<T>(rows: readonly T[], range: PageRange, cursorOf: (row: T) => string): Page<T> {
  const hasMore = rows.length > range.count;
  const nodes = rows.slice(0, range.count);
  if (range.isBackward) nodes.reverse();
  const edges = nodes.map((node) => ({ cursor: cursorOf(node), node }));
  const hasCursor = range.cursor !== undefined;
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: range.isBackward ? hasCursor : hasMore,
      hasPreviousPage: range.isBackward ? hasMore : hasCursor,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function behind<T>(items: readonly T[], found: number, place: string | undefined): readonly T[] {
  if (place === undefined) return items;
  return items.slice(found >= 0 ? found + 1 : Number(place));
}

function before<T>(items: readonly T[], found: number, place: string | undefined): readonly T[] {
  const end = place === undefined ? items.length : found >= 0 ? found : Number(place);
  return items.slice(0, end).reverse();
}
