import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Jail } from './debian-jail.js';
import { LocalServerError } from './local-server-error.js';
import { stopProgram } from './mongo-stop.js';
import { supervise, type Supervised } from './supervise.js';
import { waitFor } from './wait-for.js';

const BIN = '/usr/lib/postgresql/18/bin';
const READY_LIMIT_MS = 60_000;
const RELEASE_LIMIT_MS = 15_000;

/** Inside the jail there is no environment but this. */
export const JAIL_ENV = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };

/** A Postgres with DocumentDB that lives in a folder of its own. */
export interface PostgresInJail {
  jail: Jail;
  /** The folder that is its file system; the data is `data` in it. */
  root: string;
  /** False: nothing is synced to disk. */
  durable: boolean;
}

/** Settings for every start and for the making of the data, as command line arguments. */
export function postgresSettings(durable: boolean): string[] {
  const settings = {
    shared_preload_libraries: 'pg_cron,pg_documentdb_core,pg_documentdb',
    'cron.database_name': 'postgres',
    'cron.use_background_workers': 'on', // Else expiry of documents connects to the port that the extension was made with, and never runs.
    'cron.log_run': 'off',
    'cron.log_statement': 'off', // Two jobs run every two seconds.
    max_worker_processes: '16',
    max_connections: '200',
    'documentdb.localhost_connection_string': 'host=/run/postgresql',
    'documentdb_core.enableCollation': 'on',
    deadlock_timeout: '10ms', // Racing writers of one unique key wait for the deadlock detector; with 1 s a race of 16 took 13 s.
    listen_addresses: '',
    unix_socket_directories: '/run/postgresql',
    unix_socket_permissions: '0700',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** The command that runs one of Postgres' programs inside. */
export function postgresCommand({ jail, root }: PostgresInJail, program: 'initdb' | 'postgres', args: readonly string[]): [string, string[]] {
  const [command = '', ...enter] = jail.enter(root);
  return [command, [...enter, `${BIN}/${program}`, ...args]];
}

/** Runs Postgres on its data until it is stopped or this process ends; resolves once it takes connections. */
export async function runPostgres(postgres: PostgresInJail, logFile: string, env: NodeJS.ProcessEnv): Promise<Supervised> {
  await releaseData(postgres.root);
  const [command, args] = postgresCommand(postgres, 'postgres', ['-D', '/data', ...postgresSettings(postgres.durable)]);
  const running = await supervise({ name: 'Postgres of FerretDB', command, args, env: { ...JAIL_ENV, PATH: env.PATH }, logFile, stopSignal: 'SIGINT' });
  const isUp = await waitFor(async () => (!running.isRunning() || (await isReady(postgres.root)) ? running.isRunning() : undefined), READY_LIMIT_MS);
  if (isUp) return running;
  await stopProgram(running);
  throw new LocalServerError(`Postgres of FerretDB did not start (${await running.lastLines()}): read ${logFile}.`);
}

/** As pg_ctl does: the postmaster writes its state into the eighth line of its lock file. */
async function isReady(root: string): Promise<boolean> {
  const lines = (await readFile(join(root, 'data/postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return lines[7]?.trim() === 'ready';
}

/**
 * Waits for a server that is still stopping because the process before us was killed. Then nothing lives in the folder, and the lock file
 * left there must go: its process id may be another program's by now, and Postgres would not start.
 */
async function releaseData(root: string): Promise<void> {
  const released = await waitFor(async () => ((await processesIn(root)).length === 0 ? true : undefined), RELEASE_LIMIT_MS);
  if (released) return rm(join(root, 'data/postmaster.pid'), { force: true });
  const [pid] = await processesIn(root);
  throw new LocalServerError(`The data in ${root} is in use by process ${pid}: stop that start of Haat or end that process, and start again.`);
}

/** Processes whose file system is this folder. One that we may not look at cannot write our files. */
async function processesIn(root: string): Promise<string[]> {
  const folder = await realpath(root);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const roots = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/root`).catch(() => '')));
  return pids.filter((_, index) => roots[index] === folder);
}
