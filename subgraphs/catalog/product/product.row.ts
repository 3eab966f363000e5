import { defineCollection, type Stored } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';
import { metadataRow } from '../metadata.js';
import { AttributeKind } from '../product-type/product-type.row.js';

/** Whether shoppers see a product. */
export enum ProductStatus { DRAFT = 'DRAFT', SCHEDULED = 'SCHEDULED', PUBLISHED = 'PUBLISHED', ARCHIVED = 'ARCHIVED' }

/** What a shopper reads, in one language. */
export const productText = z.object({
  title: z.string(), description: z.string().optional(), slug: z.string(), seoTitle: z.string().optional(), seoDescription: z.string().optional(),
});
/** What a shopper reads, in one language. */
export type ProductText = z.infer<typeof productText>;

/** The value of an attribute: which of the fields is set follows from the kind. */
export const attributeValueRow = z.object({
  key: z.string(), kind: z.enum(AttributeKind), text: z.string().optional(), number: z.number().optional(), isTrue: z.boolean().optional(),
  choices: z.array(z.string()).optional(), date: z.string().optional(), colour: z.string().optional(),
});
/** The value of an attribute. */
export type AttributeValueRow = z.infer<typeof attributeValueRow>;

/** An option with its words in further languages, values in the same order. */
export const optionRow = z.object({
  name: z.string(), values: z.array(z.string()), texts: z.record(z.string(), z.object({ name: z.string(), values: z.array(z.string()) })),
});
/** An option of a product. */
export type OptionRow = z.infer<typeof optionRow>;

/** A variant: one value of each option, in their order and in the default language. */
export const variantRow = z.object({ id: z.string(), sku: z.string(), values: z.array(z.string()) });
/** A variant of a product. */
export type VariantRow = z.infer<typeof variantRow>;

/** A picture of a product. Without words of its own it is described by the title. */
export const imageRow = z.object({ id: z.string(), url: z.string(), alt: z.string().optional(), width: z.int(), height: z.int() });
/** A picture of a product. */
export type ImageRow = z.infer<typeof imageRow>;

/**
 * A product and its variants: one document, so that options, variants and their SKUs are never seen half changed. Offers
 * are their own documents, since other people write them.
 */
export const products = defineCollection({
  name: 'products',
  schema: z.object({
    status: z.enum(ProductStatus),
    /** Who keeps the page; the operators where it is absent. */
    vendorId: z.string().optional(),
    typeKey: z.string(),
    /** The type's, kept here so that every event of the product says it; `retaxProducts` follows when the type changes. */
    taxClass: z.string().optional(),
    defaultLocale: z.string(),
    texts: z.record(z.string(), productText),
    attributes: z.array(attributeValueRow),
    options: z.array(optionRow),
    variants: z.array(variantRow),
    categoryIds: z.array(z.string()),
    tags: z.array(z.string()),
    images: z.array(imageRow),
    metadata: z.array(metadataRow),
    /** Beginnings of the words of all titles, and whole SKUs: what staff finds it by. */
    searchTokens: z.array(z.string()),
    /** Vendors who ever offered a variant. */
    offeredBy: z.array(z.string()),
    /** Only while SCHEDULED. */
    publishAt: z.date().optional(),
    publishedAt: z.date().optional(),
  }),
  indexes: [
    { name: 'byVariant', keys: { 'variants.id': 1 } },
    { name: 'byImage', keys: { 'images.id': 1 } },
    { name: 'byTime', keys: { createdAt: 1 } },
    { name: 'byChange', keys: { updatedAt: 1 } },
    { name: 'byStatus', keys: { status: 1, createdAt: 1 } },
    { name: 'byType', keys: { typeKey: 1, createdAt: 1 } },
    { name: 'byVendor', keys: { offeredBy: 1, createdAt: 1 } },
    { name: 'byToken', keys: { searchTokens: 1, createdAt: 1 } },
    { name: 'byTag', keys: { tags: 1, createdAt: 1 } },
  ],
  due: ['publishAt'],
});
/** A product as it is kept. */
export type ProductRow = Stored<z.infer<typeof products.outgoing>>;
/** A product about to be written. */
export type NewProductRow = Omit<ProductRow, 'tenantId' | 'version' | 'createdAt' | 'updatedAt'>;
