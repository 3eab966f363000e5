import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMarketplace, natsUsersOf, type Marketplace } from '@haat/local/marketplace';
import { testServers } from './test-servers.js';
import { openDoor, type Door } from './graph.js';

/** A whole marketplace of one test file's own: its database, its broker, its door. */
export interface TestMarketplace extends Marketplace {
  readonly door: Door;
  readonly dataDir: string;
}

/** Starts a seeded marketplace. `env` adds settings, such as a subgraph's limits. */
export async function startTestMarketplace(env: Record<string, string> = {}): Promise<TestMarketplace> {
  const dataDir = await mkdtemp(join(tmpdir(), 'haat-journey-'));
  const servers = await testServers(dataDir, await natsUsersOf(dataDir));
  const marketplace = await startMarketplace({
    dataDir, servers, port: 0, seed: 'always', progress: () => undefined, database: servers.database,
    env: { ...process.env, HAAT_UNSAFE_DURABILITY: 'true', HAAT_LOG: process.env['HAAT_LOG'] ?? 'silent', ...env },
  });
  const door = openDoor(marketplace.url);
  return {
    ...marketplace, door, dataDir,
    async close() {
      await door.close();
      await marketplace.close();
      await servers.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
