import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import type { UnitOfWork } from '@haat/kit/store';
import type { MongoDoor } from './mongo-collection.js';
import { pageChanged, pages } from './testing/mongo-pages.js';
import { actingIn, openTestMongo, type TestMongo } from './testing/mongo-testing.js';

let test: TestMongo;
beforeAll(async () => { test = await openTestMongo([pages]); });
afterAll(() => test?.[Symbol.asyncDispose]());

const acting = actingIn();
const insert = (rows: readonly { _id: string; slug: string }[], as = acting) => test.runtime.transaction(as, (unit: UnitOfWork<MongoDoor>) => unit.db.collection(pages).insertMany(
  rows.map((row) => ({ ...row, title: row.slug, hits: 0 })),
  ({ _id, title }) => unit.emit(pageChanged, { aggregate: { id: _id, version: 1 }, payload: { title } }),
));
const row = (slug: string) => ({ _id: newId('prod'), slug });

describe('Many documents by one command', () => {
  it('are each made with its own event, or not made, whatever became of the others', async () => {
    const first = row('taken');
    await insert([first]);
    const outcomes = await insert([row('a'), row('taken'), { ...row('b'), _id: first._id }, row('c')]);
    expect(outcomes.map((outcome) => ('document' in outcome ? outcome.document.slug : outcome.duplicate))).toEqual(['a', 'bySlug', '_id_', 'c']);
    const pending = await test.runtime.outbox.pending(100);
    expect(pending.map(({ envelope }) => (envelope.payload as { title: string }).title).toSorted()).toEqual(['a', 'c', 'taken']);
  });

  it('belong to one tenant, as all others', async () => {
    const elsewhere = row('elsewhere');
    await insert([elsewhere], actingIn());
    expect(await test.runtime.inTenant(acting.tenantId, () => test.runtime.db.collection(pages).findById(elsewhere._id))).toBeUndefined();
  });

  it('are all made of many', async () => {
    const rows = Array.from({ length: 500 }, (_, n) => row(`many-${n}`));
    expect((await insert(rows)).every((outcome) => 'document' in outcome)).toBe(true);
  });
});
