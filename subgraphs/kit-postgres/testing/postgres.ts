import { randomUUID } from 'node:crypto';
import { dropDatabase, makeDatabase, makeRoles, urlOf, type PostgresUrls } from '../postgres-roles.js';
import { superuserOf } from './superuser.js';

/** A database of a test file's own. */
export interface TestDatabase extends AsyncDisposable {
  /** A superuser's URL into this database. */
  readonly adminUrl: string;
  readonly database: string;
  /** Makes a subgraph's schema and roles in it, and answers its environment. */
  envFor(subgraph: string): Promise<PostgresUrls & Readonly<Record<string, string>>>;
  /** A statement of the superuser, past every wall. */
  query<R = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<R[]>;
  drop(): Promise<void>;
}

/** The Postgres of the test run, as a superuser. */
export function testPostgresUrl(): string {
  const url = process.env['HAAT_TEST_POSTGRES_URL'];
  if (!url) throw new Error('These tests need a Postgres at HAAT_TEST_POSTGRES_URL: run npm test, which starts one.');
  return url;
}

/** Makes an empty database. Drop it afterwards. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = testPostgresUrl();
  const database = `test_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  await makeDatabase(server, database);
  const passwords = { owner: 'owner', application: 'application', sweep: 'sweep' };
  const adminUrl = urlOf(server, database);
  const { query, close } = superuserOf(adminUrl);
  const drop = async (): Promise<void> => {
    await close();
    await dropDatabase(server, database);
  };
  return {
    adminUrl, database, drop, query,
    envFor: async (subgraph) => ({ ...(await makeRoles(server, { database, subgraph, passwords })), HAAT_UNSAFE_DURABILITY: '1', DATABASE_POOL_MAX: '3' }),
    [Symbol.asyncDispose]: drop,
  };
}
