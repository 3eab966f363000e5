import { LRUCache } from 'lru-cache';
import { made } from './meters.js';

/** How many entries are kept at most. Real clients send few texts, and those often. */
const entriesMax = 5_000;

/** How much of the room is for what was asked for once. */
const onceShare = 0.2;

/** What was made of the texts of operations, so that it is made once. */
export interface KeptByText<V> {
  get(key: string): V | undefined;
  /** The same for who has asked already: it counts as no other time. */
  peek(key: string): V | undefined;
  set(key: string, value: V): void;
  delete(key: string): void;
  clear(): void;
  readonly entries: number;
}

/** What is kept. */
export interface KeepingOptions<V> {
  /** Its name in the figures. */
  readonly what: 'sizes' | 'documents' | 'plans';
  /** How large all entries may be together, in what `sizeOf` counts. */
  readonly sizeMax: number;
  sizeOf(value: V, key: string): number;
}

/**
 * Makes it, in two rooms: what is asked for again leaves the small one, and those who never come again push only each
 * other out. So a flood of texts that differ takes bounded memory, and from real clients nothing.
 */
export function keptByText<V extends object>({ what, sizeMax, sizeOf }: KeepingOptions<V>): KeptByText<V> {
  const room = (share: number): LRUCache<string, V> =>
    new LRUCache({ max: Math.ceil(entriesMax * share), maxSize: Math.ceil(sizeMax * share), sizeCalculation: (value, key) => Math.max(1, sizeOf(value, key)) });
  const once = room(onceShare);
  const often = room(1 - onceShare);
  const moved = (key: string): V | undefined => {
    const found = once.get(key);
    if (!found) return undefined;
    once.delete(key);
    often.set(key, found);
    return found;
  };
  return {
    get: (key) => often.get(key) ?? moved(key),
    peek: (key) => often.get(key) ?? once.peek(key),
    set(key, value) {
      made.add({ what });
      (often.has(key) ? often : once).set(key, value);
    },
    delete(key) {
      once.delete(key);
      often.delete(key);
    },
    clear() {
      once.clear();
      often.clear();
    },
    get entries() { return once.size + often.size; },
  };
}

/** The same as Apollo's packages ask for a cache. */
export function asCache<V>(kept: KeptByText<V>) {
  return {
    get: async (key: string) => kept.get(key),
    set: async (key: string, value: V) => kept.set(key, value),
    delete: async (key: string) => kept.delete(key),
    clear: () => kept.clear(),
  };
}
