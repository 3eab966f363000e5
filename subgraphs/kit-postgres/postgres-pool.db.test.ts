import type { EntityManager } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import { Refusal } from '@haat/kit/refusal';
import type { StoreRuntime } from '@haat/kit/store';
import { eventually } from '@haat/kit/testing/eventually';
import { actingIn, openThings, putThing, Thing, type ThingStore } from './testing/postgres-things.js';

const tenants = [newId('ten'), newId('ten')];
let store: ThingStore;
let alone: StoreRuntime<EntityManager>;

beforeAll(async () => {
  store = await openThings();
  for (const tenantId of tenants) await putThing(store.runtime, tenantId, tenantId);
  alone = await store.again({ DATABASE_POOL_MAX: '1' });
});
afterAll(() => store[Symbol.asyncDispose]());

class Cancelled extends Error {}

const titles = async (db: EntityManager): Promise<string[]> => (await db.find(Thing)).map((thing) => thing.title);

/** Ways in which a call of one tenant goes, well and badly; each answers every title it saw. */
const ways: ((tenantId: string) => Promise<string[]>)[] = [
  () => titles(alone.db),
  () => titles(alone.db),
  async () => (await alone.db.query('select title from thing')).map((row: { title: string }) => row.title),
  (tenantId) => alone.transaction(actingIn(tenantId), ({ db }) => titles(db)),
  async (tenantId) => {
    const seen: string[] = [];
    const cancelled = alone.transaction(actingIn(tenantId), async ({ db }) => {
      seen.push(...(await titles(db)));
      throw new Cancelled();
    });
    await expect(cancelled).rejects.toBeInstanceOf(Cancelled);
    return seen;
  },
  async (tenantId) => {
    await expect(alone.transaction(actingIn(tenantId), ({ db }) => db.query('select 1 / 0'))).rejects.toThrow(/division/);
    return titles(alone.db);
  },
  async () => {
    await expect(alone.db.query('select * from nothing_of_that_name')).rejects.toThrow(/does not exist/);
    return titles(alone.db);
  },
  async (tenantId) => {
    await expect(alone.transaction(actingIn(tenantId), async ({ db }) => {
      await db.query(`select set_config('statement_timeout', '1', true)`);
      await db.query('select pg_sleep(5)');
    })).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    return titles(alone.db);
  },
  async () => {
    const runner = alone.db.dataSource.createQueryRunner();
    const seen = await titles(runner.manager);
    // Left inside a transaction by somebody who forgot it.
    await runner.startTransaction();
    await runner.release();
    return seen;
  },
];

it('[TEN-08] never mixes two tenants in 10,000 calls over one connection, with errors and cancels between', { timeout: 240_000 }, async () => {
  const calls = 10_000;
  const parallel = 8;
  let next = 0;
  const mixed: unknown[] = [];
  const caller = async (): Promise<void> => {
    while (next < calls) {
      const call = next++;
      const tenantId = tenants[Math.floor(Math.random() * 2)] ?? '';
      // Most calls go well; each bad way comes about every sixtieth time.
      const way = ways[call % 10 === 0 ? Math.floor(call / 10) % ways.length : call % 4];
      const seen = await alone.inTenant(tenantId, async () => way?.(tenantId));
      if (seen?.length !== 1 || seen[0] !== tenantId) mixed.push({ call, tenantId, seen });
    }
  };
  await Promise.all(Array.from({ length: parallel }, caller));
  expect(mixed).toEqual([]);
  expect(next).toBeGreaterThanOrEqual(calls);
});

it('goes on after every connection was killed, in the tenant it is in', async () => {
  await alone.inTenant(tenants[0] ?? '', () => titles(alone.db));
  await store.database.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'things' and datname = current_database()`);
  await eventually(async () => (await alone.inTenant(tenants[1] ?? '', () => titles(alone.db)).catch(() => [])).length === 1);
  expect(await alone.inTenant(tenants[1] ?? '', () => titles(alone.db))).toEqual([tenants[1]]);
});

it('refuses in words that it is away, when its connection breaks under a statement', async () => {
  const broken = store.runtime.inTenant(tenants[0] ?? '', () => store.runtime.db.query('select pg_terminate_backend(pg_backend_pid())'));
  await expect(broken).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
});

it('refuses in words that it is away, when no connection comes free', async () => {
  const held = Promise.withResolvers<void>();
  const holding = alone.transaction(actingIn(tenants[0]), () => held.promise);
  const refused = await alone.inTenant(tenants[1] ?? '', () => titles(alone.db)).catch((error: unknown) => error);
  held.resolve();
  await holding;
  expect(refused).toBeInstanceOf(Refusal);
  expect((refused as Refusal).code).toBe('SUBGRAPH_UNAVAILABLE');
});

it('binds whatever comes from a connection to who took it, not to who is there when it is used', async () => {
  const [ours = '', theirs = ''] = tenants;
  const seen = await store.runtime.transaction(actingIn(ours), ({ db }) => store.runtime.inTenant(theirs, () => titles(db)));
  expect(seen).toEqual([ours]);
});
