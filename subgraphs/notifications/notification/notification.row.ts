import { defineCollection, type Stored } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';
import { NotificationKind } from '../notice/notice-kind.js';

/** Something one person is told in the application. What it says is made when it is read, in the reader's language then. */
export const notifications = defineCollection({
  name: 'notifications',
  schema: z.object({
    userId: z.string(),
    kind: z.enum(NotificationKind),
    orderId: z.string().optional(),
    /** The order's for its buyer, the part's for merchants. */
    orderNumber: z.string().optional(),
    vendorOrderId: z.string().optional(),
    vendorId: z.string().optional(),
    vendorName: z.string().optional(),
    amountMinor: z.int().optional(),
    currency: z.string().optional(),
    trackingUrl: z.string().optional(),
    readAt: z.date().optional(),
    forgetAt: z.date(),
  }),
  indexes: [{ name: 'byUser', keys: { userId: 1, createdAt: -1, _id: -1 } }],
  due: ['forgetAt'],
});

/** A notification as it is read. */
export type NotificationRow = Stored<z.output<typeof notifications.incoming>>;
