import { defineCollection, type Stored } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';

/** Who works for which vendor: a copy fed by the events of vendors. Its id is the membership's. */
export const vendorMembers = defineCollection({
  name: 'vendor_members',
  schema: z.object({
    vendorId: z.string(),
    userId: z.string(),
    status: z.enum(['ACTIVE', 'REMOVED']),
    grants: z.array(z.string()),
    /** The membership's version that this is a copy of. */
    memberVersion: z.int(),
  }),
  indexes: [{ name: 'byVendor', keys: { vendorId: 1, status: 1 } }, { name: 'byUser', keys: { userId: 1 } }],
});

/** A membership as it is read. */
export type VendorMember = Stored<z.output<typeof vendorMembers.incoming>>;
