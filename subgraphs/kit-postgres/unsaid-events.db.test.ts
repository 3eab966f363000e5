import { defineEvent } from '@haat/schema/event';
import type { EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { onBoundary } from '@haat/kit/boundary';
import { newId } from '@haat/kit/id';
import type { UnitOfWork } from '@haat/kit/store';
import { actingIn, openThings, Thing, type ThingStore } from './testing/postgres-things.js';
import { undoneUnless } from './undone-unless.js';

const thingChanged = defineEvent({ producer: 'things', name: 'thing-changed', version: 1, aggregate: 'thing', description: 'A thing was changed.', payload: z.object({ title: z.string() }) });
const tenantId = newId('ten');

let store: ThingStore;
beforeAll(async () => { store = await openThings(); });
afterAll(() => store[Symbol.asyncDispose]());

describe('a part of a transaction', () => {
  it('that is not wanted takes back what it wrote and said, and nothing else', async () => {
    const [kept, undone] = [newId('prod'), newId('prod')];
    const put = async (unit: UnitOfWork<EntityManager>, id: string) => {
      await unit.db.insert(Thing, { id, title: id });
      await unit.emit(thingChanged, { aggregate: { id, version: 1 }, payload: { title: 'x' } });
    };
    await store.runtime.transaction(actingIn(tenantId), async (unit) => {
      await put(unit, kept);
      await undoneUnless(unit, () => true, async () => undefined);
      await undoneUnless(unit, () => false, () => put(unit, undone));
    });
    expect(await store.database.query('select aggregate_id as id from things.outbox where aggregate_id = any($1)', [[kept, undone]])).toEqual([{ id: kept }]);
    expect([(await store.database.query('select from things.thing where id = $1', [kept])).length, (await store.database.query('select from things.thing where id = $1', [undone])).length]).toEqual([1, 0]);
  });

  it('says its events in their order, however many there are, by a statement for five hundred', async () => {
    const ids = Array.from({ length: 1_201 }, () => newId('prod'));
    const marks: string[] = [];
    onBoundary((name) => void marks.push(name));
    try {
      await (await store.again()).transaction(actingIn(tenantId), async (unit) => {
        for (const id of ids) await unit.emit(thingChanged, { aggregate: { id, version: 1 }, payload: { title: 'x' } });
      });
    } finally {
      onBoundary(undefined);
    }
    expect(marks.filter((mark) => mark === 'things/insert outbox:before')).toHaveLength(3);
    const said = await store.database.query<{ id: string }>('select aggregate_id as id from things.outbox where aggregate_id = any($1) order by seq', [ids]);
    expect(said.map(({ id }) => id)).toEqual(ids);
  });
});
