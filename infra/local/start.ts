import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { failWithSentence } from './cli/fail-with-sentence.js';
import { calmAfterMs, freeMemory, seededAfterMs } from './cli/free-memory.js';
import { printProgress } from './cli/progress.js';
import { root } from './cli/root.js';
import { Running } from './cli/running.js';
import { takeStartLock } from './cli/start-lock.js';
import { readStartOptions, type StartOptions } from './cli/start-options.js';
import { listenForStop, type StopRequest } from './cli/stop-request.js';
import { mustBeUsable } from './cli/usable-port.js';
import { welcome } from './cli/welcome.js';
import { natsUsersOf, startMarketplace } from './marketplace.js';
import { startServers } from './servers/servers.js';

const DATA = join(root, '.data/start');

start(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => failWithSentence(error),
);

/** Starts the servers and the marketplace, says where they are, and stops them when asked to. */
async function start(args: readonly string[]): Promise<void> {
  const options = readStartOptions(args, process.env);
  const stop = listenForStop();
  const lock = await takeStartLock(root, { pid: process.pid, port: options.port });
  await mustBeUsable(options.port);
  if (options.fresh) await rm(DATA, { recursive: true, force: true });
  const running = new Running();
  try {
    await Promise.race([bringUp(options, running, stop), stop.made]);
    await stop.made;
  } finally {
    await running.stop();
    await lock.release();
  }
}

async function bringUp({ only, port }: StartOptions, running: Running, stop: StopRequest): Promise<void> {
  const progress = printProgress();
  const env = process.env;
  const users = await natsUsersOf(DATA, only);
  const servers = await running.add('the servers', startServers({ dataDir: DATA, env, durable: true, want: ['postgres', 'mongo', 'nats', 'mail'], users, progress }));
  if (stop.isMade()) return;
  for (const server of [servers.postgres, servers.mongo, servers.nats, servers.mail]) if (server) progress(`${server.name} ${server.version} (${server.source})`);
  const marketplace = await running.add('the marketplace', startMarketplace({ dataDir: DATA, servers, port, only, env, seed: 'first-run', progress }));
  if (stop.isMade()) return;
  progress('ready');
  console.log(welcome({ ...marketplace, dataDir: relative(root, DATA) }));
  for (const afterMs of [calmAfterMs, seededAfterMs]) setTimeout(freeMemory, afterMs).unref();
}
