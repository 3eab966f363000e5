import pg from 'pg';

/** Statements of a test file at the same time, at most. */
const connectionsMax = 4;

/** Whoever sees past every wall, on a few connections that are kept: one for each statement costs more than the statement. */
export interface Superuser {
  query<R = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

/** Of a database. Takes a connection with the first statement. */
export function superuserOf(url: string): Superuser {
  const pool = new pg.Pool({ connectionString: url, max: connectionsMax, allowExitOnIdle: true });
  // A connection that breaks says so to its statement; one that is idle is only gone.
  pool.on('error', () => undefined);
  return {
    query: async (sql, parameters = []) => (await pool.query(sql, [...parameters])).rows as never,
    close: () => pool.end(),
  };
}
