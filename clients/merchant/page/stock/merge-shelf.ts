import { shelfKey } from './stock-level.js';

/** What of a shelf decides where it is shown. */
export interface NamedShelf {
  readonly offer?: { readonly id: string } | null;
  readonly warehouse?: { readonly id: string } | null;
  readonly isLow: boolean;
}

/** A list of shelves after news of one: it stays in its place; where only low ones are shown, it goes when it is low no more. The same list when nothing changes. */
export function mergeShelf<S extends NamedShelf>(shelves: readonly S[], news: S, isLowOnly: boolean): readonly S[] {
  const key = shelfKey(news);
  const isKnown = key !== undefined && shelves.some((shelf) => shelfKey(shelf) === key);
  if (!isKnown) return shelves;
  return isLowOnly && !news.isLow ? shelves.filter((shelf) => shelfKey(shelf) !== key) : shelves.map((shelf) => (shelfKey(shelf) === key ? news : shelf));
}

/** Whether a list that does not have the shelf should: it has come to be low. */
export function isMissing(shelves: readonly NamedShelf[], news: NamedShelf, isLowOnly: boolean): boolean {
  return (!isLowOnly || news.isLow) && !shelves.some((shelf) => shelfKey(shelf) === shelfKey(news));
}
