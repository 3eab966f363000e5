import { defineCollection, type Stored } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';
import { NotificationKind } from '../notice/notice-kind.js';

/** How somebody wants to be told things, and how far they have read. */
export const people = defineCollection({
  name: 'people',
  schema: z.object({
    userId: z.string(),
    /** Notifications made until then are read, whatever they say themselves. */
    readUpTo: z.date().optional(),
    /** What differs from the rules of the kind, or did once. */
    wishes: z.array(z.object({ kind: z.enum(NotificationKind), inApp: z.boolean(), email: z.boolean() })),
  }),
});

/** A person as they are read. */
export type PersonRow = Stored<z.output<typeof people.incoming>>;

/** One document per person and marketplace. */
export function personId(tenantId: string, userId: string): string {
  return `${tenantId}:${userId}`;
}
