import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fetch } from 'undici';
import { eventually } from '@haat/kit/testing/eventually';
import { root } from '@haat/local/cli/root';
import { freePort } from '@haat/local/servers/free-port';
import { sharedEnv, subgraphEnv } from '@haat/local/subgraph-env';
import { subgraphs } from '@haat/local/subgraphs';
import { openDoor, type Door } from './graph.js';
import type { TestMarketplace } from './test-marketplace.js';

/** A program's own time to answer on its port. */
const readyWithinMs = 20_000;

/** Every part of a marketplace in a process of its own, on the data and the broker of one that runs in this process. */
export interface Processes {
  readonly door: Door;
  /** Asks each to stop, once, and answers the codes they ended with. */
  close(): Promise<(number | null)[]>;
}

/** Starts each subgraph alone on a port, and a gateway alone that reaches them by HTTP. */
export async function startProcesses(marketplace: TestMarketplace): Promise<Processes> {
  const children: ChildProcess[] = [];
  const close = (): Promise<(number | null)[]> => Promise.all(children.toReversed().map(stop));
  try {
    const addresses: Record<string, string> = {};
    for (const definition of subgraphs) {
      const { servers, secrets, env } = marketplace;
      const url = await run(children, `subgraphs/${definition.name}/dist/main.js`, await subgraphEnv(definition, { servers, secrets, env, database: servers.database }));
      addresses[`SUBGRAPH_${definition.name.toUpperCase().replaceAll('-', '_')}_URL`] = `${url}/graphql`;
    }
    const url = await run(children, 'gateway/dist/main.js', { ...gatewayEnv(marketplace), ...addresses });
    const door = openDoor(url);
    let closed: Promise<(number | null)[]> | undefined;
    return { door, close: () => (closed ??= door.close().then(close)) };
  } catch (error) {
    await close();
    throw error;
  }
}

function gatewayEnv({ env, secrets, servers }: TestMarketplace): NodeJS.ProcessEnv {
  return {
    ...env, ...sharedEnv('gateway', secrets), GUEST_KEY_SECRET: secrets.guestKeySecret, NATS_URL: servers.nats?.urlFor('gateway'),
    SUPERGRAPH: join(root, 'schema/supergraph.graphql'),
  };
}

/** Runs a compiled program on a free port until it says that it is ready. */
async function run(children: ChildProcess[], program: string, env: NodeJS.ProcessEnv): Promise<string> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [join(root, program)], { env: { ...env, PORT: String(port) }, stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(child);
  const said: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  await eventually(async () => child.exitCode !== null || (await fetch(`${url}/ready`)).ok, readyWithinMs);
  if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}: ${said.join('')}`);
  return url;
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
  return child.exitCode;
}
