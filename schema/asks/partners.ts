import { z } from 'zod';
import { defineAsk } from '../ask.js';

/** A day by UTC. */
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const operationId = z.string().regex(/^[0-9a-f]{64}$/);

/** What the door must know of a partner's program before it lets a token of it in. Null when there is none. */
export const partnerResolve = defineAsk({
  subgraph: 'partners', name: 'partner.resolve', version: 1,
  description: 'A partner\'s program: whether it may come in, whose it is, its quota and what it has spent today.',
  input: z.strictObject({ partnerAppId: z.string().max(64) }),
  output: z.object({
    partner: z.object({
      partnerAppId: z.string(), name: z.string(), status: z.enum(['ACTIVE', 'SUSPENDED', 'REVOKED']), vendorId: z.string().nullable(),
      pointsPerMinute: z.int().min(1), pointsPerDay: z.int().min(1), day, spentToday: z.int().min(0),
    }).nullable(),
  }),
  deadlineMs: 2_000, changes: false,
});

/** The text of an operation that a partner's program may run now; null when it may not. */
export const partnerOperation = defineAsk({
  subgraph: 'partners', name: 'operation.find', version: 1,
  description: 'An approved operation of a partner\'s program, by the SHA-256 of its text.',
  input: z.strictObject({ partnerAppId: z.string().max(64), operationId }),
  output: z.object({ operation: z.object({ name: z.string(), text: z.string() }).nullable() }),
  deadlineMs: 2_000, changes: false,
});

/**
 * What a program spent at one gateway. Its undo is none: it counts what has been used. Idempotent by what it says: numbers are
 * the gateway's whole count of the day, and only a larger one takes the place of a smaller one.
 */
export const usageReport = defineAsk({
  subgraph: 'partners', name: 'usage.report', version: 1,
  description: 'How much a partner\'s program has spent today at one gateway, by operation; answers what it spent at all of them.',
  input: z.strictObject({
    partnerAppId: z.string().max(64), day,
    /** One run of one gateway. */
    source: z.string().max(64),
    operations: z.array(z.strictObject({ operationId, points: z.int().min(0), requests: z.int().min(0), refused: z.int().min(0) })).max(500),
  }),
  output: z.object({ spentToday: z.int().min(0) }),
  deadlineMs: 2_000, changes: true,
});
