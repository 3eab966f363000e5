import { z } from 'zod';
import { defineEvent } from '../event.js';

/** What a shopper reads of a product, by language (BCP 47). */
const productText = z.object({
  title: z.string(),
  description: z.string().optional(),
  slug: z.string(),
  seoTitle: z.string().optional(),
  seoDescription: z.string().optional(),
});

/** A value of a typed attribute: which of the fields is set follows from `kind`. */
const attributeValue = z.object({
  key: z.string(),
  kind: z.enum(['TEXT', 'NUMBER', 'BOOLEAN', 'CHOICE', 'MULTI_CHOICE', 'DATE', 'COLOUR']),
  text: z.string().optional(),
  number: z.number().optional(),
  isTrue: z.boolean().optional(),
  /** Keys of the chosen choices. */
  choices: z.array(z.string()).optional(),
  /** `YYYY-MM-DD`. */
  date: z.string().optional(),
  /** `#rrggbb`. */
  colour: z.string().optional(),
});

/** An option of a product, such as size; `texts` has its words in further languages, values in the same order. */
const productOption = z.object({
  name: z.string(),
  values: z.array(z.string()),
  texts: z.record(z.string(), z.object({ name: z.string(), values: z.array(z.string()) })),
});

/** A product's whole public state with its variants, as every event of it carries. */
export const productState = z.object({
  productId: z.string(),
  status: z.enum(['DRAFT', 'SCHEDULED', 'PUBLISHED', 'ARCHIVED']),
  /** The vendor who keeps the product's page; absent where the operators do. */
  vendorId: z.string().optional(),
  typeKey: z.string(),
  /** The key of the tax class of its product type. */
  taxClass: z.string().optional(),
  /** The language of everything not said in another one. */
  defaultLocale: z.string(),
  texts: z.record(z.string(), productText),
  attributes: z.array(attributeValue),
  options: z.array(productOption),
  /** `values` has one value of each option, in their order. */
  variants: z.array(z.object({ id: z.string(), sku: z.string(), values: z.array(z.string()) })),
  categoryIds: z.array(z.string()),
  tags: z.array(z.string()),
  images: z.array(z.object({ id: z.string(), url: z.string(), alt: z.string(), width: z.int(), height: z.int() })),
  /** RFC 3339; while SCHEDULED. */
  publishAt: z.string().optional(),
  publishedAt: z.string().optional(),
});

/** What a product event says. */
export type ProductState = z.infer<typeof productState>;

const ofProduct = { producer: 'catalog', version: 1, aggregate: 'product', payload: productState } as const;

/** Shoppers see it from now on. */
export const productPublished = defineEvent({ ...ofProduct, name: 'product-published', description: 'A product can be seen by shoppers from now on.' });

/** Anything public of a product changed, or it was made. */
export const productChanged = defineEvent({ ...ofProduct, name: 'product-changed', description: 'A product was made, or anything public of it changed.' });

/** Shoppers see it no more. */
export const productArchived = defineEvent({ ...ofProduct, name: 'product-archived', description: 'A product was taken from the shoppers; it stays for those who bought it.' });

/** A vendor's offer of a variant: its whole public state. Price and stock belong to others. */
export const offerState = z.object({
  offerId: z.string(),
  productId: z.string(),
  variantId: z.string(),
  vendorId: z.string(),
  vendorSku: z.string(),
  status: z.enum(['DRAFT', 'ACTIVE', 'PAUSED', 'BLOCKED', 'ARCHIVED']),
  weightGrams: z.int().optional(),
  maxPerOrder: z.int().optional(),
  shippingProfile: z.string(),
});

/** What an offer event says. */
export type OfferState = z.infer<typeof offerState>;

/** An offer was made, or anything public of it changed. */
export const offerChanged = defineEvent({
  producer: 'catalog', name: 'offer-changed', version: 1, aggregate: 'offer',
  description: "A vendor's offer of a variant was made, or anything public of it changed.",
  payload: offerState,
});

/** A category's whole public state. */
export const categoryState = z.object({
  categoryId: z.string(),
  slug: z.string(),
  defaultLocale: z.string(),
  names: z.record(z.string(), z.string()),
  parentId: z.string().optional(),
  /** From the top down to the parent. */
  ancestorIds: z.array(z.string()),
  position: z.int(),
});

/** What a category event says. */
export type CategoryState = z.infer<typeof categoryState>;

/** A category was made, or anything public of it changed. */
export const categoryChanged = defineEvent({
  producer: 'catalog', name: 'category-changed', version: 1, aggregate: 'category',
  description: 'A category was made, or anything public of it changed.',
  payload: categoryState,
});

/** A collection's whole public state: products by name, or by a rule whose given parts must each hold. */
export const collectionState = z.object({
  collectionId: z.string(),
  slug: z.string(),
  defaultLocale: z.string(),
  names: z.record(z.string(), z.string()),
  /** In the order they are shown; empty where there is a rule. */
  productIds: z.array(z.string()),
  /** A product belongs where it has one of the values of each list that is not empty. */
  rule: z.object({ tags: z.array(z.string()), categoryIds: z.array(z.string()), typeKeys: z.array(z.string()) }).optional(),
});

/** What a collection event says. */
export type CollectionState = z.infer<typeof collectionState>;

/** A collection was made, or anything public of it changed. */
export const collectionChanged = defineEvent({
  producer: 'catalog', name: 'collection-changed', version: 1, aggregate: 'collection',
  description: 'A collection was made, or anything public of it changed.',
  payload: collectionState,
});

/** How far an import is. The last one carries the final state. */
const importState = z.object({
  importId: z.string(),
  vendorId: z.string().optional(),
  state: z.enum(['PENDING', 'MAPPING', 'MAPPED', 'CHECKING', 'CHECKED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED']),
  isDryRun: z.boolean(),
  rows: z.int().min(0).optional(),
  done: z.int().min(0),
  failed: z.int().min(0),
});

/** What an import event says. */
export type ImportState = z.infer<typeof importState>;

/** An import went on by a chunk, or changed its state. */
export const importProgressed = defineEvent({ producer: 'catalog', name: 'import-progressed', version: 1, aggregate: 'import', description: 'An import of products went on by a chunk, or changed its state.', payload: importState });

/** An import came to its end. */
export const importFinished = defineEvent({ producer: 'catalog', name: 'import-finished', version: 1, aggregate: 'import', description: 'An import of products came to its end: completed, failed or cancelled.', payload: importState });

/** A vendor asked for a change of a product that shoppers see, or it was decided. */
export const changeRequestChanged = defineEvent({
  producer: 'catalog', name: 'change-request-changed', version: 1, aggregate: 'change-request',
  description: 'A vendor asked for a change of a product, or an operator decided on it.',
  payload: z.object({ changeRequestId: z.string(), productId: z.string(), vendorId: z.string(), action: z.string(), status: z.enum(['PENDING', 'CONFIRMED', 'DECLINED', 'CANCELED']), reason: z.string().optional() }),
});

/** How many products a tenant has now. */
export const productUsageCounted = defineEvent({
  producer: 'catalog', name: 'usage-counted', version: 1, aggregate: 'usage',
  description: 'How many products a tenant has now.',
  payload: z.object({ meter: z.literal('products'), used: z.int().min(0) }),
});
