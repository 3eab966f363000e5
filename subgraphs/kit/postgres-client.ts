import pg from 'pg';

/** Reaching a server on the way up takes no longer, in milliseconds. */
const connectLimitMs = 5_000;

/** Runs `work` on a connection of its own, and ends it. Nothing of it is in any tenant. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectLimitMs });
  // A connection that breaks says so to each statement, and as an event that nobody else would take.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
