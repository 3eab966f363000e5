import { randomUUID } from 'node:crypto';
import type { MongoCore } from './mongo-core.js';
import { LeaseBeat } from './mongo-lease-beat.js';
import type { Leadership } from '@haat/kit/store';

/** How long a lease lasts without renewal, in milliseconds. */
export const leaseMs = 10_000;

/** Who runs something, by the database's clock. */
export interface Lease {
  /** What is run. */
  readonly _id: string;
  readonly holder?: string;
  /** One more with each change of the holder. */
  readonly epoch: number;
  readonly until: Date;
}

/** A leadership with the number that fences off those before it. */
export interface MongoLeadership extends Leadership {
  /** Higher than that of everybody who led before; kept with what is written, a late predecessor can be refused. */
  readonly epoch: number;
}

/**
 * Becomes the runner of `name`, or not while another's lease lasts. Only the database's clock is compared, and this
 * process gives up a tenth of the lease before the database would.
 */
export async function takeLead(core: MongoCore, name: string, lastsMs: number): Promise<MongoLeadership | undefined> {
  const holder = randomUUID();
  const askedAt = performance.now();
  await core.leases.updateOne({ _id: name }, { $setOnInsert: { epoch: 0, until: new Date(0) } }, { upsert: true });
  const isFree = { $lt: ['$until', '$$NOW'] };
  const whenFree = (taken: unknown, kept: string): object => ({ $cond: [isFree, taken, kept] });
  const lease = await core.leases.findOneAndUpdate({ _id: name }, [{ $set: {
    holder: whenFree(holder, '$holder'), epoch: whenFree({ $add: ['$epoch', 1] }, '$epoch'), until: whenFree({ $add: ['$$NOW', lastsMs] }, '$until'),
  } }]);
  return lease?.holder === holder ? held(core, { name, holder, epoch: lease.epoch, lastsMs, askedAt }) : undefined;
}

interface Held {
  readonly name: string;
  readonly holder: string;
  readonly epoch: number;
  readonly lastsMs: number;
  readonly askedAt: number;
}

function held(core: MongoCore, { name, holder, epoch, lastsMs, askedAt }: Held): MongoLeadership {
  const lost = new AbortController();
  const beat = beatOf(core, lastsMs);
  let isOver = false;
  let end = setTimeout(() => undefined, 0);
  const renewed = (startedAt: number): void => {
    clearTimeout(end);
    if (!isOver) end = setTimeout(() => stop(), Math.max(0, startedAt + lastsMs * 0.9 - performance.now())).unref();
  };
  const stop = (): void => {
    if (isOver) return;
    giveUp();
    lost.abort(new Error(`The lead of ${name} was lost.`));
  };
  const lease = { name, holder, epoch, renewed, lost: stop };
  const giveUp = (): void => {
    isOver = true;
    clearTimeout(end);
    beat.remove(lease);
  };
  const release = async (): Promise<void> => {
    if (isOver) return;
    giveUp();
    // Without its holder, so that a renewal on its way meets nothing.
    await core.leases.updateOne({ _id: name, holder, epoch }, { $set: { until: new Date(0) }, $unset: { holder: '' } });
  };
  renewed(askedAt);
  beat.add(lease);
  return { epoch, lost: lost.signal, release, [Symbol.asyncDispose]: release };
}

/** One for each store that is open. */
const beats = new WeakMap<MongoCore, LeaseBeat>();

function beatOf(core: MongoCore, lastsMs: number): LeaseBeat {
  let beat = beats.get(core);
  if (!beat) beats.set(core, (beat = new LeaseBeat(core, lastsMs)));
  return beat;
}
