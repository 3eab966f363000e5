import { startMail } from './mail.js';
import { startNats } from './nats.js';
import { startPostgres } from './postgres.js';
import type { LocalServer, ServerOptions } from './server.js';

/** The servers that this program can hold. */
export type HeldKind = 'postgres' | 'nats' | 'mail';

const STARTERS: Record<HeldKind, (options: ServerOptions) => Promise<LocalServer>> = {
  postgres: startPostgres,
  nats: (options) => startNats({ ...options, users: [] }),
  mail: startMail,
};

// A program for tests: `hold-server.js <kind> <data folder>` starts a server, says where in one line, and lives until it is killed.
const [kind, dataDir] = process.argv.slice(2);
const server = await STARTERS[kind as HeldKind]({ dataDir: String(dataDir), env: process.env, durable: true });
console.log(JSON.stringify({ url: server.url, pid: server.pid }));
process.stdin.resume();
