import type { EventEnvelope } from '@haat/schema/event';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { openRig, type Rig } from './testing/nats-rig.js';

describe('A consumer of batches', () => {
  let rig: Rig;
  let tenantId: string;

  beforeAll(async () => {
    rig = await openRig((event) => { if (event.payload.note === 'poison') throw new Error('Not this one.'); }, true);
    await rig.startRelay();
  });
  afterAll(() => rig?.close());
  beforeEach(() => void (tenantId = newId('ten')));

  const things = (count: number) => Array.from({ length: count }, (_, n) => `thing-${n}`);
  const say = async (ids: readonly string[]): Promise<void> => { for (const id of ids) await rig.sayer.change(tenantId, id); };
  const relayed = () => eventually(async () => (await rig.database.query('select from sayer.outbox where published_at is null limit 1')).length === 0);

  test('applies what waits by few transactions, each event once and those of one aggregate in order', async () => {
    for (let n = 0; n < 3; n += 1) await say(things(60));
    await relayed();
    const consumers = await rig.startConsumers();
    await rig.settled(tenantId);
    const [written] = await rig.database.query<{ transactions: number }>('select count(distinct xmin::text)::int as transactions from hearer.effect where tenant_id = $1', [tenantId]);
    expect(written?.transactions).toBeLessThan(40);
    await consumers.close();
  });

  test('buries the one that cannot be applied, and applies all that waited beside it', async () => {
    await say(things(20));
    await rig.sayer.change(tenantId, 'bad', 'poison');
    await say(things(20));
    await relayed();
    const consumers = await rig.startConsumers();
    const [letter] = await eventually(async () => { const letters = (await rig.hearer.letters.letters()).filter((one) => one.tenantId === tenantId); return letters.length > 0 && letters; }, 30_000);
    expect(letter).toMatchObject({ status: 'DEAD', attempts: 5, aggregateId: 'bad', reason: 'Error: Not this one.' });
    await eventually(async () => (await rig.effects(tenantId)).length === 40);
    expect((await rig.hearer.letters.letters()).filter((one) => one.tenantId === tenantId)).toHaveLength(1);
    await consumers.close();
  }, 60_000);

  test('gives its handler only what is new, and answers what became of each', async () => {
    const { store } = rig.hearer;
    const of = (id: string, version: number): EventEnvelope => ({ id: newId('evt'), type: 'sayer.thing-changed', version: 1, tenantId, aggregate: { type: 'Thing', id, version } }) as EventEnvelope;
    const [known, newer, dead] = [of('known', 1), of('old', 5), of('waiting', 1)];
    for (const one of [known, newer]) await store.inbox.apply('on-thing-changed', one, 'hearer', async () => undefined);
    await store.inbox.bury('on-thing-changed', { envelope: dead, subject: 'events', body: '{}', reason: 'It died.', attempts: 5 });
    const given: string[] = [];
    const outcomes = await store.inbox.applyBatch?.('on-thing-changed', [of('waiting', 2), of('new', 1), of('old', 4), known], 'hearer', async (_, applied) => void given.push(...applied.map(({ aggregate }) => aggregate.id)));
    expect(outcomes).toEqual(['parked', 'applied', 'stale', 'duplicate']);
    expect(given).toEqual(['new']);
    expect((await rig.hearer.letters.letters()).filter((one) => one.tenantId === tenantId).map(({ status }) => status).sort()).toEqual(['DEAD', 'PARKED']);
  });

  test('keeps nothing of a batch that fails', async () => {
    const { store } = rig.hearer;
    const events = ['one', 'two'].map((id) => ({ id: newId('evt'), tenantId, aggregate: { type: 'Thing', id, version: 1 } }) as EventEnvelope);
    await expect(store.inbox.applyBatch?.('on-thing-changed', events, 'hearer', async () => { throw new Error('Not now.'); })).rejects.toThrow('Not now.');
    expect(await rig.database.query('select from hearer.inbox where tenant_id = $1', [tenantId])).toEqual([]);
  });
});
