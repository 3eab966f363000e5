import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { onBoundary } from '@haat/kit/boundary';
import type { Asker } from './graph.js';
import type { TestMarketplace } from './test-marketplace.js';

/** What one request to the door took, whoever answered what. */
export interface Taken {
  /** What was sent to Postgres and MongoDB, as `<subgraph>/<verb> <table>`, in the order of their names. */
  readonly statements: readonly string[];
  /** The subgraphs that the gateway asked, once for each time, in the order of their names. */
  readonly requests: readonly string[];
}

/** Counts what requests of a test take behind the door. */
export interface ReadCount extends Disposable {
  /** Counts what the gateway asks as well: once the marketplace runs. */
  watch(marketplace: Pick<TestMarketplace, 'subgraphs'>): void;
  /** What `ask` took, which must ask the door as the asker it is given. Of three tries the least: now and then one finds a fact of the marketplace, such as its plan, too old and fetches it anew. */
  least(asker: Asker, ask: (asker: Asker) => Promise<unknown>): Promise<Taken>;
}

type Work = { readonly statements: string[]; readonly requests: string[] };

const header = 'x-test-counted';
const arriving = 'http.server.request.start';
const tries = 3;

/** Sets the tenant, or frames a transaction. */
const framing = /\/(?:begin|commit|rollback|savepoint|release)$/;
const statement = /^([\w-]+\/\w+(?: \w+)?):before$/;
/** Marks of the kit's that are no statements. */
const others = /\/(?:ack|publish|mark|smtp|stripe|pathao)$/;

/**
 * Begins to count, in this process. Before the marketplace is started: a connection knows from its birth whether it is
 * watched. A statement belongs to the request that it was sent for, wherever its promise came from, so that what jobs and
 * consumers do meanwhile counts for nobody.
 */
export function countReads(): ReadCount {
  const running = new AsyncLocalStorage<Work | undefined>();
  const works = new Map<string, Work>();
  const onArriving = (message: unknown): void => running.enterWith(works.get(String((message as { request: IncomingMessage }).request.headers[header])));
  subscribe(arriving, onArriving);
  onBoundary((name) => {
    const sent = statement.exec(name)?.[1];
    if (sent !== undefined && !framing.test(sent) && !others.test(sent)) running.getStore()?.statements.push(sent);
  });
  return {
    watch({ subgraphs }) {
      for (const [name, subgraph] of subgraphs) {
        const execute = subgraph.execute.bind(subgraph);
        Object.assign(subgraph, { execute: (operation: Parameters<typeof execute>[0]) => {
          running.getStore()?.requests.push(name);
          return execute(operation);
        } });
      }
    },
    async least(asker, ask) {
      const all: Taken[] = [];
      for (let n = 0; n < tries; n += 1) all.push(await takenBy(works, asker, ask));
      return all.reduce((least, one) => (one.statements.length < least.statements.length ? one : least));
    },
    [Symbol.dispose]: () => {
      onBoundary(undefined);
      unsubscribe(arriving, onArriving);
    },
  };
}

async function takenBy(works: Map<string, Work>, asker: Asker, ask: (asker: Asker) => Promise<unknown>): Promise<Taken> {
  const name = crypto.randomUUID();
  const work: Work = { statements: [], requests: [] };
  works.set(name, work);
  await ask({ ...asker, headers: { ...asker.headers, [header]: name } });
  works.delete(name);
  return { statements: work.statements.toSorted(), requests: work.requests.toSorted() };
}
