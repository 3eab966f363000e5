import { LRUCache } from 'lru-cache';
import type { EventLog, EventsOf, StoredEvent } from './event-log.js';
import { liveLimits } from './live-limits.js';

/** Tells events that are stored a second time: published again because the broker's word was lost. */
export interface KnownEvents {
  has(id: string): boolean;
  /** Whether an event is here for the first time, and says something new. To be asked in the order of the stream. */
  isNew(event: StoredEvent): Promise<boolean>;
}

/** Within this time the broker itself recognises a second publishing, less what clocks may differ, in milliseconds. */
const recognisedMs = 100_000;
/** How much earlier than its own time an event may have been stored, by a clock that differs. */
const clockSlackMs = 20_000;

/** Makes it for who reads on from a time. Ids are known since then, and looked up before it when an event is old enough to be a repetition. */
export function knownEvents(log: EventLog, events: EventsOf, fromMs: number): KnownEvents {
  const ids = new LRUCache<string, true>({ max: liveLimits.knownIdsMax });
  let knownFromMs = fromMs;
  /** Everything that was stored between the event's own time and where knowing begins. */
  const lookBack = async (toMs: number, before: StoredEvent): Promise<void> => {
    for (let atMs = toMs; ;) {
      const found = await log.since(events, atMs);
      const earlier = found.filter(({ position }) => position.sequence < before.position.sequence);
      for (const { envelope } of earlier) ids.set(envelope.id, true);
      const last = earlier.at(-1);
      if (!last || earlier.length < found.length || found.length < liveLimits.readEventsMax || last.position.atMs <= atMs) break;
      atMs = last.position.atMs;
    }
    knownFromMs = Math.min(knownFromMs, toMs);
  };
  return {
    has: (id) => ids.has(id),
    async isNew(event) {
      const { envelope: { id, occurredAt, republished }, position } = event;
      const saidMs = Date.parse(occurredAt) - clockSlackMs;
      if (position.atMs - saidMs > recognisedMs && saidMs < knownFromMs) await lookBack(saidMs, event);
      const isKnown = ids.has(id);
      ids.set(id, true);
      return !isKnown && !republished;
    },
  };
}
