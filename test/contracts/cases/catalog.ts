import type { Sample, SubgraphCases } from '../case.js';
import { behindCases } from './catalog/behind.js';
import { made, offer, published } from './catalog/goods.js';
import { importingCases } from './catalog/importing.js';
import { readingCases } from './catalog/reading.js';
import { requestingCases } from './catalog/requesting.js';
import { writingCases } from './catalog/writing.js';

/** How the catalogue keeps strangers out. */
export const cases: SubgraphCases['cases'] = [...readingCases, ...behindCases, ...writingCases, ...importingCases, ...requestingCases];

/** Their walls stand between vendors, too. */
export const isApartByVendor = true;

const inAcme = (id: string, select: string): Sample => ({ tenant: 'acme', key: { id }, select });

/** Entities that others may ask the catalogue for. */
export const samples: SubgraphCases['samples'] = {
  Category: async (world) => inAcme((await made(world, 'Category')).id, 'name'),
  Collection: async (world) => inAcme((await made(world, 'Collection')).id, 'name'),
  Offer: async (world) => inAcme((await offer(world, true)).offerId, 'vendorSku'),
  Product: async (world) => inAcme((await published(world)).productId, 'title'),
  ProductVariant: async (world) => inAcme((await published(world)).variantId, 'sku'),
  ProductImage: async (world) => inAcme((await published(world)).imageId, 'alt'),
};
