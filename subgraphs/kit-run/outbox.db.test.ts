import { defineEvent } from '@haat/schema/event';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '@haat/kit/id';
import { outboxGate } from '@haat/kit-postgres/outbox-gate';
import { Refusal } from '@haat/kit/refusal';
import { republish } from './republish.js';
import { eventually } from '@haat/kit/testing/eventually';
import { thingChanged } from './testing/thing-events.js';
import { fixtureTx, openSayer, type Sayer } from './testing/nats-fixture.js';
import { testDatabase, type TestDatabase } from '@haat/kit-postgres/testing/postgres';
import { recordedEvents } from './testing/recorded-events.js';

const thingGrown = defineEvent({ producer: 'sayer', name: 'thing-grown', version: 1, aggregate: 'Thing', description: 'A thing has much text.', payload: z.object({ text: z.string() }) });

describe('An outbox', () => {
  let database: TestDatabase;
  let sayer: Sayer;

  beforeAll(async () => {
    database = await testDatabase();
    sayer = await openSayer(await database.envFor('sayer'));
  });
  afterAll(async () => {
    await sayer?.store.close();
    await database?.drop();
  });

  test('[EVT-05] holds an event when its change was committed, and neither when it was not', async () => {
    const tenantId = newId('ten');
    await expect(sayer.store.transaction({ tenantId, actor: 'system:sayer' }, async (unit) => {
      await unit.db.query(`insert into thing (id, value) values ('undone', 1)`);
      await unit.emit(thingChanged, { aggregate: { id: 'undone', version: 1 }, payload: { value: 1 } });
      throw new Error('Changed my mind.');
    })).rejects.toThrow('Changed my mind.');
    expect(await recordedEvents(database, 'sayer', tenantId)).toEqual([]);
    await sayer.change(tenantId, 'done');
    expect(await recordedEvents(database, 'sayer', tenantId)).toMatchObject([{ type: 'sayer.thing-changed', aggregate: { type: 'Thing', id: 'done', version: 1 }, tenantId, actor: 'system:sayer' }]);
  });

  test('takes an event of 256 KB and refuses a larger one with the whole change', async () => {
    const tenantId = newId('ten');
    const grow = (length: number) => sayer.store.transaction({ tenantId, actor: 'system:sayer' }, (unit) => unit.emit(thingGrown, { aggregate: { id: 'big', version: length }, payload: { text: 'x'.repeat(length) } }));
    await grow(255 * 1024);
    await expect(grow(256 * 1024)).rejects.toThrow(/bytes; 262144 may travel/);
    expect(await recordedEvents(database, 'sayer', tenantId)).toHaveLength(1);
  });

  test('refuses what does not fit its contract', async () => {
    const tenantId = newId('ten');
    const wrong = { value: 1.5 };
    await expect(sayer.store.transaction({ tenantId, actor: 'system:sayer' }, (unit) => unit.emit(thingChanged, { aggregate: { id: 'odd', version: 1 }, payload: wrong }))).rejects.toThrow(/does not fit its contract/);
  });

  test('takes one version of an aggregate once, and again when it is republished', async () => {
    const tenantId = newId('ten');
    await sayer.change(tenantId, 'a');
    const again = (republished: boolean) => sayer.store.transaction({ tenantId, actor: 'system:sayer' }, (unit) => unit.emit(thingChanged, { aggregate: { id: 'a', version: 1 }, payload: { value: 1 }, republished }));
    await expect(again(false)).rejects.toThrow(/outbox_once_per_version/);
    await again(true);
    expect((await recordedEvents(database, 'sayer', tenantId)).map((event) => event.republished)).toEqual([undefined, true]);
  });

  test('[EVT-12] says its present state again, of each tenant asked for, marked as said before', async () => {
    const tenants = [newId('ten'), newId('ten')];
    for (const tenantId of tenants) await sayer.change(tenantId, 'a');
    const definition = { name: 'sayer', republish: async (tx: never) => {
      const { db, emit } = tx as ReturnType<typeof fixtureTx> & Parameters<Parameters<Sayer['store']['transaction']>[1]>[0];
      for (const { id, version } of await db.query('select id, version from thing') as { id: string; version: number }[]) await emit(thingChanged, { aggregate: { id, version }, payload: { value: version } });
    } };
    await republish({ definition, store: sayer.store, txOf: (unit) => fixtureTx(unit, '', undefined as never) }, tenants);
    for (const tenantId of tenants) expect((await recordedEvents(database, 'sayer', tenantId)).map((event) => event.republished)).toEqual([undefined, true]);
  });

  test('refuses more while too many wait, and takes them again when they left', async () => {
    let waiting = 0;
    const gate = outboxGate({ subgraph: 'sayer', outbox: { backlog: async () => ({ count: waiting }) }, backlogMax: 10 });
    gate.admit();
    waiting = 10;
    const refused = await eventually(() => {
      try {
        return void gate.admit();
      } catch (error) {
        return error as Refusal;
      }
    });
    expect(refused).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    waiting = 0;
    await eventually(() => {
      gate.admit();
      return true;
    });
  });

  test('shows no tenant the events of another', async () => {
    const [mine, theirs] = [newId('ten'), newId('ten')];
    await sayer.change(mine, 'a');
    const count = (tenantId: string) => sayer.store.inTenant(tenantId, () => sayer.store.db.query('select id from outbox where tenant_id = $1', [mine])) as Promise<unknown[]>;
    expect(await count(mine)).toHaveLength(1);
    expect(await count(theirs)).toEqual([]);
    await expect(sayer.store.sweep('select payload from outbox')).rejects.toThrow(/permission denied/);
  });

  test('drops what was published before the retention, and nothing that waits', async () => {
    const tenantId = newId('ten');
    for (let n = 0; n < 3; n += 1) await sayer.change(tenantId, 'a');
    const [first] = await recordedEvents(database, 'sayer', tenantId);
    await sayer.store.outbox.markPublished([{ tenantId, id: first?.id ?? '', streamSequence: 1 }]);
    expect(await sayer.store.outbox.prune(new Date(Date.now() + 60_000))).toBe(1);
    expect(await recordedEvents(database, 'sayer', tenantId)).toHaveLength(2);
  });
});
