import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { askAgainAfter } from '../door/ask-again-after.js';
import { isMissing, mergeShelf } from './merge-shelf.js';
import type { Shelf, StockPageData } from './stock-level.js';
import { stockKeys } from './stock-keys.js';

type KeptPages = InfiniteData<StockPageData, string | null>;

/** Puts what is new of a shelf wherever it is shown; a list that lacks it is asked for again. */
export function takeShelfNews(queries: QueryClient, vendorId: string, news: Shelf): void {
  for (const isLowOnly of [false, true]) {
    const queryKey = stockKeys.list(vendorId, isLowOnly);
    askAgainAfter(queries, queryKey);
    const kept = queries.getQueryData<KeptPages>(queryKey);
    if (!kept) continue;
    if (isMissing(kept.pages.flatMap(shelvesOf), news, isLowOnly)) void queries.invalidateQueries({ queryKey });
    else queries.setQueryData<KeptPages>(queryKey, { ...kept, pages: kept.pages.map((page) => merged(page, news, isLowOnly)) });
  }
}

/** The shelves of a page that came. */
export function shelvesOf({ stockLevels }: StockPageData): readonly Shelf[] {
  return (stockLevels?.nodes ?? []).filter((shelf): shelf is Shelf => shelf !== null);
}

function merged(page: StockPageData, news: Shelf, isLowOnly: boolean): StockPageData {
  return page.stockLevels ? { stockLevels: { ...page.stockLevels, nodes: [...mergeShelf(shelvesOf(page), news, isLowOnly)] } } : page;
}
