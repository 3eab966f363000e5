import { setTimeout as pause } from 'node:timers/promises';
import { calmAfterMs, freeMemory } from '../cli/free-memory.js';
import type { BrokerAccess } from './bench-broker.js';
import { startMarketplace, natsUsersOf } from '../marketplace.js';
import { startServers } from '../servers/servers.js';
import type { ServerKind } from '../servers/servers.js';

/** A whole marketplace with its servers, as a process of its own, so that its CPU and memory are told from the load's. */
const dataDir = process.argv[2] ?? '';
const began = performance.now();
const want: readonly ServerKind[] = ['postgres', 'mongo', 'nats', 'mail'];
const servers = await startServers({ dataDir, env: process.env, durable: true, want, users: await natsUsersOf(dataDir) });
const serversMs = performance.now() - began;
const marketplace = await startMarketplace({ dataDir, servers, port: 0, env: { ...process.env, HAAT_LOG: process.env['HAAT_LOG'] ?? 'silent' }, seed: 'first-run', progress: () => undefined });
const startMs = performance.now() - began;
// As `npm start` does.
await pause(calmAfterMs);
freeMemory();
process.send?.({ url: marketplace.url, postgresUrl: servers.postgres?.url, access: accessOf('orders'), serversMs, startMs });
process.once('disconnect', () => void stop());

/** How a subgraph gets to the broker. */
function accessOf(name: string): BrokerAccess {
  return { natsUrl: servers.nats?.urlFor(name) ?? '', signingKey: JSON.stringify(marketplace.secrets.principals[name]?.signing.privateJwk) };
}

async function stop(): Promise<void> {
  await marketplace.close();
  await servers.close();
  process.exit(0);
}
