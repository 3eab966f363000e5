import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectNats, inboxPrefixOf, type NatsLink } from '@haat/kit/nats';
import { makeLog } from '@haat/kit/log';
import { gatewayNatsPermissions } from '../nats-permissions.js';

/** How long a broker may take to start, in milliseconds. */
const startMsMax = 10_000;

/** A broker of a test's own, with the gateway's user as production has it and one that may do everything. */
export interface Broker {
  connectAs(user: 'gateway' | 'all'): Promise<NatsLink>;
  /** Its address for a user, for another process. */
  urlFor(user: 'gateway' | 'all'): string;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts it by the program that the run found. */
export async function startBroker(): Promise<Broker> {
  const program = process.env['HAAT_TEST_NATS_SERVER'];
  if (!program) throw new Error('These tests need a nats-server at HAAT_TEST_NATS_SERVER: run npm test, which finds one.');
  const folder = await mkdtemp(join(tmpdir(), 'haat-broker-'));
  const port = await freePort();
  const config = join(folder, 'nats.conf');
  await writeFile(config, configOf(port, join(folder, 'jetstream')));
  let child: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    const dying = child;
    child = undefined;
    if (!dying || dying.exitCode !== null) return;
    const ended = once(dying, 'exit');
    dying.kill('SIGKILL');
    await ended;
  };
  const start = async (): Promise<void> => {
    child = spawn(program, ['-c', config], { stdio: ['ignore', 'ignore', 'pipe'] });
    await ready(child);
  };
  await start();
  const urlFor = (user: string): string => `nats://${user}:test@127.0.0.1:${port}`;
  return {
    kill, start, urlFor,
    connectAs: (user) => connectNats({ url: urlFor(user), name: user, log: makeLog(user, 'silent') }),
    async close() {
      await kill();
      await rm(folder, { recursive: true });
    },
  };
}

function configOf(port: number, storeDir: string): string {
  const users = [
    { user: 'all', password: 'test' },
    { user: 'gateway', password: 'test', permissions: {
      publish: { allow: gatewayNatsPermissions.publish }, subscribe: { allow: [...gatewayNatsPermissions.subscribe, `${inboxPrefixOf('gateway')}.>`] },
      allow_responses: { max: 1, expires: '2m' },
    } },
  ];
  return `listen: "127.0.0.1:${port}"\njetstream { store_dir: ${JSON.stringify(storeDir)} }\nauthorization { users: ${JSON.stringify(users)} }\n`;
}

/** Reads on when it is ready: a broker that may not write its log ends. */
async function ready(child: ChildProcess): Promise<void> {
  let said = '';
  const late = setTimeout(() => child.kill('SIGKILL'), startMsMax);
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`The broker did not start: ${said}`)));
    child.stderr?.on('data', (part: Buffer) => {
      said = `${said}${part.toString()}`.slice(-10_000);
      if (said.includes('Server is ready')) resolve();
    });
  }).finally(() => clearTimeout(late));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
