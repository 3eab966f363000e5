import { defineCollection } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';

/** Who is about to make a product that the plan has room for. `_id` is `<tenant id>:products`. */
export const places = defineCollection({
  name: 'places',
  schema: z.object({
    taken: z.array(z.object({
      /** The product that is to be. */
      productId: z.string(),
      /** When its maker must have died, if it is not there. */
      until: z.date(),
    })),
  }),
});
