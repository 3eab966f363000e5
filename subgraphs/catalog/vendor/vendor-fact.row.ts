import { defineCollection, type Stored } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';

/**
 * What catalog knows of a vendor. `_id` is the vendor's id. One document for all of a vendor's offers, so that a suspension
 * takes effect at once however many there are.
 */
export const vendorFacts = defineCollection({
  name: 'vendor_facts',
  schema: z.object({
    isOpen: z.boolean(),
    /** Whether its people may put anything on sale; absent in what was kept before this was asked. */
    isApproved: z.boolean().optional(),
    /** How well it serves, 0 to 1000. */
    score: z.int(),
    /** The vendor's own version: an event that comes late does not take back a newer one. */
    heardVersion: z.int(),
  }),
});
/** What is known of a vendor. */
export type VendorFactRow = Stored<z.infer<typeof vendorFacts.outgoing>>;
