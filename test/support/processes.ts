import { join } from 'node:path';
import type { SubgraphDefinition } from '@haat/kit/define';
import { root } from '@haat/local/cli/root';
import { sharedEnv, subgraphEnv } from '@haat/local/subgraph-env';
import { subgraphs } from '@haat/local/subgraphs';
import { openDoor, type Door } from './graph.js';
import type { Part } from './part.js';
import { Program } from './program.js';
import { Served } from './served.js';
import type { TestMarketplace } from './test-marketplace.js';

/** A gateway in a process of its own that reaches every subgraph by HTTP, on the data and the broker of a marketplace of this process. */
export interface Processes {
  readonly door: Door;
  /** Ends the gateway or a subgraph at once and without a word. */
  kill(name: string): Promise<void>;
  /** Starts a killed one again, where it was. */
  startAgain(name: string): Promise<void>;
  /** Asks each to stop, once, and answers the codes they ended with. */
  close(): Promise<(number | null)[]>;
}

/** Where the subgraphs are that the gateway reaches: each in a process of its own, or those of the marketplace, which its own gateway goes on to use. */
export type Where = 'apart' | 'shared';

/** The address by which a gateway reaches a subgraph that answers at another one. */
export type Through = (name: string, url: string) => Promise<string>;

/** Starts each part on a port of its own. */
export async function startProcesses(marketplace: TestMarketplace, where: Where = 'apart', through: Through = async (_, url) => url): Promise<Processes> {
  const parts = new Map<string, Part>();
  const close = (): Promise<(number | null)[]> => Promise.all([...parts.values()].toReversed().map((part) => part.stop()));
  const find = (name: string): Part => parts.get(name) ?? fail(`${name} is no part of this marketplace.`);
  const add = async (name: string, part: Part): Promise<Part> => {
    parts.set(name, part);
    await part.start();
    return part;
  };
  try {
    const addresses: Record<string, string> = {};
    for (const definition of subgraphs) {
      const { name } = definition;
      const { url } = await add(name, await subgraphOf(marketplace, definition, where));
      addresses[`SUBGRAPH_${name.toUpperCase().replaceAll('-', '_')}_URL`] = `${await through(name, url)}/graphql`;
    }
    const door = openDoor((await add('gateway', await Program.of('gateway/dist/main.js', { ...gatewayEnv(marketplace), ...addresses }))).url);
    let closed: Promise<(number | null)[]> | undefined;
    return {
      door,
      kill: async (name) => void (await find(name).kill()),
      startAgain: (name) => find(name).start(),
      close: () => (closed ??= door.close().then(close)),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function subgraphOf(marketplace: TestMarketplace, definition: SubgraphDefinition, where: Where): Promise<Part> {
  const { name } = definition;
  if (where === 'shared') return Served.of(marketplace.subgraphs.get(name) ?? fail(`${name} does not run.`));
  const { servers, secrets, env } = marketplace;
  return Program.of(`subgraphs/${name}/dist/main.js`, await subgraphEnv(definition, { servers, secrets, env, database: servers.database }));
}

function gatewayEnv({ env, secrets, servers }: TestMarketplace): NodeJS.ProcessEnv {
  return {
    ...env, ...sharedEnv('gateway', secrets), GUEST_KEY_SECRET: secrets.guestKeySecret, NATS_URL: servers.nats?.urlFor('gateway'),
    SUPERGRAPH: join(root, 'schema/supergraph.graphql'), OPERATIONS: join(root, 'schema/operations'),
  };
}

function fail(why: string): never {
  throw new Error(why);
}
