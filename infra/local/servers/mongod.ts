import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { keptPort } from './kept-port.js';
import { LocalServerError } from './local-server-error.js';
import { pingMongo } from './mongo-ping.js';
import { stopProgram } from './mongo-stop.js';
import { runTool } from './mongo-tool.js';
import type { LocalServer, ServerOptions } from './server.js';
import { supervise } from './supervise.js';

const READY_LIMIT_MS = 60_000;
const MAJOR_MIN = 7;

/** A mongod program and how it was found. */
export interface Mongod {
  program: string;
  source: string;
}

/** Where mongod keeps its data below the data folder. */
export function mongodFolder(options: ServerOptions): string {
  return join(options.dataDir, 'mongod');
}

/** Whether a mongod is new enough and runs on this machine's processor. */
export async function isUsable(program: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const { stdout, failure } = await runTool(program, ['--version'], { env });
  return failure === undefined && Number(/db version v(\d+)/.exec(stdout)?.[1]) >= MAJOR_MIN;
}

/** Runs mongod with its data on disk. */
export async function startMongod({ program, source }: Mongod, options: ServerOptions): Promise<LocalServer> {
  const folder = mongodFolder(options);
  await mkdir(join(folder, 'data'), { recursive: true });
  const port = await keptPort(join(options.dataDir, 'mongo.port'), options.port);
  const args = ['--dbpath', join(folder, 'data'), '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket', '--wiredTigerCacheSizeGB', '0.25'];
  const running = await supervise({ name: 'mongod', command: program, args, env: options.env, logFile: join(folder, 'mongod.log'), stopSignal: 'SIGINT' });
  // Without this a mongod alone answers before its journal is written, and loses what it acknowledged within the last 100 ms.
  const url = `mongodb://127.0.0.1:${port}/${options.durable ? '?journal=true' : ''}`;
  const found = await pingMongo(url, READY_LIMIT_MS, () => !running.isRunning());
  if (found) return { name: 'MongoDB', url, version: found.version, source, pid: running.pid, close: () => stopProgram(running) };
  await stopProgram(running);
  throw new LocalServerError(`mongod did not start (${await running.lastLines()}): read ${join(folder, 'mongod.log')}.`);
}
