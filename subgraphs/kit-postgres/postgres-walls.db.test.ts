import pg from 'pg';
import type { EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platformTenantId } from '@haat/schema/ids';
import { newId } from '@haat/kit/id';
import { withClient } from './postgres-client.js';
import { openThings, putThing, Thing, type ThingStore } from './testing/postgres-things.js';

const [ours, theirs] = [newId('ten'), newId('ten')];
let store: ThingStore;

beforeAll(async () => {
  store = await openThings();
  await putThing(store.runtime, ours, 'ours');
  await putThing(store.runtime, theirs, 'theirs');
});
afterAll(() => store[Symbol.asyncDispose]());

/** A statement as the application's role, on a connection past the kit's door. */
function asApplication<R = Record<string, unknown>>(sql: string, before: readonly string[] = []): Promise<R[]> {
  return withClient(store.env.DATABASE_URL, async (client) => {
    for (const each of before) await client.query(each);
    return (await client.query(sql)).rows as R[];
  });
}

function titles(tenantId: string): Promise<string[]> {
  const { inTenant, db } = store.runtime;
  return inTenant(tenantId, async () => (await db.query('select title from thing order by title')).map((row: { title: string }) => row.title));
}

describe('row-level security', () => {
  it('shows a tenant its own rows by raw SQL, by the query builder and by an entity', async () => {
    expect(await titles(ours)).toEqual(['ours']);
    await store.runtime.inTenant(theirs, async () => {
      const { db } = store.runtime;
      expect((await db.find(Thing)).map((t) => t.title)).toEqual(['theirs']);
      expect(await db.createQueryBuilder(Thing, 't').where('true').getCount()).toBe(1);
      expect(await db.count(Thing)).toBe(1);
    });
  });

  it('shows no rows outside of a tenant, and takes none', async () => {
    expect(await store.runtime.db.find(Thing)).toEqual([]);
    await expect(store.runtime.db.insert(Thing, { id: newId('prod'), title: 'nobody' })).rejects.toThrow(/row-level security|null value/);
  });

  it('lets the platform see all rows of a table that says so, and nobody else', async () => {
    expect(await titles(platformTenantId)).toEqual(['ours', 'theirs']);
  });

  it.each([
    ['an update', `update thing set title = 'taken' where tenant_id <> current_setting('app.tenant_id')`],
    ['a delete', `delete from thing where tenant_id <> current_setting('app.tenant_id')`],
  ])('leaves other tenants alone in %s that asks for theirs', async (_, sql) => {
    const [, count]: [unknown, number] = await store.runtime.inTenant(ours, () => store.runtime.db.query(sql));
    expect(count).toBe(0);
    expect(await titles(theirs)).toEqual(['theirs']);
  });

  it('refuses a row for another tenant, and moving one there', async () => {
    const { inTenant, db } = store.runtime;
    await expect(inTenant(ours, () => db.insert(Thing, { tenantId: theirs, id: newId('prod'), title: 'smuggled' }))).rejects.toThrow(/row-level security/);
    await expect(inTenant(ours, () => db.query('update thing set tenant_id = $1', [theirs]))).rejects.toThrow(/row-level security/);
  });

  it.each(['', ' ', "' or true --", `${ours}' or ''='`, `${ours},${theirs}`, `{${ours},${theirs}}`, '%', 'NULL'])('shows nothing to a tenant called %j', async (tenantId) => {
    const [literal] = [pg.escapeLiteral(tenantId)];
    expect(await asApplication(`select * from thing`, [`select set_config('app.tenant_id', ${literal}, false)`])).toEqual([]);
    if (tenantId === '') return;
    expect(await titles(tenantId)).toEqual([]);
  });

  it('shows nothing where the setting was never made, was reset, or was made in a transaction that is over', async () => {
    expect(await asApplication('select * from thing')).toEqual([]);
    expect(await asApplication('select * from thing', [`set app.tenant_id = '${ours}'`, 'reset all'])).toEqual([]);
    expect(await asApplication('select * from thing', ['begin', `set local app.tenant_id = '${ours}'`, 'commit'])).toEqual([]);
    expect(await asApplication('select * from thing', ['begin', `set app.tenant_id = '${ours}'`, 'rollback'])).toEqual([]);
  });

  it('is itself again after somebody moved the tenant of a connection by SQL', async () => {
    const alone = await store.again({ DATABASE_POOL_MAX: '1' });
    const read = (db: EntityManager): Promise<{ title: string }[]> => db.query('select title from thing');
    await alone.inTenant(ours, () => alone.db.query(`select set_config('app.tenant_id', $1, false)`, [theirs]));
    expect(await alone.inTenant(ours, () => read(alone.db))).toEqual([{ title: 'ours' }]);
    await alone.inTenant(ours, () => alone.db.query('discard all'));
    expect(await alone.inTenant(ours, () => read(alone.db))).toEqual([{ title: 'ours' }]);
    await expect(alone.inTenant(ours, () => alone.db.query(`set app.tenant_id = '${theirs}'; select 1/0`))).rejects.toThrow(/division/);
    expect(await alone.inTenant(ours, () => read(alone.db))).toEqual([{ title: 'ours' }]);
  });

  it('holds for a bare statement of the pool behind the entity manager', async () => {
    const { master } = store.runtime.db.dataSource.driver as unknown as { master: pg.Pool };
    const bare = (): Promise<pg.QueryResult> => master.query('select title from thing');
    await titles(ours);
    expect((await bare()).rows).toEqual([]);
    expect((await store.runtime.inTenant(theirs, bare)).rows).toEqual([{ title: 'theirs' }]);
  });
});

describe('the application role', () => {
  it.each([
    ['set role', () => `set role ${store.database.database}_things_owner`, /permission denied/],
    ['set role postgres', () => 'set role postgres', /permission denied/],
    ['set session authorization', () => 'set session authorization postgres', /permission denied/],
    ['read with row security off', () => 'set row_security = off; select * from thing', /row-level security/],
    ['take the walls down', () => 'alter table thing disable row level security', /must be owner/],
    ['lift the force', () => 'alter table thing no force row level security', /must be owner/],
    ['make a policy', () => 'create policy all_of_it on thing using (true)', /must be owner/],
    ['make a table', () => 'create table mine (id int)', /permission denied/],
    ['make a temporary table', () => 'create temporary table mine (id int)', /permission denied/],
    ['make a definer function', () => `create function all_things() returns setof thing language sql security definer as 'select * from thing'`, /permission denied/],
    ['make a schema', () => 'create schema mine', /permission denied/],
    ['become one that bypasses', () => 'alter role current_user bypassrls', /permission denied/],
    ['truncate', () => 'truncate thing', /permission denied/],
    ['copy to a program', () => `copy thing to program 'cat'`, /permission denied|not supported|must/i],
    ['rewrite the history of migrations', () => `delete from migration`, /permission denied/],
    ['read what others run', () => 'select query from pg_stat_activity', /permission denied/],
    ['read what others run by function', () => 'select * from pg_stat_get_activity(null)', /permission denied/],
    ['sample the rows of others', () => `select stavalues1::text from pg_statistic`, /permission denied/],
  ])('cannot %s', async (_, sql, refusal) => {
    await expect(asApplication(sql())).rejects.toThrow(refusal);
  });

  it('sees no samples of rows behind the walls in the statistics', async () => {
    await store.database.query('analyze things.thing');
    expect(await asApplication(`select * from pg_stats where schemaname = 'things' and tablename = 'thing'`)).toEqual([]);
  });

  it('learns nothing of another tenant from a unique or foreign key of its own tenant', async () => {
    // Unique within the tenant: the same title elsewhere is no conflict.
    await putThing(store.runtime, ours, 'theirs');
    await store.runtime.inTenant(ours, () => store.runtime.db.delete(Thing, { title: 'theirs' }));
  });

  it('learns nothing from a function that tells what it is shown', async () => {
    const leak = store.runtime.inTenant(ours, () => store.runtime.db.query(`select 1 from thing where 1 / (case when title = 'theirs' then 0 else 1 end) = 1`));
    await expect(leak).resolves.toHaveLength(1);
  });
});

describe('the sweep role', () => {
  const asSweep = (sql: string): Promise<Record<string, unknown>[]> => store.runtime.sweep(sql);

  it('sees the granted columns of every tenant', async () => {
    expect((await asSweep('select tenant_id, id, hits from thing')).map((row) => row['tenant_id']).sort()).toEqual([ours, theirs].sort());
  });

  it.each([
    ['another column', 'select title from thing', /permission denied/],
    ['all columns', 'select * from thing', /permission denied/],
    ['an update', 'update thing set hits = 1', /permission denied|read-only/],
    ['a delete', 'delete from thing', /permission denied|read-only/],
    ['the setting of a tenant', `insert into thing (tenant_id, id, title) values ('x', 'y', 'z')`, /permission denied|read-only/],
  ])('is refused %s', async (_, sql, refusal) => {
    await expect(asSweep(sql)).rejects.toThrow(refusal);
  });
});
