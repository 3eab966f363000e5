import { defineCollection } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';

/** How much a marketplace uses of what its plan limits. `_id` is `<tenant id>:products`. */
export const usage = defineCollection({
  name: 'usage',
  schema: z.object({
    used: z.int().min(0),
    /** When it is to be counted again; absent while nothing changed. */
    dueAt: z.date().optional(),
  }),
  due: ['dueAt'],
});

/** The `_id` of the number of a tenant's products. */
export function productUsageId(tenantId: string): string {
  return `${tenantId}:products`;
}
