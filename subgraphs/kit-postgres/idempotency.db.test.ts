import type { EntityManager } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Field, ObjectType } from 'type-graphql';
import { newId } from '@haat/kit/id';
import { pruneIdempotencyKeys } from './idempotency.js';
import { makeLog } from '@haat/kit/log';
import { Money } from '@haat/kit/money';
import type { UnitOfWork } from '@haat/kit/store';
import { FakeClock } from '@haat/kit/testing/fake-clock';
import { eventually } from '@haat/kit/testing/eventually';
import { actingIn, openThings, putThing, Thing, type ThingStore } from './testing/postgres-things.js';

@ObjectType('ThingIsTaken', { description: 'For the tests of this file only.' })
class TakenProblem {
  @Field(() => String, { description: 'For the tests of this file only.' })
  message: string;
}

const clock = new FakeClock();
let store: ThingStore;
let tenantId: string;
let key: string;

beforeAll(async () => { store = await openThings({ clock, env: { DATABASE_POOL_MAX: '8' } }); });
afterAll(() => store[Symbol.asyncDispose]());
beforeEach(() => {
  tenantId = newId('ten');
  key = newId('req');
});

/** Puts a thing under a key: another effect each time that it has one. */
function put(more: { tenantId?: string; actor?: string; caller?: string; operation?: string; key?: string; title?: string; work?: (unit: UnitOfWork<EntityManager>) => Promise<unknown> } = {}): Promise<unknown> {
  const title = more.title ?? 'a';
  const effect = async ({ db }: UnitOfWork<EntityManager>): Promise<unknown> => db.save(db.create(Thing, { id: newId('prod'), title: `${title} ${newId('req')}` }));
  const acting = { ...actingIn(more.tenantId ?? tenantId, more.actor ?? 'usr_a'), caller: more.caller };
  return store.runtime.transaction(acting, more.work ?? effect, {
    idempotency: { operation: more.operation ?? 'putThing', key: more.key ?? key, input: { title, of: { b: 1, a: [1, 2] } } },
  });
}

const things = (of = tenantId): Promise<number> => store.runtime.inTenant(of, () => store.runtime.db.count(Thing));

it('[EVT-07] [EVT-08] has one effect and one answer under 20 callers at once', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => put()));
  expect(new Set(answers.map((answer) => (answer as Thing).id)).size).toBe(1);
  expect(await things()).toBe(1);
});

it('answers as it did, in rows that are rows, in money and in dates', async () => {
  const work = async ({ db }: UnitOfWork<EntityManager>): Promise<unknown> => {
    const thing = await db.save(db.create(Thing, { id: newId('prod'), title: 'a' }));
    return { thing, price: Money.of(1_250, 'BDT'), at: clock.now(), parts: [{ n: 1 }, null] };
  };
  const first = await put({ work });
  const second = await put({ work: () => Promise.reject(new Error('A second effect.')) }) as { thing: Thing; price: Money };
  expect(second).toEqual(first);
  expect(second.thing).toBeInstanceOf(Thing);
  expect(second.thing.shout).toBe('A');
  expect(second.price.decimal).toBe('12.50');
});

it('keeps an expected outcome as the answer, by the name of its GraphQL type', async () => {
  await put({ work: async () => Object.assign(new TakenProblem(), { message: 'Taken.' }) });
  expect(await put()).toEqual({ __typename: 'ThingIsTaken', message: 'Taken.' });
  expect(await things()).toBe(0);
});

it.each([[null], [undefined], [false], [7], ['text']])('keeps the answer %j', async (answer) => {
  await put({ work: async () => answer });
  expect(await put()).toBe(answer ?? null);
});

it('[EVT-08] [EVT-09] refuses another input under the same key, and takes the same input in another order', async () => {
  await put();
  await expect(put({ title: 'b' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  expect(await things()).toBe(1);
  const reordered = await store.runtime.transaction(actingIn(tenantId, 'usr_a'), async () => 'a second effect', {
    idempotency: { operation: 'putThing', key, input: { of: { a: [1, 2], b: 1, c: undefined }, title: 'a' } },
  });
  expect(reordered).toBeInstanceOf(Thing);
});

it('means another effect by another tenant, actor, operation or key', async () => {
  const other = newId('ten');
  await put();
  await put({ actor: 'usr_b' });
  await put({ operation: 'putOther' });
  await put({ key: newId('req') });
  await put({ tenantId: other });
  expect([await things(), await things(other)]).toEqual([4, 1]);
});

it('means another effect by another caller of the same name, and keeps in plain what names none of them', async () => {
  await put({ actor: 'guest', caller: 'guest-key-a' });
  await put({ actor: 'guest', caller: 'guest-key-b', title: 'b' });
  await put({ actor: 'guest', caller: 'guest-key-b', title: 'b' });
  await expect(put({ actor: 'guest', caller: 'guest-key-a', title: 'b' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  expect(await things()).toBe(2);
  const rows = await store.database.query('select * from things.idempotency_key where tenant_id = $1', [tenantId]);
  expect([rows.length, JSON.stringify(rows).includes('guest-key')]).toEqual([2, false]);
});

it('lets a second caller wait for the first, and gives both one answer', async () => {
  const [inside, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = put({ work: async () => {
    inside.resolve();
    await goOn.promise;
    return 'first';
  } });
  await inside.promise;
  const second = put({ work: async () => 'second' });
  await eventually(async () => (await store.database.query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length > 0);
  goOn.resolve();
  expect(await Promise.all([first, second])).toEqual(['first', 'first']);
});

it('tells a second caller that the first is still running, when that takes long', async () => {
  const [inside, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = put({ work: async () => {
    inside.resolve();
    await goOn.promise;
  } });
  await inside.promise;
  await expect(put()).rejects.toMatchObject({ code: 'CONFLICT_IN_PROGRESS', extensions: { retryAfterSeconds: 2 } });
  goOn.resolve();
  await first;
});

it('keeps nothing of what threw, so that the key can be tried again', async () => {
  await expect(put({ work: () => Promise.reject(new RangeError('No.')) })).rejects.toThrow(RangeError);
  expect(await put()).toBeInstanceOf(Thing);
  expect(await things()).toBe(1);
});

it.each([[''], ['k'.repeat(256)], ['a\nb']])('refuses the key %j', async (bad) => {
  await expect(put({ key: bad })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  expect(await things()).toBe(0);
});

it('takes a key of 255 characters', async () => {
  expect(await put({ key: 'k'.repeat(255) })).toBeInstanceOf(Thing);
});

it('forgets a key when its time is over, whether it was dropped or not', async () => {
  await put();
  clock.advance(23 * 3_600_000);
  await put();
  expect(await things()).toBe(1);
  clock.advance(3_600_000);
  await put({ title: 'another input' });
  expect(await things()).toBe(2);
});

it('drops the expired keys of every tenant, and no others', async () => {
  const kept = async (): Promise<number> => (await store.database.query('select from things.idempotency_key where tenant_id = $1', [tenantId])).length;
  await put();
  await put({ tenantId: newId('ten') });
  clock.advance(23 * 3_600_000);
  await put({ key: newId('req') });
  expect(await kept()).toBe(2);
  clock.advance(3_600_000);
  const { runtime } = store;
  const inTenant = (id: string, work: (ctx: never) => Promise<unknown>) => runtime.inTenant(id, () => work({ db: runtime.db } as never));
  await pruneIdempotencyKeys.run({ clock, log: makeLog('testing', 'silent'), config: {}, signal: new AbortController().signal, sweep: runtime.sweep, inTenant: inTenant as never });
  expect(await kept()).toBe(1);
  expect(await store.database.query('select from things.idempotency_key where expires_at <= $1', [clock.now()])).toEqual([]);
});

it('has no part in what is done without a key', async () => {
  await putThing(store.runtime, tenantId, 'a');
  expect(await store.database.query('select from things.idempotency_key where tenant_id = $1', [tenantId])).toEqual([]);
});
