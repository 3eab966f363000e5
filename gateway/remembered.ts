import type { Clock } from '@haat/kit/clock';
import { LRUCache } from 'lru-cache';

/**
 * Answers kept for a while, each found once however many ask for it at the same time. Those that say there is nothing (null)
 * have a small memory of their own: anybody can ask for as many of them as they like, and pushes no good answer out.
 */
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
  /** How many good ones at most. */
  readonly entriesMax: number;
  /** How old an answer may be now, in milliseconds. */
  ageMsMax(value: V): number;
  /** How old it may be while nobody gives a newer one; no older when absent. What is forgotten stays forgotten. */
  ageMsMaxWhenLost?(value: V): number;
}

/** How long an older answer is given, in milliseconds, before a newer one is asked for again. */
const askAgainMs = 5_000;

/** How many answers that say there is nothing are kept. */
const missesMax = 2_000;

interface Entry<V> {
  finding: Promise<V>;
  /** When its answer was asked for. */
  at: number;
  /** Until when an older answer stands in for one that nobody gave. */
  standsInUntil?: number;
  found?: { readonly value: V };
}

/** Makes a bounded memory of answers. */
export function remembering<V>(options: RememberingOptions<V>): Remembered<V> {
  const good = new LRUCache<string, Entry<V>>({ max: options.entriesMax });
  const misses = new LRUCache<string, Entry<V>>({ max: missesMax });
  /** Still being found, as long as nothing said that it changed. */
  const underWay = new Map<string, Entry<V>>();
  const nowMs = (): number => options.clock.now().getTime();
  const isFresh = ({ found, at, standsInUntil = 0 }: Entry<V>): boolean => !found || nowMs() - at <= options.ageMsMax(found.value) || nowMs() < standsInUntil;
  /** Answers what was known, when it may still be given and nothing said meanwhile that it changed. */
  const standIn = (key: string, entry: Entry<V>, known: Entry<V> | undefined, error: unknown): V => {
    const isForgotten = underWay.get(key) !== entry;
    if (isForgotten || !known?.found || nowMs() - known.at > (options.ageMsMaxWhenLost?.(known.found.value) ?? 0)) throw error;
    Object.assign(entry, { at: known.at, standsInUntil: nowMs() + askAgainMs });
    return known.found.value;
  };
  const drop = (key: string): void => {
    good.delete(key);
    misses.delete(key);
  };
  const settle = (key: string, entry: Entry<V>, found?: { readonly value: V }): void => {
    if (found) entry.found = found;
    if (underWay.get(key) !== entry) return;
    underWay.delete(key);
    drop(key);
    if (found) (found.value === null ? misses : good).set(key, entry);
  };
  return {
    of(key, find) {
      const known = underWay.get(key) ?? good.get(key) ?? misses.get(key);
      if (known && isFresh(known)) return known.finding;
      const entry: Entry<V> = { finding: find(), at: nowMs() };
      entry.finding = entry.finding.catch((error: unknown) => standIn(key, entry, known, error));
      underWay.set(key, entry);
      entry.finding.then((value) => settle(key, entry, { value }), () => settle(key, entry));
      return entry.finding;
    },
    forget(isStale) {
      // One still being found may have been read before the change: who asks next asks anew.
      for (const key of underWay.keys()) drop(key);
      underWay.clear();
      for (const kept of [good, misses]) for (const [key, { found }] of [...kept.entries()]) if (found && isStale(found.value, key)) kept.delete(key);
    },
    forgetAll() {
      for (const kept of [underWay, good, misses]) kept.clear();
    },
  };
}
