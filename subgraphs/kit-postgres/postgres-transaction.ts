import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import type { TransactionOptions } from '@haat/kit/context';
import { onceByKey } from './idempotency.js';
import type { PostgresDoor } from './postgres-door.js';
import { failureOf, type Failure } from './postgres-errors.js';
import { PostgresUnit } from './postgres-unit.js';
import { unsaidEventsOf } from './unsaid-events.js';
import { transactionRetries } from '@haat/kit/meters';
import { Refusal, unavailable } from '@haat/kit/refusal';
import type { ActingIn, UnitOfWork } from '@haat/kit/store';

/** Pauses before the tries after the first, in milliseconds; each varies by half of itself either way. */
const retryPausesMs = [20, 100, 500];

/** No new try begins later than this after the first one. */
const retryWithinMs = 5_000;

/** What transactions are made of. */
export interface TransactionParts extends Pick<PostgresDoor, 'subgraph' | 'clock' | 'log' | 'inTenant'> {
  readonly source: DataSource;
  /** Lets an event into the outbox, or refuses. */
  admit(): void;
  /** Told of each commit that put something into the outbox. */
  emitted(): void;
}

type Work<T> = (unit: UnitOfWork<EntityManager>) => Promise<T>;

/** How a try ended that kept nothing, or of which nobody can tell. */
class Unfinished extends Error {
  constructor(readonly failure: Failure | 'unknown', override readonly cause: unknown) {
    super('A transaction did not finish.');
  }
}

/**
 * Makes the door's `transaction`. A try that the database or a broken connection ended is made again, at most three times.
 * When the connection broke during COMMIT nobody knows whether it counts: with an idempotency key the next try finds out,
 * since the key's row waits for the first one's end; without one it is refused with `SUBGRAPH_UNAVAILABLE`.
 */
export function transactions(parts: TransactionParts): PostgresDoor['transaction'] {
  return async (acting, work, options = {}) => {
    const startedAt = performance.now();
    for (const pauseMs of [...retryPausesMs, undefined]) {
      try {
        return await parts.inTenant(acting.tenantId, () => attempt(parts, acting, work, options));
      } catch (error) {
        if (!(error instanceof Unfinished) || error.failure === 'other') throw error instanceof Unfinished ? error.cause : error;
        const mayRepeat = error.failure !== 'unknown' || options.idempotency !== undefined;
        parts.log.warn({ err: error.cause, mayRepeat }, 'A transaction did not finish.');
        if (!mayRepeat || pauseMs === undefined || performance.now() - startedAt > retryWithinMs) break;
        transactionRetries.add({ subgraph: parts.subgraph, reason: error.failure });
        await pause(pauseMs * (0.5 + Math.random()));
      }
    }
    throw unavailable(parts.subgraph);
  };
}

async function attempt<T>(parts: TransactionParts, acting: ActingIn, work: Work<T>, options: TransactionOptions): Promise<T> {
  const runner = parts.source.createQueryRunner();
  const unit = new PostgresUnit(runner.manager, acting, { clock: parts.clock, inTenant: parts.inTenant, admit: parts.admit, hooks: [], hasEmitted: false, isElsewhere: false });
  let isCommitting = false;
  let result: T;
  try {
    // Its tenant's already: the pool hands out no other, and saying it again would cost each transaction a round trip.
    await runner.connect();
    await runner.startTransaction(options.isolation);
    result = options.idempotency ? await onceByKey(unit.db, acting, options.idempotency, { clock: parts.clock, work: () => work(unit) }) : await work(unit);
    if (unit.shared.failure !== undefined) throw unit.shared.failure;
    await unsaidEventsOf(unit.db).write();
    isCommitting = !runner.isReleased;
    await runner.commitTransaction();
  } catch (error) {
    // A connection that breaks releases its runner, and what is done with it afterwards says only that.
    const isBroken = runner.isReleased;
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    const failure = isBroken && !(error instanceof Refusal) ? 'connection' : failureOf(error);
    throw new Unfinished(failure === 'connection' && isCommitting ? 'unknown' : failure, error);
  } finally {
    await runner.release();
  }
  await afterCommit(parts, unit);
  return result;
}

/** The commit stands, whatever happens here. */
async function afterCommit(parts: TransactionParts, { shared }: PostgresUnit): Promise<void> {
  if (shared.hasEmitted) parts.emitted();
  for (const hook of shared.hooks) {
    await Promise.resolve().then(hook).catch((error: unknown) => parts.log.error({ err: error }, 'Work after a commit failed.'));
  }
}
