import type { NatsLink } from '@haat/kit/nats';
import { StorageType, type KV } from 'nats';
import { empty, filled, pointsNow, type LeakyBucket, type Level } from './leaky-bucket.js';

/** The key-value bucket at the broker that all gateways share. */
export const levelsBucket = 'gateway-levels';

/** How long a level that nobody changes is kept, in milliseconds: every bucket is empty by then. */
const keptMs = 15 * 60_000;

/** What all levels together may take at the broker, in bytes; the oldest go first. */
const bytesMax = 64 * 1024 * 1024;

/** How long the broker may take to answer, in milliseconds. */
const answerMsMax = 500;

/** How often a level is read again because another gateway changed it meanwhile. */
const triesMax = 20;

/** Additions to one level that wait in one gateway, at most: more than are answered in the time that anybody waits. */
const waitingMax = 1_000;

/** What the broker says when somebody else wrote first. */
const wroteFirst = 10_071;

/** Levels of buckets that all gateways see. */
export interface SharedLevels {
  /**
   * Adds points to a bucket, and answers its level then. With `onlyIfFit` one that would overflow stays as it is, and
   * its level is answered with `fits: false`. Throws when the broker cannot be asked.
   */
  add(key: string, bucket: LeakyBucket, points: number, nowMs: number, options?: { readonly onlyIfFit?: boolean }): Promise<Added>;
}

/** What became of it. */
export interface Added {
  readonly level: Level;
  readonly fits: boolean;
}

/**
 * Makes it on the broker's key-value store, by compare and set. Additions to one level that come while another one is
 * made are made together after it, so that only gateways are ever first, and not those who ask at one.
 */
export function sharedLevels(nats: NatsLink): SharedLevels {
  let opening: Promise<KV> | undefined;
  const opened = (): Promise<KV> => (opening ??= open(nats).catch((error: unknown) => {
    opening = undefined;
    throw error;
  }));
  const addAll = async (key: string, additions: readonly Addition[]): Promise<readonly Added[]> => {
    const kv = await opened();
    for (let tries = 0; tries < triesMax; tries += 1) {
      const added = await addOnce(kv, key, additions).catch((error: unknown) => {
        // A broker that began anew knows no bucket: the next one to come makes it.
        opening = undefined;
        throw error;
      });
      if (added) return added;
    }
    throw new Error('Other gateways were always first to change a level.');
  };
  const waiting = new Map<string, Waiting[]>();
  const addWaiting = async (key: string, queue: Waiting[]): Promise<void> => {
    while (queue.length > 0) {
      const next = queue.splice(0);
      try {
        const added = await addAll(key, next.map(({ addition }) => addition));
        next.forEach(({ resolve }, at) => resolve(added[at] as Added));
      } catch (error) {
        next.forEach(({ reject }) => reject(error));
      }
    }
    waiting.delete(key);
  };
  return {
    add(key, bucket, points, nowMs, { onlyIfFit = false } = {}) {
      const queue = waiting.get(key) ?? [];
      if (queue.length >= waitingMax) return Promise.reject(new Error('Too many wait to change a level.'));
      return new Promise((resolve, reject) => {
        queue.push({ addition: { bucket, points, nowMs, onlyIfFit }, resolve, reject });
        if (waiting.has(key)) return;
        waiting.set(key, queue);
        void addWaiting(key, queue);
      });
    },
  };
}

async function open(nats: NatsLink): Promise<KV> {
  if (!nats.connection || nats.status() === 'down') throw new Error('The broker is not there.');
  const jetstream = nats.connection.jetstream({ timeout: answerMsMax });
  return jetstream.views.kv(levelsBucket, { history: 1, ttl: keptMs, storage: StorageType.Memory, max_bytes: bytesMax, timeout: answerMsMax });
}

interface Addition {
  readonly bucket: LeakyBucket;
  readonly points: number;
  readonly nowMs: number;
  readonly onlyIfFit: boolean;
}

/** An addition, and who waits for what becomes of it. */
interface Waiting {
  readonly addition: Addition;
  resolve(added: Added): void;
  reject(error: unknown): void;
}

/** One after another into one level. Undefined when another gateway wrote between our reading and our writing. */
async function addOnce(kv: KV, key: string, additions: readonly Addition[]): Promise<readonly Added[] | undefined> {
  const entry = await kv.get(key);
  let level = entry ? levelIn(entry.string()) : empty;
  const added = additions.map(({ bucket, points, nowMs, onlyIfFit }): Added => {
    if (onlyIfFit && pointsNow(level, bucket, nowMs) + points > bucket.capacity) return { level, fits: false };
    level = filled(level, bucket, points, nowMs);
    return { level, fits: true };
  });
  if (!added.some(({ fits }) => fits)) return added;
  const text = `${Math.ceil(level.points)} ${level.at}`;
  try {
    await (entry ? kv.update(key, text, entry.revision) : kv.create(key, text));
    return added;
  } catch (error) {
    if ((error as { api_error?: { err_code?: number } }).api_error?.err_code === wroteFirst) return undefined;
    throw error;
  }
}

/** What cannot be read is an empty bucket. */
function levelIn(text: string): Level {
  const [points = Number.NaN, at = Number.NaN] = text.split(' ').map(Number);
  return Number.isFinite(points) && Number.isFinite(at) ? { points, at } : empty;
}
