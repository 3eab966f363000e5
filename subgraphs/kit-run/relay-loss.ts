import type { StreamInfo } from 'nats';
import { z } from 'zod';
import { eventRetentionMs } from './streams.js';

/** What tells one state of a stream from another: it only ever grows at its end, and ages away at its beginning. */
const sightSchema = z.object({ created: z.string(), deleted: z.number(), first: z.number(), firstAt: z.string().optional() });

/** A stream as it was seen. */
export type StreamSight = z.infer<typeof sightSchema>;

/** What ages away while nobody looks may be this much younger than the retention, in milliseconds: clocks differ. */
const ageSlackMs = 3_600_000;

/** What is there now. */
export function sightOf({ created, state }: StreamInfo): StreamSight {
  return { created, deleted: state.num_deleted ?? 0, first: state.first_seq, ...(state.messages > 0 && { firstAt: state.first_ts }) };
}

/** As the outbox keeps it. */
export function textOf(sight: StreamSight): string {
  return JSON.stringify(sight);
}

/** As the outbox kept it; undefined for the first time, and for what an unreadable note is worth. */
export function sightIn(text: string | undefined): StreamSight | undefined {
  if (text === undefined) return undefined;
  try {
    return sightSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * The sequence after which the broker lost events that it had acknowledged, or undefined when it has them all. Zero where it
 * cannot be said how much is gone: another stream under the name, a hole, a beginning that vanished before its time.
 */
export function lostAfter(seen: { readonly sight?: StreamSight; readonly sequence: number }, now: StreamSight & { readonly last: number }, at: Date): number | undefined {
  const { sight, sequence } = seen;
  if (!sight) return sequence > 0 ? 0 : undefined;
  const isOther = sight.created !== now.created;
  const hasHole = now.deleted > sight.deleted;
  const isBeheaded = now.first > sight.first && sight.firstAt !== undefined && Date.parse(sight.firstAt) > at.getTime() - eventRetentionMs + ageSlackMs;
  if (isOther || hasHole || isBeheaded) return 0;
  return now.last < sequence ? now.last : undefined;
}
