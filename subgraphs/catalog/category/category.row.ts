import { defineCollection, type Stored } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';

/** Where products are found: a tree. A category stays under its parent, so the way down to it never changes. */
export const categories = defineCollection({
  name: 'categories',
  schema: z.object({
    slug: z.string(),
    defaultLocale: z.string(),
    names: z.record(z.string(), z.string()),
    parentId: z.string().optional(),
    /** From the top down to the parent; empty at the top. */
    ancestorIds: z.array(z.string()),
    /** Among its siblings, lowest first. */
    position: z.int(),
  }),
  indexes: [{ name: 'byParent', keys: { parentId: 1 } }],
});
/** A category as it is kept. */
export type CategoryRow = Stored<z.infer<typeof categories.outgoing>>;
