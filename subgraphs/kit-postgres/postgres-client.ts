import pg from 'pg';

/** Reaching a server on the way up takes no longer, in milliseconds. */
const connectLimitMs = 5_000;

/** The store cannot be used as it is. The message is one sentence for people that says what to do. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';
}

/** Runs `work` on a connection of its own, in no tenant, and ends it. Throws {@link StoreRefused} when there is no server. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectLimitMs });
  // A connection that breaks says so to each statement, and as an event that nobody else would take.
  client.on('error', () => undefined);
  await client.connect().catch((cause: Error & { code?: string }) => {
    const { hostname, port, pathname } = new URL(url);
    throw new StoreRefused(`No database answers at ${hostname}:${port || '5432'}${pathname} (${cause.message || cause.code}): start it, or correct its URL.`, { cause });
  });
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
