import { defineCollection, type Stored } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';

/** What the value of an attribute is. */
export enum AttributeKind {
  TEXT = 'TEXT',
  NUMBER = 'NUMBER',
  BOOLEAN = 'BOOLEAN',
  CHOICE = 'CHOICE',
  MULTI_CHOICE = 'MULTI_CHOICE',
  DATE = 'DATE',
  COLOUR = 'COLOUR',
}

const names = z.record(z.string(), z.string());

/** An attribute as it is kept in its product type. */
export const attributeRow = z.object({
  key: z.string(),
  names,
  kind: z.enum(AttributeKind),
  /** What a number counts, such as `g` or `cm`. */
  unit: z.string().optional(),
  isRequired: z.boolean(),
  choices: z.array(z.object({ key: z.string(), names })),
});
/** An attribute as it is kept. */
export type AttributeRow = z.infer<typeof attributeRow>;

/** What products of one kind have in common. `_id` is `<tenant id>:<key>`: the key is unique by it. */
export const productTypes = defineCollection({
  name: 'product_types',
  schema: z.object({
    key: z.string(),
    defaultLocale: z.string(),
    names,
    /** Which rates apply; pricing knows them by this key. */
    taxClass: z.string(),
    needsShipping: z.boolean(),
    /** Since when its products wait to be told of another tax class. */
    retaxAt: z.date().optional(),
    attributes: z.array(attributeRow),
  }),
  due: ['retaxAt'],
});
/** A product type as it is kept. */
export type ProductTypeRow = Stored<z.infer<typeof productTypes.outgoing>>;

/** The `_id` of a product type. */
export function productTypeId(tenantId: string, key: string): string {
  return `${tenantId}:${key}`;
}
