import { categoryChanged, changeRequestChanged, collectionChanged, importFinished, importProgressed, offerChanged, productArchived, productChanged, productPublished, productUsageCounted } from '@haat/schema/events/catalog';
import { defineSubgraph } from '@haat/kit/define';
import { mongo } from '@haat/kit-mongo/mongo';
import { CategoryResolver } from './category/category.resolver.js';
import { findCategories } from './category/find-categories.js';
import { CollectionResolver } from './collection/collection.resolver.js';
import { findCollections } from './collection/find-collections.js';
import { ChangeRequestResolver } from './change-request/change-request.resolver.js';
import { catalogCollections } from './collections.js';
import { catalogConfig } from './config.js';
import { exportRoute } from './export/export-route.js';
import { ProductExportResolver } from './export/product-export.resolver.js';
import { forgetExports, writeExports } from './export/write-exports.js';
import { forgetImports } from './import/forget-imports.js';
import { errorFileRoute, uploadRoute } from './import/import-routes.js';
import { ImportResolver } from './import/import.resolver.js';
import { runImports } from './import/run-imports.js';
import { catalogLoaders } from './loaders.js';
import { answerDescribe } from './offer/answer-describe.js';
import { findOffers } from './offer/find-offers.js';
import { onPriceChanged } from './offer/on-price-changed.js';
import { onStockBack, onStockRanOut } from './offer/on-stock-events.js';
import { OfferResolver } from './offer/offer.resolver.js';
import { ProductTypeResolver } from './product-type/product-type.resolver.js';
import { findImages, findProducts, findVariants } from './product/find-products.js';
import { ProductResolver } from './product/product.resolver.js';
import { publishDueProducts } from './product/publish-due-products.js';
import { retaxProducts } from './product/retax-products.js';
import { VariantResolver } from './product/variant.resolver.js';
import { republishCatalog } from './republish.js';
import { seedCatalog } from './seed.js';
import { countProducts } from './usage/count-products.js';
import { onVendorApproved, onVendorChanged, onVendorRestored, onVendorSuspended } from './vendor/on-vendor-events.js';

export { seedPicture } from './seed/draw-picture.js';

/** What is sold: products and their variants, where they are found, and who offers them. */
export const catalog = defineSubgraph({
  name: 'catalog',
  config: catalogConfig,
  store: mongo({ collections: catalogCollections }),
  resolvers: [ProductResolver, VariantResolver, OfferResolver, CategoryResolver, CollectionResolver, ProductTypeResolver, ImportResolver, ChangeRequestResolver, ProductExportResolver],
  references: { Product: findProducts, ProductVariant: findVariants, Offer: findOffers, Category: findCategories, Collection: findCollections, ProductImage: findImages },
  loaders: catalogLoaders,
  says: [productPublished, productChanged, productArchived, offerChanged, categoryChanged, collectionChanged, importProgressed, importFinished, changeRequestChanged, productUsageCounted],
  answers: [answerDescribe],
  consumers: [onVendorApproved, onVendorChanged, onVendorSuspended, onVendorRestored, onPriceChanged, onStockRanOut, onStockBack],
  jobs: [publishDueProducts, retaxProducts, countProducts, runImports, forgetImports, writeExports, forgetExports],
  routes: [uploadRoute, errorFileRoute, exportRoute],
  republish: republishCatalog,
  seed: seedCatalog,
});
