import { defineCollection } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';

/** What is unique in a marketplace: slugs by the noun they name, and SKUs. */
export const claimKinds = ['product', 'category', 'collection', 'sku'] as const;
/** One of them. */
export type ClaimKind = (typeof claimKinds)[number];

/**
 * Who has a slug or a SKU. The key is the document's `_id`, `<tenant id>:<kind>:<key>`, since a race for an `_id` has one
 * winner on every server, and a product has several keys, of which no unique index could tell the taken one.
 */
export const claims = defineCollection({
  name: 'claims',
  schema: z.object({ kind: z.enum(claimKinds), key: z.string(), ownerId: z.string(), claimedAt: z.date() }),
});
