import { z } from 'zod';
import { defineAsk } from '../ask.js';

/** Operations measured at once at most: each may be as long as the door lets any be. */
export const measuredMax = 5;

/** What the door would make of operations, by the API and the limits that it serves now: only it knows both. */
export const operationsMeasure = defineAsk({
  subgraph: 'gateway', name: 'operations.measure', version: 1,
  description: 'Whether operations are ones that the API answers in this tenant, and what they cost.',
  input: z.strictObject({ texts: z.array(z.string().max(64 * 1024)).max(measuredMax) }),
  output: z.object({
    operations: z.array(z.discriminatedUnion('isGood', [
      z.object({
        isGood: z.literal(true), name: z.string(), kind: z.enum(['query', 'mutation', 'subscription']),
        /** Points without variables, and with every page as long as a page may be. */
        points: z.int().min(1), pointsMax: z.int().min(1),
      }),
      z.object({ isGood: z.literal(false), name: z.string().nullable(), problems: z.array(z.string()).min(1) }),
    ])),
  }),
  deadlineMs: 3_000, changes: false,
});
