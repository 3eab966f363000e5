import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ANSWER_LIMIT_MS = 1_000;

/** Who runs from a checkout. */
export interface Holder {
  readonly pid: number;
  readonly port: number;
}

/**
 * Makes this process the only start of a checkout until it ends. Throws one sentence when another one runs.
 *
 * The lock is a socket, not a file with a process id: the system drops it with its owner, however that ends.
 */
export async function takeStartLock(checkout: string, holder: Holder): Promise<{ release(): Promise<void> }> {
  const address = addressFor(checkout);
  const server = (await listen(address, holder)) ?? (await listenAfterDeadHolder(address, holder));
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Linux has addresses without a file; a file may be left by a process that was killed. */
function addressFor(checkout: string): string {
  const name = `haat-start-${createHash('sha256').update(checkout).digest('hex').slice(0, 16)}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

async function listenAfterDeadHolder(address: string, holder: Holder): Promise<Server> {
  const other = await askHolder(address);
  if (other) throw alreadyRuns(other);
  if (!address.startsWith('\0')) await rm(address, { force: true });
  const server = await listen(address, holder);
  if (!server) throw alreadyRuns(undefined);
  return server;
}

async function listen(address: string, holder: Holder): Promise<Server | undefined> {
  const server = createServer((socket) => socket.on('error', () => undefined).end(JSON.stringify(holder)));
  server.listen(address).unref();
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  }
}

async function askHolder(address: string): Promise<Holder | undefined> {
  const socket = connect(address).setEncoding('utf8').setTimeout(ANSWER_LIMIT_MS, () => socket.destroy());
  try {
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    return JSON.parse(answer) as Holder;
  } catch {
    return undefined;
  }
}

function alreadyRuns(holder: Holder | undefined): Error {
  const who = holder ? ` (process ${holder.pid}, port ${holder.port})` : '';
  return new Error(`Haat already runs from this checkout${who}: stop it with Ctrl-C${holder ? ` or \`kill ${holder.pid}\`` : ''}, or start a second one from another clone.`);
}
