import { defineSubgraph } from '@haat/kit/define';
import { postgres } from '@haat/kit-postgres/postgres';
import { indexRebuilt } from '@haat/schema/events/search';
import { BoostResolver } from './boost/boost.resolver.js';
import { Boost } from './boost/boost.js';
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
import { Category, Collection } from './listing/listing.js';
import { CategoryResolver, CollectionResolver } from './listing/listing.resolver.js';
import { searchLoaders } from './loaders.js';
import { factTables } from './migrations/0001-facts.js';
import { indexTables } from './migrations/0002-index.js';
import { ruleTables } from './migrations/0003-rules.js';
import { promotedGoods } from './migrations/0004-promoted-goods.js';
import { openVendors } from './migrations/0005-open-vendors.js';
import { findProducts } from './product/find-products.js';
import { Product } from './product/product.js';
import { SearchHitResolver, SearchResolver } from './query/search.resolver.js';
import { buildIndex } from './rebuild/build-index.js';
import { dropRetiredIndexes } from './rebuild/drop-retired-indexes.js';
import { RebuildResolver } from './rebuild/rebuild.resolver.js';
import { seedSearch } from './seed.js';
import { SuggestResolver } from './suggest/suggest.resolver.js';
import { SynonymGroup } from './synonym/synonym-group.js';
import { SynonymResolver } from './synonym/synonym.resolver.js';

/** What shoppers find: a copy of what others say, made to be searched. */
export const search = defineSubgraph({
  name: 'search',
  config: searchConfig,
  store: postgres({ rows: [Boost, SynonymGroup], migrations: [factTables, indexTables, ruleTables, promotedGoods, openVendors] }),
  resolvers: [SearchResolver, SearchHitResolver, SuggestResolver, CategoryResolver, CollectionResolver, BoostResolver, SynonymResolver, RebuildResolver],
  types: [Category, Collection, Product],
  references: { Product: findProducts, Category: findCategories, Collection: findCollections },
  loaders: searchLoaders,
  says: [indexRebuilt],
  consumers: [
    onProductPublished, onProductChanged, onProductArchived, onOfferChanged, onCategoryChanged, onCollectionChanged, onPriceChanged, onPromotionStarted, onPromotionEnded,
    onStockRanOut, onStockBack, onVendorChanged, onVendorApproved, onVendorSuspended, onVendorRestored,
  ],
  jobs: [writeDirtyProducts, buildIndex, dropRetiredIndexes],
  seed: seedSearch,
});
