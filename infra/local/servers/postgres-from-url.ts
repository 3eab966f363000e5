import { LocalServerError } from './local-server-error.js';
import { pingPostgres } from './postgres-ping.js';
import type { LocalServer } from './server.js';

const VERSION_NUMBER_MIN = 180_000;

/** The Postgres that the environment names, used as it is. Throws `LocalServerError` when it is away or older than 18. */
export async function postgresFromUrl(url: string): Promise<LocalServer> {
  const answer = await pingPostgres(url).catch((cause: Error) => {
    throw new LocalServerError(`No Postgres answers at DATABASE_URL (${cause.message || cause.name}): start it, correct the URL, or unset it to have one started.`, { cause });
  });
  if (answer.versionNumber < VERSION_NUMBER_MIN) {
    throw new LocalServerError(`DATABASE_URL names a Postgres ${answer.version}, but 18 or newer is needed: upgrade it, or unset DATABASE_URL.`);
  }
  return { name: 'Postgres', url, version: answer.version, source: 'DATABASE_URL', close: async () => undefined };
}
