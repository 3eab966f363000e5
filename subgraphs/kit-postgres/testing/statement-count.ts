import { onBoundary } from '@haat/kit/boundary';

/** Counts the statements that subgraphs of this process send to Postgres. */
export interface StatementCount extends Disposable {
  /** How many were sent while `work` ran, but for those that only set the tenant or frame a transaction. */
  during(work: () => Promise<unknown>): Promise<number>;
}

const framing = /\/(?:begin|commit|rollback|savepoint|release)$/;

/** Begins to count. Before the subgraph is started: a connection knows from its birth whether it is watched. */
export function countStatements(): StatementCount {
  let sent = 0;
  onBoundary((name) => {
    const [statement, when] = name.split(':');
    if (when === 'before' && !framing.test(statement ?? '')) sent += 1;
  });
  return {
    during: async (work) => {
      const before = sent;
      await work();
      return sent - before;
    },
    [Symbol.dispose]: () => onBoundary(undefined),
  };
}
