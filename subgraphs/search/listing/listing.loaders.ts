import { loader } from '@haat/kit/loader';
import type { Page } from '@haat/kit/page';
import type { SearchContext } from '../context.js';
import type { Product } from '../product/product.js';
import { listProducts, type ListingWish } from './list-products.js';

/** A list of one category or collection. */
export interface ListingKey {
  readonly id: string;
  readonly wish: ListingWish;
}

/** Pages of products; lists of one kind that are asked for alike are read together. */
export function productsByListing(ctx: SearchContext) {
  const keyOf = (key: ListingKey): string => JSON.stringify([key.wish, key.id]);
  return loader(async (keys: readonly ListingKey[]): Promise<Map<unknown, Page<Product>>> => {
    const alike = [...Map.groupBy(keys, ({ wish, id }) => JSON.stringify(wish.page.after ? [wish, id] : [wish])).values()];
    const found = await Promise.all(alike.map(async (group) => {
      const [{ wish } = { wish: undefined }] = group;
      const pages = wish ? await listProducts(ctx, group.map(({ id }) => id), wish) : new Map<string, Page<Product>>();
      return group.map((key) => [keyOf(key), pages.get(key.id)] as const);
    }));
    return new Map(found.flat().flatMap(([key, page]) => (page ? [[key, page] as const] : [])));
  }, { key: keyOf });
}
