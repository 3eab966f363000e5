import type { SearchContext } from './context.js';
import { productsByListing } from './listing/listing.loaders.js';
import { descriptionByProduct } from './query/search.loaders.js';

/** The loaders of one request. */
export interface SearchLoaders {
  readonly descriptionByProduct: ReturnType<typeof descriptionByProduct>;
  readonly productsByListing: ReturnType<typeof productsByListing>;
}

/** Makes them. */
export function searchLoaders(ctx: SearchContext): SearchLoaders {
  return { descriptionByProduct: descriptionByProduct(ctx), productsByListing: productsByListing(ctx) };
}
