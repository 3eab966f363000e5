import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeLog, type Log } from '../log.js';
import { connectNats, inboxPrefixOf, type NatsLink } from '../nats.js';
import type { NatsPermissions } from '../nats-permissions.js';
import { eventually } from './eventually.js';

/** A user of a test's broker. Without subjects it may do everything. */
export interface TestNatsUser extends Partial<NatsPermissions> {
  readonly name: string;
}

/** How the broker comes back. */
export interface RestartOptions {
  /** All that it kept is gone, as with a lost disk. */
  readonly deleteStore?: boolean;
  /** What it kept is put back to an earlier {@link TestNats.copyStore}. */
  readonly fromCopy?: string;
}

/** A broker of a test file's own. */
export interface TestNats extends AsyncDisposable {
  /** For a user that may do everything. */
  readonly url: string;
  readonly storeDir: string;
  urlFor(user: string): string;
  /** A link as that user, closed with the broker. */
  link(user?: string, log?: Log): Promise<NatsLink>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Ends it at once where it runs, and starts it again on the same port. */
  restart(options?: RestartOptions): Promise<void>;
  /** Copies what it keeps, and answers where; deleted with the broker. */
  copyStore(): Promise<string>;
  /** Deletes what it keeps, while it runs. */
  deleteStore(): Promise<void>;
  close(): Promise<void>;
}

const password = 'test';
const admin = 'admin';

/** A server that runs puts files into folders that are being emptied. */
const gone = { recursive: true, force: true, maxRetries: 20, retryDelay: 10 };

/**
 * Starts a nats-server with JetStream, by the program at HAAT_TEST_NATS_SERVER, else on the PATH, else in the user's cache.
 * It ends with this process, however that ends.
 */
export async function testNats(users: readonly TestNatsUser[] = []): Promise<TestNats> {
  const program = await programPath();
  const folder = await mkdtemp(join(tmpdir(), 'haat-nats-'));
  const storeDir = join(folder, 'store');
  const port = await freePort();
  const config = join(folder, 'nats.conf');
  await writeFile(config, configOf(port, storeDir, users));
  const links: NatsLink[] = [];
  let copies = 0;
  let server = await start(program, config, port);
  const urlFor = (user: string): string => `nats://${user}:${password}@127.0.0.1:${port}`;
  const link = async (user = admin, log = makeLog(user, 'silent')): Promise<NatsLink> => {
    const made = await connectNats({ url: urlFor(user), name: user, log });
    links.push(made);
    return made;
  };
  const restart = async ({ deleteStore, fromCopy }: RestartOptions = {}): Promise<void> => {
    await server.kill();
    if (deleteStore || fromCopy) await rm(storeDir, gone);
    if (fromCopy) await cp(fromCopy, storeDir, { recursive: true });
    server = await start(program, config, port);
  };
  const close = async (): Promise<void> => {
    await Promise.all(links.map((each) => each.close()));
    await server.kill();
    await rm(folder, gone);
  };
  const copyStore = async (): Promise<string> => {
    const copy = join(folder, `copy-${(copies += 1)}`);
    await cp(storeDir, copy, { recursive: true });
    return copy;
  };
  return { url: urlFor(admin), storeDir, urlFor, link, restart, close, copyStore, kill: () => server.kill(), deleteStore: () => rm(storeDir, gone), [Symbol.asyncDispose]: close };
}

/** Where the program is. */
async function programPath(): Promise<string> {
  const named = process.env['HAAT_TEST_NATS_SERVER'];
  if (named) return named;
  const places = [...(process.env['PATH'] ?? '').split(':').map((folder) => [folder, /^nats-server$/] as const), [join(homedir(), '.cache', 'haat'), /^nats-server-[\d.]+-(?:go|release|debian)$/] as const];
  for (const [folder, pattern] of places) {
    const found = (await readdir(folder).catch(() => [])).find((file) => pattern.test(file));
    if (found) return join(folder, found);
  }
  throw new Error('These tests need a nats-server: run npm test, which finds one, or name it in HAAT_TEST_NATS_SERVER.');
}

/** The shell's standard input ends when we do, however that is; then it ends the server. */
const guard = 'exec 3<&0; "$@" </dev/null >/dev/null 2>&1 3<&- & p=$!; (read -r _ <&3; kill -KILL $p) 2>/dev/null & w=$!; echo $p; exec 3<&-; wait $p; kill $w 2>/dev/null';

async function start(program: string, config: string, port: number): Promise<{ kill(): Promise<void> }> {
  const shell = spawn('/bin/sh', ['-c', guard, 'guard', program, '-c', config], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(shell, 'exit');
  const pid = await pidFrom(shell);
  const kill = async (): Promise<void> => {
    if (shell.exitCode === null) process.kill(pid, 'SIGKILL');
    await ended;
  };
  await eventually(() => isAnswering(port), 10_000).catch(async (error: unknown) => {
    await kill();
    throw error;
  });
  return { kill };
}

async function pidFrom(shell: ChildProcess): Promise<number> {
  const [line] = (await once(shell.stdout ?? shell, 'data')) as [Buffer];
  return Number(line.toString());
}

async function isAnswering(port: number): Promise<boolean> {
  const { connect } = await import('nats');
  const connection = await connect({ servers: `127.0.0.1:${port}`, user: admin, pass: password, reconnect: false, timeout: 1_000 });
  await connection.close();
  return true;
}

function configOf(port: number, storeDir: string, users: readonly TestNatsUser[]): string {
  const entries = [{ user: admin, password }, ...users.map(entryOf)];
  return [`listen: "127.0.0.1:${port}"`, `jetstream { store_dir: ${JSON.stringify(storeDir)}, sync_interval: always }`, `authorization { users: ${JSON.stringify(entries)} }`, ''].join('\n');
}

function entryOf({ name, publish, subscribe }: TestNatsUser): object {
  if (!publish && !subscribe) return { user: name, password };
  // An empty list would allow everything.
  const allowed = (subjects: readonly string[] = []): object => ({ allow: subjects.length > 0 ? subjects : ['_NOTHING'] });
  return { user: name, password, permissions: { publish: allowed(publish), subscribe: allowed(subscribe ?? [`${inboxPrefixOf(name)}.>`]), allow_responses: { max: 1, expires: '2m' } } };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
