import { Refusal } from '@haat/kit/refusal';
import type { OutboxStore } from '@haat/kit/store';

/** Events that may wait in one outbox before writes that add to it are refused. */
export const outboxBacklogMax = 100_000;

/** How old a count of the backlog may be, in milliseconds: the limit is passed by what is written in this time. */
const countedEveryMs = 1_000;

/** Keeps a subgraph from writing without end while the broker takes nothing. */
export interface OutboxGate {
  /** Called before each emit. @throws Refusal `SUBGRAPH_UNAVAILABLE` while more wait than may. */
  admit(): void;
}

/** Makes the gate. Counting goes on beside the writes and never holds one up. */
export function outboxGate(options: { readonly subgraph: string; readonly outbox: Pick<OutboxStore, 'backlog'>; readonly backlogMax?: number }): OutboxGate {
  const { subgraph, outbox, backlogMax = outboxBacklogMax } = options;
  let waiting = 0;
  let countedAt = -Infinity;
  const count = async (): Promise<void> => {
    waiting = (await outbox.backlog()).count;
  };
  return {
    admit() {
      const now = performance.now();
      if (now - countedAt >= countedEveryMs) {
        countedAt = now;
        // A database that does not answer refuses the write by itself.
        void count().catch(() => undefined);
      }
      if (waiting >= backlogMax) throw new Refusal('SUBGRAPH_UNAVAILABLE', `${subgraph} has too many events waiting for the broker; try again later.`);
    },
  };
}
