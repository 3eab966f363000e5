import { categoriesById, categoriesByParent } from './category/category.loaders.js';
import type { CatalogContext } from './context.js';
import { importChunksById } from './import/import-chunks.loaders.js';
import { offersByVariant } from './offer/offer.loaders.js';
import { productTypesByKey } from './product-type/product-type.loaders.js';
import { productsById } from './product/product.loaders.js';
import { vendorFactsById } from './vendor/vendor-fact.loaders.js';

/** The loaders of one request. */
export interface CatalogLoaders {
  readonly categoriesById: ReturnType<typeof categoriesById>;
  readonly categoriesByParent: ReturnType<typeof categoriesByParent>;
  readonly importChunksById: ReturnType<typeof importChunksById>;
  readonly offersByVariant: ReturnType<typeof offersByVariant>;
  readonly productTypesByKey: ReturnType<typeof productTypesByKey>;
  readonly productsById: ReturnType<typeof productsById>;
  readonly vendorFactsById: ReturnType<typeof vendorFactsById>;
}

/** Makes them. */
export function catalogLoaders(ctx: CatalogContext): CatalogLoaders {
  return {
    categoriesById: categoriesById(ctx), categoriesByParent: categoriesByParent(ctx), importChunksById: importChunksById(ctx), offersByVariant: offersByVariant(ctx),
    productTypesByKey: productTypesByKey(ctx), productsById: productsById(ctx), vendorFactsById: vendorFactsById(ctx),
  };
}
