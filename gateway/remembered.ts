import type { Clock } from '@haat/kit/clock';
import { LRUCache } from 'lru-cache';

/** Answers kept for a while, each found once however many ask for it at the same time. */
export interface Remembered<V> {
  /** The kept answer, or what `find` answers. A failure is not kept. */
  of(key: string, find: () => Promise<V>): Promise<V>;
  /** Drops every answer for which this holds, and every one that is still being found. */
  forget(isStale: (value: V, key: string) => boolean): void;
  forgetAll(): void;
}

/** How answers are kept. */
export interface RememberingOptions<V> {
  readonly clock: Clock;
  /** How many at most. */
  readonly entriesMax: number;
  /** How old an answer may be now, in milliseconds. */
  ageMsMax(value: V): number;
}

interface Entry<V> {
  readonly finding: Promise<V>;
  readonly at: number;
  found?: { readonly value: V };
}

/** Makes a bounded memory of answers. */
export function remembering<V>(options: RememberingOptions<V>): Remembered<V> {
  const entries = new LRUCache<string, Entry<V>>({ max: options.entriesMax });
  const isFresh = (entry: Entry<V>): boolean =>
    !entry.found || options.clock.now().getTime() - entry.at <= options.ageMsMax(entry.found.value);
  return {
    of(key, find) {
      const known = entries.get(key);
      if (known && isFresh(known)) return known.finding;
      const entry: Entry<V> = { finding: find(), at: options.clock.now().getTime() };
      entries.set(key, entry);
      settle(entry, () => entries.get(key) === entry && entries.delete(key));
      return entry.finding;
    },
    forget(isStale) {
      for (const [key, entry] of [...entries.entries()]) {
        // One still being found may have been read before the change: who asks next asks anew.
        if (!entry.found || isStale(entry.found.value, key)) entries.delete(key);
      }
    },
    forgetAll: () => entries.clear(),
  };
}

function settle<V>(entry: Entry<V>, drop: () => void): void {
  entry.finding.then((value) => { entry.found = { value }; }, drop);
}
