import { defineEvent } from '@haat/schema/event';
import { platformTenantId } from '@haat/schema/ids';
import type { EntityManager } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { onBoundary } from '@haat/kit/boundary';
import { newId } from '@haat/kit/id';
import { Refusal } from '@haat/kit/refusal';
import type { StoreRuntime } from '@haat/kit/store';
import { startTelemetry } from '@haat/kit/telemetry';
import { cutProxy, type CutProxy } from './testing/postgres-cut.js';
import { actingIn, openThings, putThing, Thing, type ThingStore } from './testing/postgres-things.js';

const thingChanged = defineEvent({ producer: 'things', name: 'thing-changed', version: 1, aggregate: 'thing', description: 'A thing was changed.', payload: z.object({ title: z.string() }) });

let store: ThingStore;
let runtime: StoreRuntime<EntityManager>;
let tenantId: string;

beforeAll(async () => {
  store = await openThings();
  runtime = store.runtime;
});
afterAll(() => store[Symbol.asyncDispose]());
beforeEach(() => { tenantId = newId('ten'); });

const hits = async (id: string): Promise<number | undefined> => (await runtime.inTenant(tenantId, () => runtime.db.findOneBy(Thing, { id })))?.hits;
const hit = (db: EntityManager, id: string): Promise<unknown> => db.query('update thing set hits = hits + 1 where id = $1', [id]);

/** Lets as many come in as are awaited, and then all go on at once; whoever comes later goes straight on. */
function meeting(size: number): () => Promise<void> {
  const all = Promise.withResolvers<void>();
  let come = 0;
  return () => {
    if (++come === size) all.resolve();
    return all.promise;
  };
}

describe('a transaction', () => {
  it('keeps all of it, and then does what waited for the commit', async () => {
    const seen: (number | undefined)[] = [];
    const id = await runtime.transaction(actingIn(tenantId), async (unit) => {
      const thing = await unit.db.save(unit.db.create(Thing, { id: newId('prod'), title: 'a' }));
      unit.afterCommit(async () => void seen.push(await hits(thing.id)));
      unit.afterCommit(() => { throw new Error('A hook that fails changes nothing.'); });
      await hit(unit.db, thing.id);
      return thing.id;
    });
    expect(seen).toEqual([1]);
    expect(await hits(id)).toBe(1);
  });

  it('keeps nothing of it when something is thrown, says no event and runs no hook', async () => {
    let ran = false;
    const id = newId('prod');
    const failing = runtime.transaction(actingIn(tenantId), async (unit) => {
      await unit.db.insert(Thing, { id, title: 'a' });
      await unit.emit(thingChanged, { aggregate: { id, version: 1 }, payload: { title: 'a' } });
      unit.afterCommit(() => { ran = true; });
      throw new RangeError('No.');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(ran).toBe(false);
    expect(await hits(id)).toBeUndefined();
    expect(await store.database.query('select from things.outbox where tenant_id = $1', [tenantId])).toEqual([]);
  });

  it('[EVT-05] says its events in the same commit, and wakes the relay once they are there', async () => {
    let woken = 0;
    runtime.outbox.onWake(() => { woken += 1; });
    const id = newId('prod');
    await runtime.transaction(actingIn(tenantId, 'usr_x'), async (unit) => {
      await unit.emit(thingChanged, { aggregate: { id, version: 1 }, payload: { title: 'a' } });
      expect(woken).toBe(0);
    });
    expect(woken).toBe(1);
    const [row] = await store.database.query<{ payload: object }>('select payload from things.outbox where tenant_id = $1', [tenantId]);
    expect(row?.payload).toMatchObject({ type: 'things.thing-changed', tenantId, actor: 'usr_x', aggregate: { id, version: 1 }, payload: { title: 'a' } });
  });

  it('does not pretend to have kept what a swallowed error had undone', async () => {
    const id = newId('prod');
    const swallowed = runtime.transaction(actingIn(tenantId), async ({ db }) => {
      await db.insert(Thing, { id, title: 'a' });
      await db.query('select 1 / 0').catch(() => undefined);
      return 'kept';
    });
    await expect(swallowed).rejects.toThrow(/nothing of it was kept/);
    expect(await hits(id)).toBeUndefined();
  });

  it('takes a part of itself back and goes on', async () => {
    const id = await putThing(runtime, tenantId, 'a');
    await runtime.transaction(actingIn(tenantId), async ({ db }) => {
      await hit(db, id);
      await db.transaction(async (part) => {
        await hit(part, id);
        await part.query('select 1 / 0');
      }).catch(() => undefined);
      await hit(db, id);
    });
    expect(await hits(id)).toBe(2);
  });

  it('refuses in words a statement that takes too long, and one that waits too long for a lock', async () => {
    const id = await putThing(runtime, tenantId, 'a');
    const both = meeting(2);
    const holding = runtime.transaction(actingIn(tenantId), async ({ db }) => {
      await hit(db, id);
      await both();
      await expect(runtime.transaction(actingIn(tenantId), (unit) => hit(unit.db, id))).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    });
    await both();
    await holding;
    expect(await hits(id)).toBe(1);
    const slow = runtime.transaction(actingIn(tenantId), async ({ db }) => {
      await db.query('set local statement_timeout = 5');
      await db.query('select pg_sleep(5)');
    });
    await expect(slow).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });
});

describe('trying again', () => {
  it.each(['REPEATABLE READ', 'SERIALIZABLE'] as const)('has every effect once when %s transactions collide', async (isolation) => {
    const id = await putThing(runtime, tenantId, 'a');
    const both = meeting(2);
    let tries = 0;
    const collide = (): Promise<unknown> => runtime.transaction(actingIn(tenantId), async ({ db }) => {
      tries += 1;
      const thing = await db.findOneByOrFail(Thing, { id });
      await both();
      await db.update(Thing, { tenantId, id }, { hits: thing.hits + 1 });
    }, { isolation });
    await Promise.all([collide(), collide()]);
    expect(await hits(id)).toBe(2);
    expect(tries).toBeGreaterThan(2);
  });

  it('has every effect once when transactions lock each other out', async () => {
    const [a, b] = [await putThing(runtime, tenantId, 'a'), await putThing(runtime, tenantId, 'b')];
    const both = meeting(2);
    let tries = 0;
    const cross = (first: string, second: string): Promise<unknown> => runtime.transaction(actingIn(tenantId), async ({ db }) => {
      tries += 1;
      await hit(db, first);
      await both();
      await hit(db, second);
    });
    await Promise.all([cross(a, b), cross(b, a)]);
    expect([await hits(a), await hits(b)]).toEqual([2, 2]);
    expect(tries).toBe(3);
  });

  it('gives up after three more tries, which are counted, and says that it is not available', async () => {
    const telemetry = await startTelemetry({ service: 'testing', env: {} });
    onTestFinished(() => telemetry.close());
    let tries = 0;
    const hopeless = runtime.transaction(actingIn(tenantId), async ({ db }) => {
      tries += 1;
      await db.query(`do $$ begin raise exception 'again' using errcode = '40001'; end $$`);
    });
    await expect(hopeless).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(tries).toBe(4);
    expect(await telemetry.metricsText()).toMatch(/haat_transaction_retries_total\{subgraph="things",reason="\w+"\} 3\n/);
  });

  it.each([['a null character', '\0'], ['half a character', '\ud83d'], ['its other half', '\udecd']])('refuses as bad input %s in what it keeps as JSON, and not a mistake of ours', async (_, text) => {
    const kept = (json: string) => runtime.transaction(actingIn(tenantId), ({ db }) => db.query('select $1::jsonb', [json]));
    await expect(kept(JSON.stringify({ text }))).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(kept('{')).rejects.not.toHaveProperty('code', 'BAD_USER_INPUT');
  });

  it('has the effect once when the connection is lost before the commit', async () => {
    const id = await putThing(runtime, tenantId, 'a');
    let tries = 0;
    await runtime.transaction(actingIn(tenantId), async ({ db }) => {
      tries += 1;
      await hit(db, id);
      const [{ pid }] = await db.query('select pg_backend_pid() as pid') as [{ pid: number }];
      if (tries === 1) await store.database.query('select pg_terminate_backend($1)', [pid]);
      await hit(db, id);
    });
    expect(tries).toBe(2);
    expect(await hits(id)).toBe(2);
  });
});

describe('a commit of which nobody knows', () => {
  let proxy: CutProxy;
  let cut: StoreRuntime<EntityManager>;
  beforeAll(async () => {
    proxy = await cutProxy(store.env.DATABASE_URL);
    cut = await store.again({ DATABASE_URL: proxy.url });
  });
  afterAll(() => proxy[Symbol.asyncDispose]());

  it.each([['before', 0], ['after', 1]] as const)('is refused as not available without a key, cut %s it took effect', async (when, effect) => {
    const id = await putThing(runtime, tenantId, 'a');
    proxy.cutNextCommit(when);
    const refused = await cut.transaction(actingIn(tenantId), ({ db }) => hit(db, id)).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refusal);
    expect((refused as Refusal).code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(await hits(id)).toBe(effect);
  });

  it.each(['before', 'after'] as const)('has its effect once and its answer with a key, cut %s it took effect', async (when) => {
    const id = await putThing(runtime, tenantId, 'a');
    const idempotency = { operation: 'hit', key: newId('req'), input: { id } };
    let tries = 0;
    proxy.cutNextCommit(when);
    const answer = await cut.transaction(actingIn(tenantId), async ({ db }) => {
      tries += 1;
      await hit(db, id);
      return `answer ${tries}`;
    }, { idempotency });
    expect(await hits(id)).toBe(1);
    expect(answer).toBe(when === 'after' ? 'answer 1' : 'answer 2');
  });
});

describe('a transaction of the platform', () => {
  it('goes on in another tenant, with its walls and its name on events, and comes back', async () => {
    const other = newId('ten');
    const id = newId('prod');
    const seen = await runtime.transaction(actingIn(platformTenantId), async (unit) => {
      await unit.inTenant(tenantId, async (inner) => {
        await inner.db.insert(Thing, { id, title: 'inner' });
        await inner.emit(thingChanged, { aggregate: { id, version: 1 }, payload: { title: 'inner' } });
        await expect(inner.inTenant(other, async () => undefined)).rejects.toThrow(/cannot go on/);
      });
      return unit.db.findBy(Thing, { id });
    });
    expect(seen.map((thing) => thing.tenantId)).toEqual([tenantId]);
    expect(await hits(id)).toBe(0);
    expect(await store.database.query('select tenant_id from things.outbox where aggregate_id = $1', [id])).toEqual([{ tenant_id: tenantId }]);
  });

  it('commits nothing where what it said in the other tenant could not be written, though that was caught', async () => {
    const id = newId('prod');
    const twice = runtime.transaction(actingIn(platformTenantId), async (unit) => {
      await unit.inTenant(tenantId, async (inner) => {
        await inner.db.insert(Thing, { id, title: 'inner' });
        for (const title of ['one', 'two']) await inner.emit(thingChanged, { aggregate: { id, version: 1 }, payload: { title } });
        throw new Error('Something else.');
      }).catch(() => undefined);
    });
    await expect(twice).rejects.toThrow(/outbox_once_per_version/);
    expect(await hits(id)).toBeUndefined();
  });

  it('goes into one tenant at a time', async () => {
    const both = runtime.transaction(actingIn(platformTenantId), (unit) => Promise.all([unit.inTenant(tenantId, async () => undefined), unit.inTenant(newId('ten'), async () => undefined)]));
    await expect(both).rejects.toThrow(/one after the other/);
  });

  it('is itself again after a part in another tenant was taken back', async () => {
    const seen = await runtime.transaction(actingIn(platformTenantId), async (unit) => {
      await unit.db.transaction(() => unit.inTenant(tenantId, (inner) => inner.db.query('select 1 / 0'))).catch(() => undefined);
      return unit.db.query(`select current_setting('app.tenant_id') as tenant`);
    });
    expect(seen).toEqual([{ tenant: platformTenantId }]);
  });

  it('is nobody else\'s', async () => {
    await expect(runtime.transaction(actingIn(tenantId), (unit) => unit.inTenant(newId('ten'), async () => undefined))).rejects.toThrow(/cannot go on/);
  });
});

it('marks each statement, begin and commit where a test may kill', async () => {
  const marks: string[] = [];
  onBoundary((name) => void marks.push(name));
  try {
    const marked = await store.again();
    marks.length = 0;
    await putThing(marked, tenantId, 'marked');
  } finally {
    onBoundary(undefined);
  }
  expect(marks).toEqual(['begin', 'insert thing', 'commit'].flatMap((what) => [`things/${what}:before`, `things/${what}:after`]));
});
