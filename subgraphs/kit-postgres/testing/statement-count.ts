import { AsyncLocalStorage } from 'node:async_hooks';
import { onBoundary } from '@haat/kit/boundary';

/** Counts the statements that subgraphs of this process send to Postgres. */
export interface StatementCount extends Disposable {
  /** How many were sent by `work`, but for those that only set the tenant or frame a transaction: what jobs and consumers send beside it is theirs. */
  during(work: () => Promise<unknown>): Promise<number>;
}

const framing = /\/(?:begin|commit|rollback|savepoint|release)$/;

/** Begins to count. Before the subgraph is started: a connection knows from its birth whether it is watched. */
export function countStatements(): StatementCount {
  const counted = new AsyncLocalStorage<{ sent: number }>();
  onBoundary((name) => {
    const count = counted.getStore();
    const [statement, when] = name.split(':');
    if (count && when === 'before' && !framing.test(statement ?? '')) count.sent += 1;
  });
  return {
    during: async (work) => {
      const count = { sent: 0 };
      await counted.run(count, work);
      return count.sent;
    },
    [Symbol.dispose]: () => onBoundary(undefined),
  };
}
