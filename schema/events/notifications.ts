import { z } from 'zod';
import { defineEvent } from '../event.js';

/** A message will not reach its recipient: refused for good, or tried as often as it may be. No address in it. */
export const deliveryFailed = defineEvent({
  producer: 'notifications',
  name: 'delivery-failed',
  version: 1,
  aggregate: 'delivery',
  description: 'A message could not be delivered and is not tried again.',
  payload: z.object({
    deliveryId: z.string(),
    channel: z.enum(['EMAIL']),
    /** What the message was for, such as VERIFY_EMAIL. */
    kind: z.string(),
    userId: z.string().optional(),
    attempts: z.int().min(0),
    /** For people, without personal data. */
    reason: z.string(),
  }),
});

/** A person has a new message in the application. */
export const notificationArrived = defineEvent({
  producer: 'notifications',
  name: 'notification-arrived',
  version: 1,
  aggregate: 'notification',
  description: 'A person has a new message in the application.',
  payload: z.object({ notificationId: z.string(), userId: z.string(), kind: z.string() }),
});

/** A recipient's server took a message back. Nothing more is sent there until somebody says so. No address in it. */
export const deliveryBounced = defineEvent({
  producer: 'notifications',
  name: 'delivery-bounced',
  version: 1,
  aggregate: 'delivery',
  description: "A message came back from its recipient's server.",
  payload: z.object({ deliveryId: z.string(), channel: z.enum(['EMAIL']), userId: z.string().optional(), isPermanent: z.boolean() }),
});
