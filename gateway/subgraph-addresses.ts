import { Refusal } from '@haat/kit/refusal';
import { Pool } from 'undici';
import { addressKeyOf } from './config.js';

/** Connections to one subgraph at most. A request waits for a free one within its own deadline. */
const connectionsMax = 64;

/** How long connecting may take, in milliseconds: a host that is gone must not eat the client's whole time. */
const connectTimeoutMs = 2_000;

/** The largest answer of a subgraph to an operation, in bytes. */
const answerBytesMax = 16 * 1024 * 1024;

/** The largest file that a route of a subgraph answers with, in bytes: an export of a hundred thousand rows. */
const fileBytesMax = 64 * 1024 * 1024;

/** Connections for routes at most: each may hold a file. */
const routeConnectionsMax = 16;

/** What became of an answer that is larger: whoever asked for so much is told, and the subgraph is as well as it was. */
export function refusedAsTooLarge(error: unknown): Refusal | undefined {
  if ((error as { code?: unknown }).code !== 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return undefined;
  return new Refusal('TOO_EXPENSIVE', 'The answer is too large to be given: ask for less at once.');
}

/** Pooled connections to a subgraph in another process. */
export interface RemoteSubgraph {
  readonly name: string;
  readonly pool: Pool;
  /** The same for its routes, which answer with files. */
  readonly routes: Pool;
  /** Where it answers GraphQL. */
  readonly graphqlPath: string;
}

/** All of them, opened when first needed and kept over a change of the supergraph. */
export interface RemoteSubgraphs {
  /** `url` is the supergraph's; the environment's wins. Throws a sentence when there is none. */
  of(name: string, url: string | undefined): RemoteSubgraph;
  close(): Promise<void>;
}

/** Makes it. `addresses` are the environment's, by {@link addressKeyOf}. */
export function remoteSubgraphs(addresses: ReadonlyMap<string, string>): RemoteSubgraphs {
  const open = new Map<string, RemoteSubgraph>();
  return {
    of(name, url) {
      const address = addressOf(name, addresses.get(addressKeyOf(name)) ?? url);
      const key = `${name} ${address.href}`;
      let found = open.get(key);
      if (!found) open.set(key, (found = connect(name, address)));
      return found;
    },
    close: async () => void (await Promise.all([...open.values()].flatMap(({ pool, routes }) => [pool.close(), routes.close()]))),
  };
}

function addressOf(name: string, url: string | undefined): URL {
  if (url && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return new URL(url);
  throw new Error(`The supergraph has no http address for the subgraph ${name}: set SUBGRAPH_${addressKeyOf(name)}_URL.`);
}

function connect(name: string, address: URL): RemoteSubgraph {
  const poolOf = (connections: number, maxResponseSize: number): Pool => new Pool(address.origin, { connections, pipelining: 1, connect: { timeout: connectTimeoutMs }, maxResponseSize });
  return { name, pool: poolOf(connectionsMax, answerBytesMax), routes: poolOf(routeConnectionsMax, fileBytesMax), graphqlPath: address.pathname + address.search };
}
