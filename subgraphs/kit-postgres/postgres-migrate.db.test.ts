import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '@haat/kit/clock';
import { makeLog } from '@haat/kit/log';
import { sharedTable, tenantTable, walls, type Migration } from './migration.js';
import { openPostgres, postgres } from './postgres.js';
import { StoreRefused } from './postgres-client.js';
import type { PostgresUrls } from './postgres-roles.js';
import { testDatabase, type TestDatabase } from './testing/postgres.js';

let database: TestDatabase;
let env: PostgresUrls & Readonly<Record<string, string>>;
let subgraph: string;
let count = 0;

beforeAll(async () => { database = await testDatabase(); });
afterAll(() => database.drop());
beforeEach(async () => {
  subgraph = `part_${++count}`;
  env = await database.envFor(subgraph);
});

/** Opens the store with these steps, closes it again, and answers why it was refused. */
async function refusal(migrations: readonly Migration[], more: Readonly<Record<string, string>> = {}): Promise<string | undefined> {
  try {
    const runtime = await openPostgres(postgres({ rows: [], migrations }), { subgraph, env: { ...env, ...more }, log: makeLog('x', 'silent'), clock: systemClock });
    await runtime.close();
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(StoreRefused);
    return (error as Error).message;
  }
}

const applied = async (): Promise<string[]> => (await database.query<{ name: string }>(`select name from ${subgraph}.migration where name not like 'kit-%' order by applied_at`)).map((row) => row.name);
const things: Migration = { name: '0001-things', up: tenantTable('thing', 'title text') };

describe('migrations', () => {
  it('run once, in their order, however many start at once [INF-10]', async () => {
    const second: Migration = { name: '0002-more', up: async (run) => {
      await run('select pg_sleep(0.1)');
      await run(`insert into counted values ((select count(*)::int from migration where name = $1))`, ['0001-things']);
    } };
    const steps = [{ ...things, up: `${things.up as string}\n${sharedTable('counted', 'n int')}` }, second];
    expect(await Promise.all([refusal(steps), refusal(steps), refusal(steps), refusal(steps)])).toEqual([undefined, undefined, undefined, undefined]);
    expect(await applied()).toEqual(['0001-things', '0002-more']);
    expect(await database.query(`select n from ${subgraph}.counted`)).toEqual([{ n: 1 }]);
  });

  it('go on where they were when steps are added, and take a step back from none', async () => {
    await refusal([things]);
    expect(await refusal([things, { name: '0002-column', up: 'alter table thing add hits int' }])).toBeUndefined();
    expect(await refusal([things])).toBeUndefined();
    expect(await applied()).toEqual(['0001-things', '0002-column']);
  });

  it('refuse a step that was changed after it had run, and do not mind white space', async () => {
    await refusal([things]);
    expect(await refusal([{ ...things, up: `\n${(things.up as string).replaceAll('\n', '\n  ')}` }])).toBeUndefined();
    expect(await refusal([{ ...things, up: tenantTable('thing', 'title text not null') }])).toMatch(/^Migration 0001-things of part_\d+ was changed after it had run: put it back as it was/);
  });

  it('keep nothing of a step that fails, and say why in one sentence', async () => {
    const broken: Migration = { name: '0002-broken', up: 'create table half (id int); select 1 / 0;' };
    expect(await refusal([things, broken])).toMatch(/^Migration 0002-broken of part_\d+ failed: division by zero$/);
    expect(await applied()).toEqual(['0001-things']);
    expect(await database.query('select from pg_tables where schemaname = $1 and tablename = $2', [subgraph, 'half'])).toEqual([]);
    expect(await refusal([things])).toBeUndefined();
  });
});

describe('a step that rewrites rows of all tenants', () => {
  const rewrite = `alter table thing no force row level security; update thing set title = 'new'; alter table thing`;

  beforeEach(async () => {
    await refusal([things]);
    await database.query(`insert into ${subgraph}.thing (tenant_id, id, title) values ('ten_a', '1', 'old'), ('ten_b', '2', 'old')`);
  });

  it('reaches them once it has said so', async () => {
    expect(await refusal([things, { name: '0002-unsaid', up: `update thing set title = 'unsaid'` }])).toBeUndefined();
    expect(await database.query(`select distinct title from ${subgraph}.thing`)).toEqual([{ title: 'old' }]);
    expect(await refusal([things, { name: '0003-said', up: `${rewrite} force row level security` }])).toBeUndefined();
    expect(await database.query(`select distinct title from ${subgraph}.thing`)).toEqual([{ title: 'new' }]);
  });

  it('may not forget to force the walls again', async () => {
    expect(await refusal([things, { name: '0002-said', up: `${rewrite} enable row level security` }])).toMatch(/table thing has a tenant_id and no forced/);
  });
});

describe('the check at the start', () => {
  it.each<[string, string, RegExp]>([
    ['a tenant table without walls', 'create table bare (tenant_id text, id text)', /table bare has a tenant_id and no forced row-level security/],
    ['walls that do not bind the owner', 'create table half (tenant_id text, id text); alter table half enable row level security', /table half has a tenant_id and no forced/],
    ['a table without a tenant', 'create table nobodys (id text)', /table nobodys has no tenant_id; make it with tenantTable, or with sharedTable/],
    ['a partition without walls', `create table parts (tenant_id text, id text) partition by hash (tenant_id); create table parts_0 partition of parts for values with (modulus 1, remainder 0); ${walls('parts')}`, /table parts_0 has a tenant_id and no forced/],
    ['a foreign key that leaves out the tenant', `${tenantTable('a', 'x int, unique (id)')} ${tenantTable('b', 'a_id text references a (id)')}`, /foreign key b_a_id_fkey leaves out tenant_id/],
    ['a view that sees as its owner', `${tenantTable('a', 'x int')} create view all_of_it as select * from a`, /view all_of_it sees as its owner/],
    ['a materialized view', `${tenantTable('a', 'x int')} create materialized view kept as select * from a`, /kept keeps rows where no wall can be/],
    ['a policy open to all', `${tenantTable('a', 'x int')} create policy open on a using (true)`, /policy open of a is open to others than its tenant/],
    ['a function that runs as its owner', `create function f() returns int language sql security definer as 'select 1'`, /function f runs as its owner/],
  ])('refuses %s', async (_, up, reason) => {
    expect(await refusal([{ name: '0001-hole', up }])).toMatch(reason);
  });

  it('names all that is wrong at once', async () => {
    expect(await refusal([{ name: '0001-holes', up: 'create table a (id int); create table b (tenant_id text);' }])).toMatch(/table b has .*; table a has no|table a has no .*; table b has/);
  });

  it('takes what is as it should be', async () => {
    const up = [
      tenantTable('a', 'x int'),
      tenantTable('b', 'a_id text, foreign key (tenant_id, a_id) references a (tenant_id, id)', { sweep: { columns: ['a_id'] }, platformToo: true }),
      sharedTable('rates', 'code text primary key'),
      'create view seen with (security_invoker = true) as select * from a',
    ].join(';\n');
    expect(await refusal([{ name: '0001-good', up }])).toBeUndefined();
  });

  it.each([
    ['passes row-level security by', (role: string) => `alter role ${role} bypassrls`, /may pass row-level security by/],
    ['is a superuser', (role: string) => `alter role ${role} superuser`, /may pass row-level security by/],
    ['may make roles', (role: string) => `alter role ${role} createrole`, /may make roles or databases/],
    ['is a member of another', (role: string) => `grant ${role}_owner to ${role}`, /is a member of another/],
    ['owns a table', (role: string) => `alter table ${subgraph}.thing owner to ${role}`, /owns what it works on/],
    ['may make tables', (role: string) => `grant create on schema ${subgraph} to ${role}`, /may make tables/],
    ['looks into other schemas', (role: string) => `alter role ${role} set search_path = public; alter role ${role} in database ${database.database} reset search_path; grant usage on schema public to ${role}`, /other schemas than its own/],
  ])('refuses a role that %s', async (_, sql, reason) => {
    expect(await refusal([things])).toBeUndefined();
    await database.query(sql(`${database.database}_${subgraph}`));
    expect(await refusal([things])).toMatch(reason);
  });

  it('refuses a server that may lose commits, unless nothing matters', async () => {
    const commit = (is: 'on' | 'off'): Promise<unknown> => database.query(`alter role ${database.database}_${subgraph} set synchronous_commit = ${is}`);
    await commit('on');
    expect(await refusal([], { HAAT_UNSAFE_DURABILITY: '' })).toBeUndefined();
    await commit('off');
    expect(await refusal([], { HAAT_UNSAFE_DURABILITY: '' })).toMatch(/synchronous_commit is off/);
    expect(await refusal([], { HAAT_UNSAFE_DURABILITY: '1' })).toBeUndefined();
  });

  it('says in one sentence that no database answers, or that a URL is missing', async () => {
    expect(await refusal([], { DATABASE_OWNER_URL: 'postgres://nobody@127.0.0.1:1/none' })).toMatch(/^No database answers at 127\.0\.0\.1:1\/none \(.*ECONNREFUSED.*\): start it, or correct its URL\.$/);
    const missing = openPostgres(postgres({ rows: [], migrations: [] }), { subgraph, env: {}, log: makeLog('x', 'silent'), clock: systemClock });
    await expect(missing).rejects.toThrow(/DATABASE_URL.*DATABASE_OWNER_URL.*DATABASE_SWEEP_URL/s);
  });
});
