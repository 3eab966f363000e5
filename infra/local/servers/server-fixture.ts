import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { HeldKind } from './hold-server.js';
import { waitFor } from './wait-for.js';

const GONE_LIMIT_MS = 10_000;

/** The environment without servers' addresses, so that a test starts its own. */
export function envWithoutServers(): NodeJS.ProcessEnv {
  const { DATABASE_URL, MONGO_URL, NATS_URL, SMTP_URL, ...rest } = process.env;
  return rest;
}

/** A new folder that every account may enter, as root's Postgres runs as another; `remove` it when done. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'haat-servers-'));
  await chmod(path, 0o755);
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** A server in a process of its own. */
export interface HeldServer {
  readonly url: string;
  readonly pid: number;
  /** Kills the process that started the server, which cannot say goodbye. */
  killParent(): Promise<void>;
}

/** Starts a server in a process that can be killed. */
export async function holdServer(kind: HeldKind, dataDir: string): Promise<HeldServer> {
  const program = fileURLToPath(new URL('hold-server.js', import.meta.url));
  const parent = spawn(process.execPath, [program, kind, dataDir], { env: envWithoutServers(), stdio: ['pipe', 'pipe', 'inherit'] });
  const { url, pid } = JSON.parse(await firstLine(parent)) as { url: string; pid: number };
  return {
    url,
    pid,
    killParent: async () => {
      parent.kill('SIGKILL');
      await once(parent, 'exit');
    },
  };
}

/** Whether a process is gone, or goes within ten seconds. */
export async function isGone(pid: number): Promise<boolean> {
  return (await waitFor(async () => (isThere(pid) ? undefined : true), GONE_LIMIT_MS)) === true;
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The program has no output.');
  for await (const line of createInterface(child.stdout)) return line;
  throw new Error('The program ended before it said where its server is.');
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
