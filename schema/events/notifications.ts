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
