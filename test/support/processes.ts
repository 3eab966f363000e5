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
const readyWithinMs = 60_000;

/** Every part of a marketplace in a process of its own, on the data and the broker of one that runs in this process. */
export interface Processes {
  readonly door: Door;
  /** Ends a subgraph at once and without a word. */
  kill(subgraph: string): Promise<void>;
  /** Starts a killed one again, where it was. */
  startAgain(subgraph: string): Promise<void>;
  /** Asks each to stop, once, and answers the codes they ended with. */
  close(): Promise<(number | null)[]>;
}

/** Starts each subgraph alone on a port, and a gateway alone that reaches them by HTTP. */
export async function startProcesses(marketplace: TestMarketplace): Promise<Processes> {
  const programs = new Map<string, Program>();
  const close = (): Promise<(number | null)[]> => Promise.all([...programs.values()].toReversed().map((program) => stop(program)));
  const find = (subgraph: string): Program => programs.get(subgraph) ?? fail(`${subgraph} is no process of this marketplace.`);
  try {
    const { servers, secrets, env } = marketplace;
    const addresses: Record<string, string> = {};
    for (const definition of subgraphs) {
      const program = await programOf(`subgraphs/${definition.name}/dist/main.js`, await subgraphEnv(definition, { servers, secrets, env, database: servers.database }));
      programs.set(definition.name, program);
      addresses[`SUBGRAPH_${definition.name.toUpperCase().replaceAll('-', '_')}_URL`] = `${program.url}/graphql`;
      await run(program);
    }
    const gateway = await programOf('gateway/dist/main.js', { ...gatewayEnv(marketplace), ...addresses });
    programs.set('gateway', gateway);
    await run(gateway);
    const door = openDoor(gateway.url);
    let closed: Promise<(number | null)[]> | undefined;
    return {
      door,
      kill: async (subgraph) => void (await stop(find(subgraph), 'SIGKILL')),
      startAgain: (subgraph) => run(find(subgraph)),
      close: () => (closed ??= door.close().then(close)),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function gatewayEnv({ env, secrets, servers }: TestMarketplace): NodeJS.ProcessEnv {
  return {
    ...env, ...sharedEnv('gateway', secrets), GUEST_KEY_SECRET: secrets.guestKeySecret, NATS_URL: servers.nats?.urlFor('gateway'),
    SUPERGRAPH: join(root, 'schema/supergraph.graphql'), OPERATIONS: join(root, 'schema/operations'),
  };
}

interface Program {
  readonly file: string;
  readonly url: string;
  readonly env: NodeJS.ProcessEnv;
  child?: ChildProcess;
}

async function programOf(file: string, env: NodeJS.ProcessEnv): Promise<Program> {
  const port = await freePort();
  return { file, url: `http://127.0.0.1:${port}`, env: { ...env, PORT: String(port) } };
}

/** Runs a compiled program until it says that it is ready. */
async function run(program: Program): Promise<void> {
  const child = spawn(process.execPath, [join(root, program.file)], { env: program.env, stdio: ['ignore', 'ignore', 'pipe'] });
  program.child = child;
  const said: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  await eventually(async () => child.exitCode !== null || (await fetch(`${program.url}/ready`)).ok, readyWithinMs);
  if (child.exitCode !== null) fail(`${program.file} ended with ${child.exitCode}: ${said.join('')}`);
}

async function stop({ child }: Program, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
  if (!child) return null;
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
  return child.exitCode;
}

function fail(why: string): never {
  throw new Error(why);
}
