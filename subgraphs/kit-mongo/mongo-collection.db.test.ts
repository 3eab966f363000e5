import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { newId } from '@haat/kit/id';
import { defineCollection } from './define-collection.js';
import type { MongoDoor } from './mongo-collection.js';
import { among, atLeast, below, type Where } from './mongo-where.js';
import { pages } from './testing/mongo-pages.js';
import { actingIn, openTestMongo, type TestMongo } from './testing/mongo-testing.js';

let test: TestMongo;
beforeAll(async () => { test = await openTestMongo([pages]); });
afterAll(() => test?.[Symbol.asyncDispose]());

const ours = actingIn();
const theirs = actingIn();
const write = <T>(work: (db: MongoDoor) => Promise<T>, acting = ours): Promise<T> => test.runtime.transaction(acting, ({ db }) => work(db));
const read = <T>(work: (db: MongoDoor) => Promise<T>, acting = ours): Promise<T> => test.runtime.inTenant(acting.tenantId, () => work(test.runtime.db));
const page = (more: object = {}) => ({ _id: newId('prod'), title: 'Mugs', hits: 0, ...more });

describe('The walls between tenants', () => {
  it('hide another tenant\'s document from every read, its id known', async () => {
    const mine = page();
    await write((db) => db.collection(pages).insert(mine));
    const found = await read((db) => db.collection(pages).findByIds([mine._id, 'none']));
    expect(found.map((p) => p?.title)).toEqual(['Mugs', undefined]);
    await read(async (db) => {
      const theirPages = db.collection(pages);
      expect(await theirPages.findById(mine._id)).toBeUndefined();
      expect(await theirPages.page({ _id: mine._id }, { limit: 10 })).toEqual([]);
      expect(await theirPages.count({ _id: mine._id }, 10)).toBe(0);
    }, theirs);
  });

  it('keep another tenant from changing, saving or removing it', async () => {
    const mine = page();
    const inserted = await write((db) => db.collection(pages).insert(mine));
    const stored = 'document' in inserted ? inserted.document : undefined;
    if (!stored) throw new Error('It was inserted.');
    expect(await write((db) => db.collection(pages).change(mine._id, (p) => ({ ...p, title: 'Mine now' })), theirs)).toEqual({ missing: true });
    expect(await write((db) => db.collection(pages).save(stored), theirs)).toEqual({ missing: true });
    expect(await write((db) => db.collection(pages).remove(mine._id), theirs)).toBe(false);
    expect(await write((db) => db.collection(pages).insert({ ...mine, title: 'Mine now' }), theirs)).toEqual({ duplicate: '_id_' });
    expect(await write((db) => db.collection(pages).changeOrInsert(mine._id, () => ({ title: 'Mine now', hits: 0 })), theirs)).toEqual({ duplicate: '_id_' });
    expect((await read((db) => db.collection(pages).findById(mine._id)))?.title).toBe('Mugs');
    expect(await write((db) => db.collection(pages).remove(mine._id))).toBe(true);
  });

  it('let nobody in without a tenant, nor a handle into another tenant\'s turn [TEN-15]', async () => {
    expect(() => test.runtime.db.collection(pages)).toThrow('outside a tenant');
    const kept = await read(async (db) => db.collection(pages));
    await expect(read(() => kept.findById('x'), theirs)).rejects.toThrow('outside the tenant');
    await expect(kept.findById('x')).rejects.toThrow('outside the tenant');
    await expect(write((db) => db.collection(pages).count({}, 10), { ...ours, tenantId: undefined as never })).rejects.toThrow('outside a tenant');
  });

  it('keep a document in its tenant, and slugs unique within one only', async () => {
    const slug = 'about-us';
    const mine = page({ slug });
    await write((db) => db.collection(pages).insert(mine));
    expect(await write((db) => db.collection(pages).insert(page({ slug })))).toEqual({ duplicate: 'bySlug' });
    expect(await write((db) => db.collection(pages).insert(page({ slug })), theirs)).toHaveProperty('document');
    const moved = write((db) => db.collection(pages).change(mine._id, (p) => ({ ...p, tenantId: theirs.tenantId })));
    await expect(moved).rejects.toThrow('cannot change tenantId');
    const smuggled = write((db) => db.collection(pages).insert({ ...page(), tenantId: theirs.tenantId } as never));
    await expect(smuggled).rejects.toThrow('cannot change tenantId');
  });
});

describe('A filter', () => {
  it.each([{ $gt: '' }, { $ne: null }, { $where: '1' }, ['Mugs'], /M/, { 'a.b': 1 }])('takes %j for no operator: it is refused', async (value) => {
    const attempt = read((db) => db.collection(pages).page({ title: value as never }, { limit: 10 }));
    await expect(attempt).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(read((db) => db.collection(pages).page({ title: among([value as never]) }, { limit: 10 }))).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it.each([{ $or: 'x' }, { tenantId: 'x' }, { 'title.$where': 'x' }, { outbox: 'x' }, { nowhere: 'x' }, { title: undefined }])('refuses the fields of %j', async (where) => {
    await expect(read((db) => db.collection(pages).page(where as Where<never>, { limit: 10 }))).rejects.toThrow(/no field|no value/);
  });

  it('takes no operator for an id or a cursor', async () => {
    const anything = { $gt: '' } as never;
    await write((db) => db.collection(pages).insert(page()));
    expect(await read((db) => db.collection(pages).findByIds([anything]))).toEqual([null]);
    expect(await write((db) => db.collection(pages).change(anything, (p) => ({ ...p, title: 'Any' })))).toEqual({ missing: true });
    expect(await write((db) => db.collection(pages).remove(anything))).toBe(false);
    await expect(write((db) => db.collection(pages).insert({ ...page(), _id: anything }))).rejects.toThrow('has no id');
    for (const after of [{ value: anything, id: 'x' }, { value: 'x', id: anything }]) {
      await expect(read((db) => db.collection(pages).page({}, { orderBy: 'title', after, limit: 1 }))).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    }
  });

  it('keeps operators and dotted keys inside a document as data', async () => {
    const meta = { $gt: '', 'a.b': { $where: '1' }, $function: { body: 'x' } };
    const mine = page({ meta });
    await write((db) => db.collection(pages).insert(mine));
    await write((db) => db.collection(pages).change(mine._id, (p) => ({ ...p, title: '$title', hits: 1 })));
    expect(await read((db) => db.collection(pages).findById(mine._id))).toMatchObject({ meta, title: '$title', hits: 1, version: 2 });
  });
});

describe('A page of documents', () => {
  it('follows the key of the one before it, both ways, and counts no further than asked', async () => {
    const acting = actingIn();
    for (const title of ['a', 'b', 'b', 'c']) await write((db) => db.collection(pages).insert(page({ title })), acting);
    const walk = async (descending: boolean) => {
      const seen: string[] = [];
      for (let after: { value: string; id: string } | undefined; ;) {
        const found = await read((db) => db.collection(pages).page({ title: [atLeast('a'), below('d')] }, { orderBy: 'title', descending, after, limit: 1 }), acting);
        const last = found.at(-1);
        if (!last) return seen.join('');
        seen.push(last.title);
        after = { value: last.title, id: last._id };
      }
    };
    expect(await walk(false)).toBe('abbc');
    expect(await walk(true)).toBe('cbba');
    expect(await read((db) => db.collection(pages).count({}, 3), acting)).toBe(3);
  });
});

describe('The schema at the border', () => {
  it('refuses what it does not allow, on the way in and on the way out', async () => {
    await expect(write((db) => db.collection(pages).insert(page({ title: 5 })))).rejects.toThrow('cannot be written');
    await expect(write((db) => db.collection(pages).insert(page({ colour: 'red' })))).rejects.toThrow('cannot be written');
    const mine = page();
    await write((db) => db.collection(pages).insert(mine));
    await expect(write((db) => db.collection(pages).change(mine._id, (p) => ({ ...p, hits: 0.5 })))).rejects.toThrow('cannot be written');
    expect((await read((db) => db.collection(pages).findById(mine._id)))?.version).toBe(1);
  });

  it('drops an optional field that a change leaves out', async () => {
    const mine = page({ slug: 'soon-gone' });
    await write((db) => db.collection(pages).insert(mine));
    await write((db) => db.collection(pages).change(mine._id, ({ slug: _, ...rest }) => rest));
    const [raw] = (await test.raw('pages')).filter((p) => (p._id as unknown) === mine._id);
    expect(raw).not.toHaveProperty('slug');
  });

  it.each([
    { keys: { slug: 1 }, name: 'x', collation: { locale: 'en' } }, { keys: { slug: 1 }, name: 'x', hidden: true }, { keys: { slug: 'text' }, name: 'x' },
    { keys: { slug: 1 }, name: 'x', partialFilterExpression: { slug: { $exists: false } } }, { keys: { nowhere: 1 }, name: 'x' }, { keys: {}, name: 'x' }, { keys: { tenantId: 1 }, name: 'x' },
  ])('refuses the index %j', (index) => {
    expect(() => defineCollection({ name: 'things', schema: z.object({ slug: z.string() }), indexes: [index as never] })).toThrow(/Index x of things/);
  });

  it('refuses names that are the kit\'s', () => {
    expect(() => defineCollection({ name: 'outbox', schema: z.object({}) })).toThrow('cannot be called');
    expect(() => defineCollection({ name: 'things', schema: z.object({ tenantId: z.string() }) })).toThrow('a field called tenantId');
  });
});

describe('Opening', () => {
  it('makes the declared indexes with the tenant in front, finds them there the next time, and names one that differs', async () => {
    await test.again();
    const other = defineCollection({ name: 'pages', schema: z.object({ title: z.string() }), indexes: [{ name: 'byTitle', keys: { title: -1 } }] });
    await expect(test.again({ collections: [other] })).rejects.toThrow('give the changed index a new name');
  });

  it('sweeps across tenants only for what is declared due, and sees nothing else of it', async () => {
    const due = page({ dueAt: new Date('2026-01-01') });
    await write((db) => db.collection(pages).insert(due), theirs);
    await write((db) => db.collection(pages).insert(page({ dueAt: new Date('2026-03-01') })), ours);
    expect(await test.runtime.sweepDue(pages, 'dueAt', new Date('2026-02-01'), 10)).toEqual([{ _id: due._id, tenantId: theirs.tenantId }]);
    await expect(test.runtime.sweepDue(pages, 'title', new Date(), 10)).rejects.toThrow('does not declare');
    await expect(test.runtime.sweep('anything')).rejects.toThrow('no sweep role');
  });
});
