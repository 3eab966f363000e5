import { defineCollection, type Stored } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';
import { NotificationKind } from './notice-kind.js';

/**
 * News that somebody must be told: what one event said, until everybody was told. It waits here for what the event does not
 * bring, such as the order of a parcel, which another stream may bring later.
 */
export const notices = defineCollection({
  name: 'notices',
  schema: z.object({
    kind: z.enum(NotificationKind),
    orderId: z.string().optional(),
    vendorOrderId: z.string().optional(),
    vendorId: z.string().optional(),
    /** Where no order says it. */
    vendorName: z.string().optional(),
    amountMinor: z.int().optional(),
    currency: z.string().optional(),
    trackingUrl: z.string().optional(),
    /** Who did it: they know already. */
    actor: z.string(),
    occurredAt: z.date(),
    /** How often telling it was tried. */
    attempts: z.int().min(0),
    dueAt: z.date(),
  }),
  due: ['dueAt'],
});

/** What is of a notice's own. */
export type Notice = z.output<typeof notices.incoming>;

/** A notice as it is read. */
export type NoticeRow = Stored<Notice>;
