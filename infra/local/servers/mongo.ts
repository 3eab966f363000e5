import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ferretdbFolder, startFerretdb } from './ferretdb.js';
import { downloadedMongod } from './mongo-download.js';
import { mongoFromUrl } from './mongo-from-url.js';
import { mongodFolder, startMongod } from './mongo-mongod.js';
import { mongodOnPath } from './mongo-on-path.js';
import type { LocalServer, ServerOptions } from './server.js';

/**
 * A server that speaks MongoDB's protocol: `MONGO_URL`, else mongod 7 or newer on the PATH, else mongod downloaded, else FerretDB.
 * A data folder stays with the kind of server that first wrote it, so that data never seems lost because a better kind was found.
 *
 * @throws LocalServerError with one sentence that says what to do.
 */
export async function startMongo(wanted: ServerOptions): Promise<LocalServer> {
  const options = { ...wanted, dataDir: resolve(wanted.dataDir), cacheDir: wanted.cacheDir && resolve(wanted.cacheDir) };
  if (options.env.MONGO_URL) return mongoFromUrl(options.env.MONGO_URL);
  if (await isFerretdbData(options)) return startFerretdb(options);
  const mongod = (await mongodOnPath(options.env)) ?? (await downloadedMongod(options));
  return mongod ? startMongod(mongod, options) : startFerretdb(options);
}

async function isFerretdbData(options: ServerOptions): Promise<boolean> {
  return (await exists(join(ferretdbFolder(options), 'root/data'))) && !(await exists(mongodFolder(options)));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false);
}
