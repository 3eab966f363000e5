import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from './postgres-client.js';
import { makeRoles, type PostgresUrls } from './postgres-roles.js';
import { testDatabase, testPostgresUrl, type TestDatabase } from './testing/postgres.js';

let database: TestDatabase;
let a: PostgresUrls;
let b: PostgresUrls;

beforeAll(async () => {
  database = await testDatabase();
  [a, b] = await Promise.all([database.envFor('orders'), database.envFor('stock')]);
  await withClient(a.DATABASE_OWNER_URL, (owner) => owner.query('create table mine (id int); insert into mine values (1)'));
});
afterAll(() => database.drop());

const run = (url: string, sql: string): Promise<unknown[]> => withClient(url, async (client) => (await client.query(sql)).rows as unknown[]);

describe('the roles of a subgraph', () => {
  it('are the same when made again, by many at once', async () => {
    const again = await Promise.all(Array.from({ length: 6 }, (_, n) => database.envFor(n % 2 === 0 ? 'orders' : 'stock')));
    expect(again[0]).toEqual(a);
    expect(await run(a.DATABASE_URL, 'select * from mine')).toEqual([{ id: 1 }]);
  });

  it('give the application rows and nothing else [SEC-09]', async () => {
    expect(await run(a.DATABASE_URL, 'insert into mine values (2) returning id')).toEqual([{ id: 2 }]);
    for (const sql of ['drop table mine', 'alter table mine add x int', 'create table more (id int)', 'truncate mine', 'grant select on mine to public']) {
      await expect(run(a.DATABASE_URL, sql).then(() => run(b.DATABASE_URL, 'select * from orders.mine'))).rejects.toThrow(/must be owner|permission denied/);
    }
  });

  it('give the sweep nothing before a migration grants it', async () => {
    await expect(run(a.DATABASE_SWEEP_URL, 'select * from mine')).rejects.toThrow(/permission denied/);
  });

  it.each(['DATABASE_URL', 'DATABASE_OWNER_URL', 'DATABASE_SWEEP_URL'] as const)('keep another subgraph out, as its %s [SEC-09]', async (role) => {
    await expect(run(b[role], 'select * from orders.mine')).rejects.toThrow(/permission denied for schema orders/);
    await expect(run(b[role], 'create table orders.theirs (id int)')).rejects.toThrow(/permission denied|read-only/);
    await expect(run(b[role], 'create table public.theirs (id int)')).rejects.toThrow(/permission denied|read-only/);
  });

  it('keep another database of the server out', async () => {
    const elsewhere = await testDatabase();
    try {
      const theirs = await elsewhere.envFor('orders');
      const url = new URL(theirs.DATABASE_URL);
      url.pathname = `/${database.database}`;
      await expect(run(url.href, 'select 1')).rejects.toThrow(/permission denied for database/);
    } finally {
      await elsewhere.drop();
    }
  });

  it('take passwords and names as they are, and no name that is none', async () => {
    const passwords = { owner: `a'b"c`, application: 'x%/@:y', sweep: '\\ z' };
    const urls = await makeRoles(testPostgresUrl(), { database: database.database, subgraph: 'quoting', passwords });
    for (const url of Object.values(urls) as string[]) expect(await run(url, 'select current_schema() as schema')).toEqual([{ schema: 'quoting' }]);
    await expect(makeRoles(testPostgresUrl(), { database: database.database, subgraph: 'x; drop', passwords })).rejects.toThrow(/cannot name/);
  });
});

it('a dropped database leaves no role behind', async () => {
  const gone = await testDatabase();
  await gone.envFor('orders');
  await gone.drop();
  expect(await database.query('select from pg_roles where starts_with(rolname, $1)', [gone.database])).toEqual([]);
});
