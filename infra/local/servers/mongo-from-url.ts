import { pingMongo } from './mongo-ping.js';
import { LocalServerError } from './local-server-error.js';
import type { LocalServer } from './server.js';

const ANSWER_LIMIT_MS = 5_000;

/**
 * The MongoDB that the environment names, used as it is and never stopped by us.
 *
 * @throws LocalServerError when it does not answer a ping within 5 s.
 */
export async function mongoFromUrl(url: string): Promise<LocalServer> {
  const found = await pingMongo(url, ANSWER_LIMIT_MS);
  if (!found) throw new LocalServerError(`No MongoDB answers at MONGO_URL (${withoutPassword(url)}): start it, correct the URL, or unset MONGO_URL.`);
  return { name: 'MongoDB', url, version: found.version, source: 'MONGO_URL', close: async () => {} };
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//');
}
