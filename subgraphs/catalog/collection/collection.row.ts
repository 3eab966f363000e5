import { defineCollection, type Stored } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';

/** Products that are shown together: named one by one, or found by a rule. */
export const productCollections = defineCollection({
  name: 'product_collections',
  schema: z.object({
    slug: z.string(),
    defaultLocale: z.string(),
    names: z.record(z.string(), z.string()),
    /** In the order they are shown; empty where there is a rule. */
    productIds: z.array(z.string()),
    /** A product belongs where it has one of the values of each list that is not empty. */
    rule: z.object({ tags: z.array(z.string()), categoryIds: z.array(z.string()), typeKeys: z.array(z.string()) }).optional(),
  }),
});
/** A collection as it is kept. */
export type CollectionRow = Stored<z.infer<typeof productCollections.outgoing>>;
