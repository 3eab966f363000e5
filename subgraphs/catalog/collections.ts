import { categories } from './category/category.row.js';
import { claims } from './claim/claim.row.js';
import { changeRequests } from './change-request/change-request.row.js';
import { productCollections } from './collection/collection.row.js';
import { exportPieces, productExports } from './export/product-export.row.js';
import { importChunks, imports } from './import/import-job.row.js';
import { offers } from './offer/offer.row.js';
import { productTypes } from './product-type/product-type.row.js';
import { products } from './product/product.row.js';
import { places } from './usage/places.row.js';
import { usage } from './usage/usage.row.js';
import { vendorFacts } from './vendor/vendor-fact.row.js';

/** Everything catalog keeps. */
export const catalogCollections = [productTypes, categories, productCollections, products, offers, claims, usage, places, vendorFacts, imports, importChunks, changeRequests, productExports, exportPieces] as const;
