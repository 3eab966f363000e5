import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ferretdbFolder, startFerretdb } from './ferretdb.js';
import { LocalServerError } from './local-server-error.js';
import { mongodDownloaded } from './mongod-downloaded.js';
import { mongoFromUrl } from './mongo-from-url.js';
import { mongodFolder, startMongod } from './mongod.js';
import { mongodOnPath } from './mongod-on-path.js';
import type { LocalServer, ServerOptions } from './server.js';

/**
 * A server that speaks MongoDB's protocol: `MONGO_URL`, else mongod 7 or newer on the PATH, else mongod downloaded, else FerretDB.
 * A data folder stays with the kind of server that first wrote it, so that data never seems lost because another kind was found.
 *
 * @throws LocalServerError with one sentence that says what to do.
 */
export async function startMongo(wanted: ServerOptions): Promise<LocalServer> {
  const options = { ...wanted, dataDir: resolve(wanted.dataDir), cacheDir: wanted.cacheDir && resolve(wanted.cacheDir) };
  if (options.env.MONGO_URL) return mongoFromUrl(options.env.MONGO_URL);
  const writer = await writerOf(options);
  if (writer === 'ferretdb') return startFerretdb(options);
  const mongod = (await mongodOnPath(options.env)) ?? (await mongodDownloaded(options));
  if (mongod) return startMongod(mongod, options);
  if (writer === undefined) return startFerretdb(options);
  const remedy = 'install mongod 7 or newer, set MONGO_URL, or remove that folder';
  throw new LocalServerError(`The data in ${mongodFolder(options)} is mongod's, which is not here any more: ${remedy}.`);
}

async function writerOf(options: ServerOptions): Promise<'mongod' | 'ferretdb' | undefined> {
  if (await exists(join(mongodFolder(options), 'data/WiredTiger'))) return 'mongod';
  return (await exists(join(ferretdbFolder(options), 'root/data'))) ? 'ferretdb' : undefined;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false);
}
