import { Client } from 'pg';

const CONNECT_LIMIT_MS = 5_000;

/** What a Postgres says of itself: `18.4` and `180004`. */
export interface PostgresAnswer {
  readonly version: string;
  readonly versionNumber: number;
}

/** What the server at the URL says of itself. Throws what the driver throws when it does not let us in. */
export async function pingPostgres(url: string): Promise<PostgresAnswer> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_LIMIT_MS });
  // A connection that breaks later says so as an event too, which nobody else would take.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; number: string }>(
      `select current_setting('server_version') as version, current_setting('server_version_num') as number`,
    );
    return { version: String(rows[0]?.version).split(' ')[0] ?? '', versionNumber: Number(rows[0]?.number) };
  } finally {
    await client.end().catch(() => undefined);
  }
}
