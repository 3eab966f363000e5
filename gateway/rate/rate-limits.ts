import type { Clock } from '@haat/kit/clock';
import { beforeDeadline } from '@haat/kit/deadline';
import type { Log } from '@haat/kit/log';
import { Refusal, unavailable } from '@haat/kit/refusal';
import { LRUCache } from 'lru-cache';
import { rateRefusals } from '../meters.js';
import { aPart } from '../subgraph-breakers.js';
import { empty, filled, pointsNow, waitMs, type Level } from './leaky-bucket.js';
import type { NamedBucket } from './rate-buckets.js';
import type { SharedLevels } from './shared-levels.js';

/** How many buckets one gateway keeps in mind. Those that are forgotten begin with what the others know. */
const bucketsMax = 100_000;

/** What a gateway spends of a bucket before it tells the others: this share of what it holds. */
const untoldShare = 0.02;

/** How long a spending that must be known everywhere may wait for the broker, in milliseconds. */
const certainMsMax = 1_000;

/** Takes points out of buckets that all gateways share. */
export interface RateLimits {
  /**
   * Spends points from all buckets, or refuses with `RATE_LIMITED` and spends none. Answers at once: others are told in
   * the background, and while they cannot be, this gateway counts alone.
   */
  spend(buckets: readonly NamedBucket[], points: number): void;
  /**
   * The same, agreed with all gateways before it answers: exact, and refused with `SUBGRAPH_UNAVAILABLE` when they cannot
   * be reached.
   */
  spendForCertain(buckets: readonly NamedBucket[], points: number): Promise<void>;
  /** Takes points also where there are not enough left: for what was done already. */
  charge(buckets: readonly NamedBucket[], points: number): void;
  /** What is left of a bucket, as far as this gateway knows. */
  remaining(bucket: NamedBucket): number;
}

/** What a gateway knows of one bucket. */
interface Known {
  /** What all gateways had told when it was last asked. */
  level: Level;
  /** Spent here since then. */
  untold: number;
  isTelling: boolean;
}

/** Makes it. Without `shared` this gateway is the only one, and certain of what it knows. */
export function rateLimits(clock: Clock, shared: SharedLevels | undefined, log: Log): RateLimits {
  const known = new LRUCache<string, Known>({ max: bucketsMax });
  const nowMs = (): number => clock.now().getTime();
  const knownOf = (bucket: NamedBucket): Known => {
    const found = known.get(bucket.key) ?? { level: empty, untold: 0, isTelling: false };
    known.set(bucket.key, found);
    return found;
  };
  const held = (bucket: NamedBucket): number => {
    const { level, untold } = knownOf(bucket);
    return pointsNow(level, bucket, nowMs()) + untold;
  };
  const charge = (buckets: readonly NamedBucket[], points: number): void => {
    for (const bucket of buckets) {
      const own = knownOf(bucket);
      if (!shared) own.level = filled(own.level, bucket, points, nowMs());
      else own.untold += points;
      if (shared && own.untold >= bucket.capacity * untoldShare) void tell(shared, bucket, own, nowMs(), log);
    }
  };
  const spend = (buckets: readonly NamedBucket[], points: number): void => {
    for (const bucket of buckets) refuseIfFull(bucket, held(bucket), points);
    charge(buckets, points);
  };
  return {
    spend,
    charge,
    remaining: (bucket) => Math.max(0, Math.floor(bucket.capacity - held(bucket))),
    async spendForCertain(buckets, points) {
      if (!shared) return spend(buckets, points);
      for (const bucket of buckets) refuseIfFull(bucket, held(bucket), points);
      const agreeing = Promise.all(buckets.map(async (bucket) => {
        const { level, fits } = await shared.add(bucket.key, bucket, points, nowMs(), { onlyIfFit: true });
        knownOf(bucket).level = level;
        return { bucket, fits };
      }));
      const agreed = await beforeDeadline(certainMsMax, 'The broker', agreeing).catch((error: unknown) => {
        log.warn({ err: error }, 'Nobody knows how often this was tried, so it is not tried.');
        throw unavailable(aPart);
      });
      for (const { bucket, fits } of agreed) if (!fits) refuseIfFull(bucket, held(bucket), points, true);
    },
  };
}

async function tell(shared: SharedLevels, bucket: NamedBucket, own: Known, nowMs: number, log: Log): Promise<void> {
  if (own.isTelling) return;
  own.isTelling = true;
  const told = own.untold;
  try {
    own.level = (await shared.add(bucket.key, bucket, told, nowMs)).level;
  } catch (error) {
    log.debug({ err: error }, 'What was spent could not be told to other gateways.');
    own.level = filled(own.level, bucket, told, nowMs);
  } finally {
    own.untold -= told;
    own.isTelling = false;
  }
}

function refuseIfFull(bucket: NamedBucket, held: number, points: number, isCertain = false): void {
  const ms = waitMs(held, points, bucket);
  if (ms === 0 && !isCertain) return;
  const retryAfterMs = Math.max(1, ms);
  rateRefusals.add({ by: bucket.by });
  const message = `Too much was asked for in a short time: try again in ${Math.ceil(retryAfterMs / 1_000)} s.`;
  throw new Refusal('RATE_LIMITED', message, { retryAfterMs, by: bucket.by });
}
