import { bulkhead, BulkheadRejectedError, type BulkheadPolicy } from 'cockatiel';
import { Refusal } from '@haat/kit/refusal';
import type { OrdersContext } from '../context.js';

/** Checkouts that wait in one process, at most; and how much time one must have left to be begun, in milliseconds. */
const [waitingMax, beginMsMin] = [1_000, 3_000];

const lanes = new Map<number, BulkheadPolicy>();

/**
 * Runs a checkout among so many at once, the rest waiting in turn. A checkout asks a dozen questions, each with its own deadline: where
 * many begin together all of them run late, none comes to its end, and whoever asks again makes it worse.
 */
export async function inLane<T>({ config, deadline }: OrdersContext, work: () => Promise<T>): Promise<T> {
  try {
    return await laneOf(config.CHECKOUTS_AT_ONCE).execute(() => {
      // Begun too late it would only take what it must give back.
      if (deadline.remainingMs() < beginMsMin) throw new Refusal('DEADLINE_EXCEEDED', 'Many order at this moment; ask again with the same key.', { retryAfterSeconds: 2 });
      return work();
    });
  } catch (error) {
    if (error instanceof BulkheadRejectedError) throw new Refusal('CONFLICT_IN_PROGRESS', 'Many order at this moment; ask again with the same key.', { retryAfterSeconds: 5 });
    throw error;
  }
}

function laneOf(size: number): BulkheadPolicy {
  const lane = lanes.get(size) ?? bulkhead(size, waitingMax);
  lanes.set(size, lane);
  return lane;
}
