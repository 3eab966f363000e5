import { z } from 'zod';
import { defineAsk } from '../ask.js';

/** Offers that one ask may name. */
export const describedOffersMax = 250;

/** What a checkout writes down of an offer, in the language of who asks. */
export const describedOffer = z.object({
  offerId: z.string(),
  productId: z.string(),
  variantId: z.string(),
  vendorId: z.string(),
  title: z.string(),
  variantTitle: z.string(),
  sku: z.string(),
  vendorSku: z.string(),
  options: z.array(z.object({ name: z.string(), value: z.string() })),
  productType: z.string(),
  taxClass: z.string(),
  weightGrams: z.int().nullable(),
  maxPerOrder: z.int().nullable(),
  shippingProfile: z.string(),
  /** Of each category the product is in: ids from the top down to it. */
  categoryPaths: z.array(z.array(z.string())),
  imageUrl: z.string().nullable(),
  /** Null where it may be sold; whether its vendor is open and has stock is asked of others. */
  whyNot: z.enum(['OFFER_NOT_ACTIVE', 'PRODUCT_NOT_PUBLISHED']).nullable(),
});

/** The goods behind offers. An offer that does not exist is not in the answer. */
export const catalogDescribe = defineAsk({
  subgraph: 'catalog',
  name: 'catalog.describe',
  version: 1,
  description: 'What the goods behind offers are called, weigh and belong to, and whether they may be sold.',
  input: z.strictObject({ offerIds: z.array(z.string().max(64)).max(describedOffersMax) }),
  output: z.object({ offers: z.array(describedOffer) }),
  deadlineMs: 2_000,
  changes: false,
});
