import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { natsProgram } from '../servers/nats-program.js';
import type { ServerOptions } from '../servers/server.js';
import { startServers, type Servers } from '../servers/servers.js';

const FOLDER = /^test-(\d+)$/;

/** Servers of one test run. */
export interface TestServers {
  /** Where they are, as the variables that tests read. */
  readonly env: NodeJS.ProcessEnv;
  /** Stops them and removes their data. */
  close(): Promise<void>;
}

/** Where and with what a run's servers are started. */
export interface TestServersOptions {
  readonly checkout: string;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: (step: string) => void;
}

/**
 * Starts the servers that all test files share, each file with its own databases on them. Of NATS only the program is
 * found: a server's users are known at its start, so a file that needs one starts its own.
 */
export async function startTestServers({ checkout, env, progress }: TestServersOptions): Promise<TestServers> {
  await removeDeadRuns(join(checkout, '.data'));
  const dataDir = join(checkout, `.data/test-${process.pid}`);
  await mkdir(dataDir, { recursive: true });
  const options: ServerOptions = { dataDir, env, durable: false, progress };
  // Tests kill whole NATS servers and delete their folders; so they never use one that a person gave us.
  const [servers, nats] = await Promise.all([startServers({ ...options, want: ['postgres', 'mongo', 'mail'], users: [] }), natsProgram(options)]);
  for (const server of [servers.postgres, servers.mongo, servers.mail]) if (server) progress(`${server.name} ${server.version} (${server.source})`);
  progress(`NATS (${nats.source})`);
  return {
    env: { ...urlsOf(servers), HAAT_TEST_NATS_SERVER: nats.command },
    close: async () => {
      await servers.close();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function urlsOf(servers: Servers): NodeJS.ProcessEnv {
  return {
    HAAT_TEST_POSTGRES_URL: servers.postgres?.url,
    HAAT_TEST_MONGO_URL: servers.mongo?.url,
    HAAT_TEST_SMTP_URL: servers.mail?.url,
    HAAT_TEST_MAIL_PAGE: servers.mail?.page,
  };
}

/** Data of runs that were killed before they could remove it. */
async function removeDeadRuns(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = Number(FOLDER.exec(name)?.[1] ?? process.pid);
    if (!isAlive(pid)) await rm(join(folder, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
