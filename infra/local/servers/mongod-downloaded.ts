import { join } from 'node:path';
import { DryMongoBinary } from 'mongodb-memory-server-core/lib/util/DryMongoBinary.js';
import { MongoBinary } from 'mongodb-memory-server-core/lib/util/MongoBinary.js';
import { isUsable, type Mongod } from './mongod.js';
import { sayProgress } from './mongo-progress.js';
import { programCache } from './program-cache.js';
import type { ServerOptions } from './server.js';

const VERSION = '8.0.4';
const DOWNLOAD_HOST = 'https://fastdl.mongodb.org/';
const DECISION_LIMIT_MS = 5_000;

/**
 * The official mongod as mongodb-memory-server fetches it, kept in the cache folder; nothing where its download is not reached within 5 s.
 * Only the program is taken from there: run like any other mongod it keeps its data, which the memory server would remove.
 */
export async function mongodDownloaded(options: ServerOptions): Promise<Mongod | undefined> {
  const wanted = { version: VERSION, downloadDir: join(await programCache(options), 'mongod') };
  try {
    const program = (await DryMongoBinary.locateBinary(wanted)) ?? (await download(wanted, options));
    return program && (await isUsable(program, options.env)) ? { program, source: 'mongod by mongodb-memory-server' } : undefined;
  } catch (error) {
    options.progress?.(`MongoDB: mongod cannot be downloaded (${error instanceof Error ? error.message : error})`);
    return undefined; // No build for this system, or the connection broke: the next kind of server is tried.
  }
}

async function download(wanted: { version: string; downloadDir: string }, options: ServerOptions): Promise<string | undefined> {
  const host = options.env.MONGOMS_DOWNLOAD_MIRROR || DOWNLOAD_HOST;
  const asked = fetch(host, { method: 'HEAD', signal: AbortSignal.timeout(DECISION_LIMIT_MS) });
  const isReached = await asked.then(() => true, () => false);
  if (!isReached) return undefined;
  return sayProgress(options.progress ?? (() => {}), `download mongod ${VERSION}`, () => MongoBinary.getPath(wanted));
}
