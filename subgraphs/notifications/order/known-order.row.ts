import { defineCollection, type Stored } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';

/** What must be known of an order to write to its buyer and vendors: a copy fed by its events. Its id is the order's. */
export const knownOrders = defineCollection({
  name: 'known_orders',
  schema: z.object({
    number: z.string(),
    /** Absent for a guest. */
    userId: z.string().optional(),
    /** The buyer's, BCP 47. */
    locale: z.string(),
    currency: z.string(),
    /** How the buyer is reached; sealed for us. Absent once they were erased. */
    sealedContact: z.string().optional(),
    vendorOrders: z.array(z.object({ vendorOrderId: z.string(), number: z.string(), vendorId: z.string(), vendorName: z.string() })),
    /** The order's version that this is a copy of. */
    orderVersion: z.int(),
    forgetAt: z.date(),
  }),
  indexes: [{ name: 'byUser', keys: { userId: 1 } }],
  due: ['forgetAt'],
});

/** An order as it is read. */
export type KnownOrder = Stored<z.output<typeof knownOrders.incoming>>;
