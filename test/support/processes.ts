import { join } from 'node:path';
import { makeLog } from '@haat/kit/log';
import { startSubgraph, type RunningSubgraph } from '@haat/kit-run/start';
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

/**
 * Where the subgraphs are that the gateway reaches: each in a process of its own; those of the marketplace, which its own gateway goes on
 * to use; or others in this process, which know each other by the broker alone, since one that is killed must be asked by no shorter way.
 */
export type Where = 'apart' | 'shared' | 'anew';

/** Starts each part on a port of its own. */
export async function startProcesses(marketplace: TestMarketplace, where: Where = 'apart'): Promise<Processes> {
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
    for (const { name } of subgraphs) {
      const { url } = await add(name, await subgraphOf(marketplace, name, where));
      addresses[`SUBGRAPH_${name.toUpperCase().replaceAll('-', '_')}_URL`] = `${url}/graphql`;
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

async function subgraphOf(marketplace: TestMarketplace, name: string, where: Where): Promise<Part> {
  if (where === 'shared') return Served.running(marketplace.subgraphs.get(name) ?? fail(`${name} does not run.`));
  if (where === 'anew') return Served.made(() => startAnew(marketplace, name));
  return Program.of(`subgraphs/${name}/dist/main.js`, await envOf(marketplace, name));
}

async function startAnew(marketplace: TestMarketplace, name: string): Promise<RunningSubgraph> {
  return startSubgraph(definitionOf(name), { env: await envOf(marketplace, name), log: makeLog(name, 'silent') });
}

function envOf({ servers, secrets, env }: TestMarketplace, name: string): Promise<NodeJS.ProcessEnv> {
  return subgraphEnv(definitionOf(name), { servers, secrets, env, database: servers.database });
}

function definitionOf(name: string) {
  return subgraphs.find((subgraph) => subgraph.name === name) ?? fail(`There is no subgraph ${name}.`);
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
