import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { urlOf } from '@haat/kit-postgres/postgres-roles';
import { superuserOf, type Superuser } from '@haat/kit-postgres/testing/superuser';
import { natsUsersOf, startMarketplace, type Marketplace } from '@haat/local/marketplace';
import { openDoor, type Door } from './graph.js';
import { testServers, type TestServers } from './test-servers.js';

/** A whole marketplace of one test file's own: its database, its broker, its door. */
export interface TestMarketplace extends Marketplace {
  readonly door: Door;
  readonly dataDir: string;
  readonly servers: TestServers;
  /** The environment its parts were started with. */
  readonly env: NodeJS.ProcessEnv;
  /** A statement of the superuser, past every wall: for looking behind the door. */
  readonly query: Superuser['query'];
}

/** Tests are many clients at one address; each says its own, as behind a proxy. Nothing is synced to a disk that is thrown away. */
const testEnv = { HAAT_UNSAFE_DURABILITY: 'true', TRUSTED_PROXIES: '127.0.0.1,::1' };

/** People, which most tests need. */
const peopleOnly = ['tenants', 'identity'];

/** People, vendors that sell, and ways to send: what buying needs beside goods. */
export const sellersToo: readonly string[] = [...peopleOnly, 'vendors', 'shipping'];

/** What a test marketplace begins with: the seeds of these subgraphs, or everything that `npm start` shows. */
export interface BeginsWith {
  readonly isFull?: boolean;
  readonly seeds?: readonly string[];
}

/** Starts a seeded marketplace. `env` adds settings, such as a subgraph's limits. */
export async function startTestMarketplace(env: Record<string, string> = {}, { isFull = false, seeds = peopleOnly }: BeginsWith = {}): Promise<TestMarketplace> {
  const dataDir = await mkdtemp(join(tmpdir(), 'haat-journey-'));
  const closing: (() => Promise<unknown>)[] = [() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 })];
  const close = async (): Promise<void> => {
    for (const each of closing.splice(0).reverse()) await each();
  };
  try {
    const servers = await testServers(dataDir, await natsUsersOf(dataDir));
    closing.push(() => servers.close());
    const full = { ...process.env, ...testEnv, HAAT_LOG: process.env['HAAT_LOG'] ?? 'silent', ...env };
    const marketplace = await startMarketplace({ dataDir, servers, port: 0, seed: 'always', seedOnly: isFull ? undefined : seeds, progress: () => undefined, database: servers.database, env: full });
    closing.push(() => marketplace.close());
    const door = openDoor(marketplace.url);
    closing.push(() => door.close());
    const superuser = superuserOf(urlOf(servers.postgres?.url ?? '', servers.database));
    closing.push(() => superuser.close());
    return { ...marketplace, door, dataDir, servers, env: full, query: superuser.query, close };
  } catch (error) {
    await close();
    throw error;
  }
}
