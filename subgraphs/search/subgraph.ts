import { defineSubgraph } from '@haat/kit/define';
import { postgres } from '@haat/kit-postgres/postgres';
import { indexRebuilt } from '@haat/schema/events/search';
import { searchConfig } from './config.js';
import { writeDirtyProducts } from './document/write-dirty-products.js';
import { onCategoryChanged } from './fact/on-category-changed.js';
import { onCollectionChanged } from './fact/on-collection-changed.js';
import { onOfferChanged } from './fact/on-offer-changed.js';
import { onPriceChanged } from './fact/on-price-changed.js';
import { onProductArchived, onProductChanged, onProductPublished } from './fact/on-product-changed.js';
import { onPromotionEnded, onPromotionStarted } from './fact/on-promotion-started.js';
import { onStockBack, onStockRanOut } from './fact/on-stock-back.js';
import { onVendorApproved, onVendorChanged, onVendorRestored, onVendorSuspended } from './fact/on-vendor-changed.js';
import { findCategories, findCollections } from './listing/find-listings.js';
import { CategoryResolver, CollectionResolver } from './listing/listing.resolver.js';
import { searchLoaders } from './loaders.js';
import { factTables } from './migrations/0001-facts.js';
import { indexTables } from './migrations/0002-index.js';
import { ruleTables } from './migrations/0003-rules.js';
import { findProducts } from './product/find-products.js';
import { SearchHitResolver, SearchResolver } from './query/search.resolver.js';

/** What shoppers find: a copy of what others say, made to be searched. */
export const search = defineSubgraph({
  name: 'search',
  config: searchConfig,
  store: postgres({ rows: [], migrations: [factTables, indexTables, ruleTables] }),
  resolvers: [SearchResolver, SearchHitResolver, CategoryResolver, CollectionResolver],
  references: { Product: findProducts, Category: findCategories, Collection: findCollections },
  loaders: searchLoaders,
  says: [indexRebuilt],
  consumers: [
    onProductPublished, onProductChanged, onProductArchived, onOfferChanged, onCategoryChanged, onCollectionChanged, onPriceChanged, onPromotionStarted, onPromotionEnded,
    onStockRanOut, onStockBack, onVendorChanged, onVendorApproved, onVendorSuspended, onVendorRestored,
  ],
  jobs: [writeDirtyProducts],
});
