import { defineCollection, type Stored } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';

/** What a vendor asks for. */
export enum ChangeAction { UPDATE = 'UPDATE', PUBLISH = 'PUBLISH', ARCHIVE = 'ARCHIVE' }

/** What became of it. */
export enum ChangeRequestStatus { PENDING = 'PENDING', CONFIRMED = 'CONFIRMED', DECLINED = 'DECLINED', CANCELED = 'CANCELED' }

/** A change of a product's page that a vendor asks for, and that whoever keeps the page decides on. */
export const changeRequests = defineCollection({
  name: 'change_requests',
  schema: z.object({
    productId: z.string(),
    vendorId: z.string(),
    action: z.enum(ChangeAction),
    status: z.enum(ChangeRequestStatus),
    /** For UPDATE: what changes, as the input of a change, in JSON: nothing in it is to be taken for anything but data. */
    changes: z.string().optional(),
    note: z.string().optional(),
    /** Why it was declined. */
    reason: z.string().optional(),
    decidedAt: z.date().optional(),
  }),
  indexes: [
    { name: 'byVendor', keys: { vendorId: 1, createdAt: 1 } }, { name: 'byStatus', keys: { status: 1, createdAt: 1 } },
    { name: 'byProduct', keys: { productId: 1, createdAt: 1 } }, { name: 'byTime', keys: { createdAt: 1 } },
  ],
});
/** A request as it is kept. */
export type ChangeRequestRow = Stored<z.infer<typeof changeRequests.outgoing>>;
