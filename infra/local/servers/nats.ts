import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { keptPort } from './kept-port.js';
import { keepValue, keptPassword } from './kept-value.js';
import { LocalServerError } from './local-server-error.js';
import { NATS_ADMIN, natsConfig, type NatsSettings, type NatsUser } from './nats-config.js';
import { natsFromUrl } from './nats-from-url.js';
import { pingNats, type NatsAnswer } from './nats-ping.js';
import { natsProgram, type NatsProgram } from './nats-program.js';
import { previousRunEnded } from './previous-run.js';
import type { LocalServer, ServerOptions } from './server.js';
import { supervise, type Supervised } from './supervise.js';
import { waitFor } from './wait-for.js';

/** What NATS is started with. */
export interface NatsOptions extends ServerOptions {
  readonly users: readonly NatsUser[];
}

/** A running NATS. Connect with `natsAddress(url)` and `inboxPrefix: natsInboxPrefix(user)`. */
export interface NatsServer extends LocalServer {
  /** Where a user of the configuration connects; the URL itself when it came from the environment. */
  urlFor(user: string): string;
  /** Replaces the users; connections of users that stay as they are go on. */
  reconfigure(users: readonly NatsUser[]): Promise<void>;
}

const READY_LIMIT_MS = 30_000;
const RELOAD_LIMIT_MS = 10_000;
const ATTEMPTS_MAX = 3;

/**
 * A NATS with JetStream: `NATS_URL`, else a nats-server started here.
 * Whoever gives `NATS_URL` answers for its users and their permissions.
 * Throws `LocalServerError` with one sentence that says what to do.
 */
export async function startNats(options: NatsOptions): Promise<NatsServer> {
  const given = options.env['NATS_URL'];
  if (given) return { ...(await natsFromUrl(given)), urlFor: () => given, reconfigure: async () => undefined };
  return startHere({ ...options, dataDir: resolve(options.dataDir) });
}

/** Replaces the users of a running server. */
export async function reconfigureNats(server: NatsServer, users: readonly NatsUser[]): Promise<void> {
  await server.reconfigure(users);
}

/** JetStream's own files within a data folder: all that is lost when the broker's disk is. */
export function natsStreamFolder(dataDir: string): string {
  return join(dataDir, 'nats', 'jetstream');
}

/** The files of a data folder. */
interface Files {
  readonly folder: string;
  readonly config: string;
  readonly log: string;
}

/** A nats-server that answers. */
interface Started {
  readonly running: Supervised;
  readonly answer: NatsAnswer;
  readonly settings: NatsSettings;
}

async function startHere(options: NatsOptions): Promise<NatsServer> {
  const folder = join(options.dataDir, 'nats');
  const files = { folder, config: join(folder, 'nats.conf'), log: join(folder, 'nats.log') };
  await mkdir(folder, { recursive: true });
  const program = await natsProgram(options);
  await previousRunEnded({ name: 'NATS', pidFile: join(folder, 'nats.pid'), mark: files.config });
  return asServer(await start(program, files, options), { files, source: program.source, users: options.users });
}

/** Tries again with another port when one was taken between its choice and its use. */
async function start(program: NatsProgram, files: Files, options: NatsOptions): Promise<Started> {
  for (let attempt = 1; ; attempt++) {
    const settings = await settingsFor(files, options);
    await keepValue(files.config, natsConfig(settings));
    const running = await supervise({
      name: 'NATS', command: program.command, args: ['--config', files.config], env: options.env, logFile: files.log, stopSignal: 'SIGTERM',
    });
    const answer = await firstAnswer(running, adminUrl(settings));
    if (answer) return { running, answer, settings };
    const said = await running.lastLines();
    await running.stop();
    const isRetryUseful = /address already in use/.test(said) && options.port === undefined && attempt < ATTEMPTS_MAX;
    if (!isRetryUseful) throw new LocalServerError(`NATS did not start (${said || 'it said nothing'}): see ${files.log}, or set NATS_URL.`);
  }
}

async function settingsFor(files: Files, options: NatsOptions): Promise<NatsSettings> {
  return {
    port: await keptPort(join(files.folder, 'port'), options.port),
    storeDir: files.folder,
    pidFile: join(files.folder, 'nats.pid'),
    adminPassword: await keptPassword(join(files.folder, 'password')),
    users: options.users,
    durable: options.durable,
  };
}

async function firstAnswer(running: Supervised, url: string): Promise<NatsAnswer | undefined> {
  const answer = await waitFor(async () => (running.isRunning() ? pingNats(url) : 'ended'), READY_LIMIT_MS);
  return answer === 'ended' ? undefined : answer;
}

function asServer({ running, answer, settings }: Started, rest: { files: Files; source: string; users: readonly NatsUser[] }): NatsServer {
  let users = rest.users;
  return {
    name: 'NATS',
    url: adminUrl(settings),
    version: answer.version,
    source: rest.source,
    pid: running.pid,
    urlFor: (name) => {
      const user = users.find((each) => each.name === name);
      if (!user) throw new RangeError(`No NATS user is named ${name}.`);
      return userUrl(user, settings.port);
    },
    reconfigure: async (next) => {
      await keepValue(rest.files.config, natsConfig({ ...settings, users: next }));
      await reload(running, rest.files.log);
      users = next;
    },
    close: () => running.stop(),
  };
}

async function reload(running: Supervised, log: string): Promise<void> {
  const before = (await textFrom(log, 0)).length;
  process.kill(running.pid, 'SIGHUP');
  const outcome = await waitFor(async () => /Reloaded server configuration|Failed to reload.*/.exec(await textFrom(log, before))?.[0], RELOAD_LIMIT_MS);
  if (outcome !== 'Reloaded server configuration') throw new LocalServerError(`NATS did not take its new users (${outcome ?? 'it said nothing'}): see ${log}.`);
}

async function textFrom(file: string, start: number): Promise<string> {
  return (await readFile(file, 'latin1')).slice(start);
}

function adminUrl(settings: NatsSettings): string {
  return userUrl({ name: NATS_ADMIN, password: settings.adminPassword }, settings.port);
}

function userUrl(user: { name: string; password: string }, port: number): string {
  return `nats://${user.name}:${encodeURIComponent(user.password)}@127.0.0.1:${port}`;
}
