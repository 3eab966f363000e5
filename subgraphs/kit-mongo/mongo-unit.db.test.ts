import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platformTenantId } from '@haat/schema/ids';
import { newId } from '@haat/kit/id';
import type { MongoDoor } from './mongo-collection.js';
import { pageChanged, pages } from './testing/mongo-pages.js';
import { actingIn, openTestMongo, type TestMongo } from './testing/mongo-testing.js';
import type { UnitOfWork } from '@haat/kit/store';

let test: TestMongo;
beforeAll(async () => { test = await openTestMongo([pages]); });
afterAll(() => test?.[Symbol.asyncDispose]());

const acting = actingIn();
const inUnit = <T>(work: (unit: UnitOfWork<MongoDoor>) => Promise<T>): Promise<T> => test.runtime.transaction(acting, work);
const read = (id: string) => test.runtime.inTenant(acting.tenantId, () => test.runtime.db.collection(pages).findById(id));
const rawPage = async (id: string) => (await test.raw('pages')).find((p) => (p._id as unknown) === id);
const say = (unit: UnitOfWork<MongoDoor>, id: string, version: number) => unit.emit(pageChanged, { aggregate: { id, version }, payload: { title: 'Mugs' } });
async function inserted(): Promise<string> {
  const id = newId('prod');
  await inUnit(({ db }) => db.collection(pages).insert({ _id: id, title: 'Mugs', hits: 0 }));
  return id;
}

describe('An optimistic version', () => {
  it('lets 32 writers of one document all count, each exactly once', async () => {
    const id = await inserted();
    const runtimes = [test.runtime, await test.again()];
    const bump = (n: number) => (runtimes[n % 2] ?? test.runtime).transaction(acting, ({ db }) => db.collection(pages).change(id, (p) => ({ ...p, hits: p.hits + 1 })));
    await Promise.all(Array.from({ length: 32 }, (_, n) => bump(n)));
    expect(await read(id)).toMatchObject({ hits: 32, version: 33 });
  });

  it('runs the whole transaction again when a saved document is no longer as it was loaded', async () => {
    const id = await inserted();
    let runs = 0;
    await inUnit(async ({ db }) => {
      runs += 1;
      const loaded = await db.collection(pages).findById(id);
      if (!loaded) throw new Error('It was inserted.');
      if (runs === 1) await inUnit((other) => other.db.collection(pages).change(id, (p) => ({ ...p, hits: 10 })));
      await db.collection(pages).save({ ...loaded, hits: loaded.hits + 1 });
    });
    expect(runs).toBe(2);
    expect(await read(id)).toMatchObject({ hits: 11, version: 3 });
  });
});

describe('A contended key', () => {
  it('in _id is won by one of 32, and told to the others as a value', async () => {
    const id = `${acting.tenantId}:about`;
    const results = await Promise.all(Array.from({ length: 32 }, () => inUnit(({ db }) => db.collection(pages).insert({ _id: id, title: 'Mugs', hits: 0 }))));
    expect(results.filter((r) => 'document' in r)).toHaveLength(1);
    expect(results.filter((r) => 'duplicate' in r && r.duplicate === '_id_')).toHaveLength(31);
  });

  it('in a unique index is won by one of 16, inserting or changing', async () => {
    const race = (slug: string) => Array.from({ length: 16 }, () => inUnit(({ db }) => db.collection(pages).insert({ _id: newId('prod'), title: 'Mugs', hits: 0, slug })));
    for (const slug of ['one', 'two', 'three']) {
      const results = await Promise.all(race(slug));
      expect(results.filter((r) => 'document' in r)).toHaveLength(1);
      expect(results.filter((r) => 'duplicate' in r && r.duplicate === 'bySlug')).toHaveLength(15);
    }
    const ids = await Promise.all(Array.from({ length: 16 }, inserted));
    const changed = await Promise.all(ids.map((id) => inUnit(({ db }) => db.collection(pages).change(id, (p) => ({ ...p, slug: 'four' })))));
    expect(changed.filter((r) => 'document' in r)).toHaveLength(1);
    expect(changed.filter((r) => 'duplicate' in r && r.duplicate === 'bySlug')).toHaveLength(15);
  });

  it('is counted right by racing inserts or changes of the same id', async () => {
    const id = `${acting.tenantId}:counter`;
    const bump = () => inUnit(({ db }) => db.collection(pages).changeOrInsert(id, (p) => ({ title: 'Counter', hits: (p?.hits ?? 0) + 1 })));
    await Promise.all(Array.from({ length: 16 }, bump));
    expect(await read(id)).toMatchObject({ hits: 16 });
  });
});

describe('A unit of work', () => {
  it('carries its events in the document that it writes, and nowhere else', async () => {
    const id = newId('prod');
    await inUnit(async (unit) => {
      await say(unit, id, 1);
      await unit.db.collection(pages).insert({ _id: id, title: 'Mugs', hits: 0 });
    });
    await inUnit((unit) => unit.db.collection(pages).change(id, async (p) => {
      await say(unit, id, p.version + 1);
      return { ...p, hits: 5 };
    }));
    const raw = await rawPage(id);
    expect(raw?.outbox.map((e: { body: string }) => JSON.parse(e.body).aggregate.version)).toEqual([1, 2]);
    expect(raw?.outboxAt).toBeInstanceOf(Date);
    expect(await test.raw('outbox')).toEqual([]);
  });

  it('says nothing of a change that lost its race, and once of the one that won', async () => {
    const id = await inserted();
    const bump = () => inUnit((unit) => unit.db.collection(pages).change(id, async (p) => {
      await say(unit, id, p.version + 1);
      return { ...p, hits: p.hits + 1 };
    }));
    await Promise.all(Array.from({ length: 8 }, bump));
    const raw = await rawPage(id);
    expect(raw?.outbox.map((e: { body: string }) => JSON.parse(e.body).aggregate.version)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('says nothing when its key was taken', async () => {
    const id = await inserted();
    const result = await inUnit(async (unit) => {
      await say(unit, id, 1);
      return unit.db.collection(pages).insert({ _id: id, title: 'Mugs', hits: 0 });
    });
    expect(result).toEqual({ duplicate: '_id_' });
    expect(await test.raw('outbox')).toEqual([]);
    expect((await rawPage(id))?.outbox).toEqual([]);
  });

  it('may take back a follow-up of its own, and then writes its document as usual', async () => {
    const [a, b] = [newId('prod'), newId('prod')];
    await inUnit(async ({ db }) => {
      await db.collection(pages).insert({ _id: a, title: 'Mugs', hits: 0 }, { followUp: true });
      expect(await db.collection(pages).remove(a, { followUp: true })).toBe(true);
      await db.collection(pages).insert({ _id: b, title: 'Mugs', hits: 0 });
    });
    expect([await read(a), (await read(b))?.version]).toEqual([undefined, 1]);
  });

  it('writes one document; another must be declared a follow-up', async () => {
    const [a, b] = [await inserted(), await inserted()];
    const both = (followUp: boolean) => inUnit(async ({ db }) => {
      await db.collection(pages).change(a, (p) => ({ ...p, hits: 1 }));
      await db.collection(pages).change(b, (p) => ({ ...p, hits: 1 }), { followUp });
    });
    await expect(both(false)).rejects.toThrow('only a follow-up may be');
    await both(true);
    expect(await read(b)).toMatchObject({ hits: 1 });
  });

  it('refuses an event said too late, of a wrong version, or of nothing', async () => {
    const id = await inserted();
    const change = (work: (unit: UnitOfWork<MongoDoor>) => Promise<unknown>) => inUnit(work);
    await expect(change(async (unit) => {
      await unit.db.collection(pages).change(id, (p) => ({ ...p, hits: 2 }));
      await say(unit, id, 2);
    })).rejects.toThrow('emit before the write');
    await expect(change((unit) => unit.db.collection(pages).change(id, async (p) => (await say(unit, id, 9), p)))).rejects.toThrow('says version 9');
    await expect(change((unit) => unit.db.collection(pages).change(id, async () => void (await say(unit, id, 3))))).rejects.toThrow('left as it is');
    await expect(inUnit(async (unit) => { await say(unit, id, 3); await say(unit, id, 4); })).rejects.toThrow('without a document');
  });

  it('runs what waits for the commit only after it, and not when it failed', async () => {
    const ran: string[] = [];
    await inUnit(async (unit) => {
      unit.afterCommit(() => { ran.push('after'); });
      ran.push('work');
    });
    await expect(inUnit(async (unit) => {
      unit.afterCommit(() => { ran.push('never'); });
      throw new Error('No.');
    })).rejects.toThrow('No.');
    expect(ran).toEqual(['work', 'after']);
  });

  it('goes on in another tenant only from the platform\'s own', async () => {
    const there = actingIn().tenantId;
    await expect(inUnit((unit) => unit.inTenant(there, async () => undefined))).rejects.toThrow('cannot go on in');
    const id = newId('prod');
    await test.runtime.transaction(actingIn(platformTenantId), (unit) => unit.inTenant(there, (inner) => inner.db.collection(pages).insert({ _id: id, title: 'Theirs', hits: 0 })));
    expect(await rawPage(id)).toMatchObject({ tenantId: there });
  });

  it('hides a removed document at once, and keeps its last event', async () => {
    const id = await inserted();
    await inUnit((unit) => unit.db.collection(pages).remove(id, { saying: () => say(unit, id, 2) }));
    expect(await read(id)).toBeUndefined();
    const waiting = await test.runtime.outbox.pending(100);
    expect(waiting.filter((e) => e.envelope.aggregate.id === id).map((e) => e.envelope.aggregate.version)).toEqual([2]);
    expect(await rawPage(id)).toBeUndefined();
  });
});
