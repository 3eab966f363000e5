import { subjectOf, type EventEnvelope } from '@haat/schema/event';
import type { JetStreamClient } from 'nats';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Consumers } from './consumer.js';
import { newId } from '@haat/kit/id';
import { unavailable } from '@haat/kit/refusal';
import type { DeadLetter } from '@haat/kit/store';
import { eventually } from '@haat/kit/testing/eventually';
import { thingChanged } from './testing/thing-events.js';
import { openRig, type Rig } from './testing/nats-rig.js';

describe('A consumer', () => {
  let rig: Rig;
  let consumers: Consumers;
  let tenantId: string;
  let js: JetStreamClient;
  /** Notes whose events fail, and how often each note was met. */
  const failing = new Map<string, 'always' | 'outage'>();
  const met = new Map<string, number>();

  beforeAll(async () => {
    rig = await openRig((event) => {
      const note = event.payload.note ?? '';
      met.set(note, (met.get(note) ?? 0) + 1);
      if (failing.get(note) === 'always') throw new Error(`No ${note} today.`);
      if (failing.get(note) === 'outage') throw unavailable('inventory');
    });
    await rig.startRelay();
    consumers = await rig.startConsumers();
    js = (await rig.admin()).jetstream();
  });
  afterAll(() => rig?.close());
  beforeEach(() => void (tenantId = newId('ten')));

  test('[EVT-12] a poison among 200 good events is a dead letter with reason and attempts, and only its aggregate waits', async () => {
    failing.set('poison', 'always');
    for (let n = 0; n < 100; n += 1) await rig.sayer.change(tenantId, `good-${n % 10}`);
    await rig.sayer.change(tenantId, 'bad');
    await rig.sayer.change(tenantId, 'bad', 'poison');
    await rig.sayer.change(tenantId, 'bad', 'behind');
    for (let n = 0; n < 100; n += 1) await rig.sayer.change(tenantId, `good-${n % 10}`);
    await eventually(async () => (await rig.effects(tenantId)).length === 201);
    const [dead, parked] = await eventually(async () => (await lettersOf(tenantId)).length === 2 && lettersOf(tenantId), 30_000);
    expect(dead).toMatchObject({ status: 'DEAD', attempts: 5, reason: 'Error: No poison today.', aggregateId: 'bad', consumer: 'on-thing-changed' });
    expect(parked).toMatchObject({ status: 'PARKED', attempts: 0, aggregateId: 'bad' });
    expect(met.get('behind')).toBeUndefined();
  }, 60_000);

  test('[EVT-12] a dead letter that fails again stays; put right, it and those behind it are applied once, in order', async () => {
    const letter = await deadLetter('cured', 2);
    expect(await rig.hearer.letters.redrive('on-thing-changed', letter.id)).toBe(0);
    expect(await lettersOf(tenantId)).toMatchObject([{ status: 'DEAD', attempts: 6 }, { status: 'PARKED' }, { status: 'PARKED' }]);
    failing.delete('cured');
    const counts = await Promise.all([letter.id, letter.id].map((id) => rig.hearer.letters.redrive('on-thing-changed', id)));
    expect(counts[0] ?? 0).toBeLessThanOrEqual(3);
    expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBe(3);
    expect(await rig.hearer.letters.redrive('on-thing-changed', letter.id)).toBe(0);
    expect((await lettersOf(tenantId)).map(({ status }) => status)).toEqual(['REDRIVEN', 'REDRIVEN', 'REDRIVEN']);
    await rig.sayer.change(tenantId, 'thing');
    await rig.settled(tenantId);
  }, 60_000);

  test('a dead letter redriven after a newer version was applied changes nothing', async () => {
    const letter = await deadLetter('late', 0);
    failing.delete('late');
    const newer = envelope({ aggregate: { type: 'Thing', id: 'thing', version: 9 }, payload: { value: 9 } });
    await rig.hearer.store.transaction({ tenantId, actor: 'system:hearer' }, async ({ db }) => {
      await db.query(`insert into inbox_head values ($1, 'on-thing-changed', 'thing', 9) on conflict (tenant_id, consumer, aggregate_id) do update set version = 9`, [tenantId]);
      await db.query(`insert into inbox (tenant_id, consumer, id, aggregate_id, aggregate_version, outcome) values ($1, 'on-thing-changed', $2, 'thing', 9, 'APPLIED')`, [tenantId, newer.id]);
    });
    expect(await rig.hearer.letters.redrive('on-thing-changed', letter.id)).toBe(0);
    expect(await rig.effects(tenantId)).toEqual([]);
    expect(await lettersOf(tenantId)).toMatchObject([{ status: 'REDRIVEN' }]);
  }, 60_000);

  test('[EVT-12] a dead letter is seen and redriven whatever number of older ones were', async () => {
    await rig.database.query(
      `insert into hearer.dead_letter (tenant_id, id, consumer, aggregate_id, aggregate_version, status, subject, body, reason, attempts, died_at)
       select $1, 'on-thing-changed:old-' || n, 'on-thing-changed', 'old', n, 'REDRIVEN', '', '', '', 5, now() - interval '1 day' from generate_series(1, 1000) as n`, [newId('ten')],
    );
    onTestFinished(async () => void (await rig.database.query(`delete from hearer.dead_letter where aggregate_id = 'old'`)));
    const letter = await deadLetter('hidden', 1);
    failing.delete('hidden');
    expect(await rig.hearer.letters.redrive('on-thing-changed', letter.id)).toBe(2);
    await rig.settled(tenantId);
    const ages = (await rig.hearer.letters.letters()).map(({ diedAt }) => diedAt.getTime());
    expect(ages).toEqual(ages.toSorted((a, b) => a - b));
  }, 60_000);

  test('an outage of who is asked buries nothing: the event waits, others go on, and it is applied afterwards', async () => {
    failing.set('asks', 'outage');
    await rig.sayer.change(tenantId, 'waits', 'asks');
    await rig.sayer.change(tenantId, 'waits');
    await rig.sayer.change(tenantId, 'goes-on');
    await eventually(() => (met.get('asks') ?? 0) > 5, 30_000);
    expect((await rig.effects(tenantId)).map((row) => row.aggregate_id)).toEqual(['goes-on']);
    failing.delete('asks');
    await rig.settled(tenantId);
    expect(await lettersOf(tenantId)).toEqual([]);
  }, 60_000);

  test('each event five times, shuffled within each aggregate and across, takes effect once', async () => {
    const events = Array.from({ length: 60 }, (_, n) => envelope({ aggregate: { type: 'Thing', id: `thing-${n % 6}`, version: Math.floor(n / 6) + 1 }, payload: { value: n } }));
    const before = consumers.counts();
    for (const event of events) await publish(event);
    await shuffled(events.flatMap((event) => [event, event, event, event]), async (event) => publish(event));
    await eventually(() => consumers.counts().duplicate - before.duplicate >= 200 && everyoneOnce(events), 30_000);
    const byAggregate = Map.groupBy(await rig.effects(tenantId), (row) => row.aggregate_id);
    for (const rows of byAggregate.values()) expect(rows.map((row) => row.aggregate_version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  }, 60_000);

  test('an older version that comes after a newer one is counted as stale and changes nothing', async () => {
    const before = consumers.counts().stale;
    await publish(envelope({ aggregate: { type: 'Thing', id: 'thing', version: 7 }, payload: { value: 7 } }));
    await publish(envelope({ aggregate: { type: 'Thing', id: 'thing', version: 3 }, payload: { value: 3 } }));
    await eventually(() => consumers.counts().stale === before + 1);
    expect((await rig.effects(tenantId)).map((row) => row.aggregate_version)).toEqual([7]);
  });

  test.each<[string, (good: EventEnvelope) => unknown, RegExp]>([
    ['is no JSON', () => '{"id": "evt', /^Not JSON/],
    ['is JSON and no event', () => ({ hello: 'world' }), /names no tenant/],
    ['names no tenant', ({ tenantId: _, ...rest }) => rest, /names no tenant/],
    ['names another tenant than its subject', (good) => ({ ...good, tenantId: newId('ten') }), /It says tenant/],
    ['names another producer than its subject', (good) => ({ ...good, type: 'other.thing-changed' }), /It says other.thing-changed/],
    ['is of an unknown version', (good) => ({ ...good, version: 99 }), /Version 99/],
    ['does not fit its contract', (good) => ({ ...good, payload: { value: 'many' } }), /does not fit sayer.thing-changed.v1/],
    ['has a field too many', (good) => ({ ...good, isAdmin: true }), /isAdmin/],
    ['holds a NUL', () => 'a\0b', /^Not JSON/],
  ])('[EVT-04] an event that %s is a dead letter with its reason, has no effect, and holds nobody up', async (_, forge, reason) => {
    const forged = forge(envelope({ aggregate: { type: 'Thing', id: 'forged', version: 1 }, payload: { value: 1 } }));
    const subject = subjectOf(thingChanged, tenantId);
    await js.publish(subject, typeof forged === 'string' ? forged : JSON.stringify(forged));
    await rig.sayer.change(tenantId, 'honest');
    await eventually(async () => (await rig.effects(tenantId)).length === 1);
    const letters = await eventually(async () => (await rig.hearer.letters.letters()).filter((letter) => letter.subject === subject));
    expect(letters[0]?.reason).toMatch(reason);
    expect((await rig.effects(tenantId)).map((row) => row.aggregate_id)).toEqual(['honest']);
  });

  test('what only says to be of an aggregate cannot hold that aggregate up, nor be redriven', async () => {
    await rig.sayer.change(tenantId, 'victim');
    const victim = envelope({ tenantId: newId('ten'), aggregate: { type: 'Thing', id: 'victim', version: 2 }, payload: { value: 2 } });
    await js.publish(subjectOf(thingChanged, tenantId), JSON.stringify(victim));
    await rig.sayer.change(tenantId, 'victim');
    await rig.settled(tenantId);
    const [letter] = await eventually(async () => (await rig.hearer.letters.letters()).filter((each) => each.subject === subjectOf(thingChanged, tenantId)));
    expect(letter).toMatchObject({ tenantId: null, aggregateId: null });
    expect(await rig.hearer.letters.redrive('on-thing-changed', letter?.id ?? '')).toBe(0);
    expect(await rig.effects(victim.tenantId)).toEqual([]);
  });

  test('an event whose handler kills the process is a dead letter after five deaths, and the others go on', async () => {
    await consumers.close();
    await rig.sayer.change(tenantId, 'before');
    await rig.sayer.change(tenantId, 'killer', 'kill');
    await rig.sayer.change(tenantId, 'after');
    await eventually(async () => (await rig.sayer.store.outbox.backlog()).count === 0);
    let deaths = 0;
    while (deaths < 10 && (await rig.untilDeath({ role: 'consumers', dieOnNote: 'kill' }, async () => (await lettersOf(tenantId)).length > 0))) deaths += 1;
    consumers = await rig.startConsumers();
    await eventually(async () => (await rig.effects(tenantId)).length === 2);
    expect(await lettersOf(tenantId)).toMatchObject([{ status: 'DEAD', aggregateId: 'killer', reason: 'The process died 5 times while it applied this event.' }]);
  }, 120_000);

  /** A thing whose first event failed for good, with so many parked behind it. */
  const deadLetter = async (note: string, behind: number): Promise<DeadLetter> => {
    failing.set(note, 'always');
    await rig.sayer.change(tenantId, 'thing', note);
    for (let n = 0; n < behind; n += 1) await rig.sayer.change(tenantId, 'thing');
    const letters = await eventually(async () => (await lettersOf(tenantId)).length === behind + 1 && lettersOf(tenantId), 30_000);
    return letters[0] as DeadLetter;
  };

  const lettersOf = async (tenant: string): Promise<DeadLetter[]> => (await rig.hearer.letters.letters()).filter((letter) => letter.tenantId === tenant);

  const envelope = (facts: Partial<EventEnvelope> & Pick<EventEnvelope, 'aggregate' | 'payload'>): EventEnvelope => ({
    id: newId('evt'), type: 'sayer.thing-changed', version: 1, tenantId, occurredAt: new Date().toISOString(), actor: 'system:sayer', ...facts,
  });

  /** Past the broker's own recognition of repeats. */
  const publish = async (event: EventEnvelope): Promise<void> => void (await js.publish(subjectOf(thingChanged, event.tenantId), JSON.stringify(event)));

  const everyoneOnce = async (events: readonly EventEnvelope[]): Promise<boolean> => {
    const ids = (await rig.effects(tenantId)).map((row) => row.event_id).sort();
    return JSON.stringify(ids) === JSON.stringify(events.map((event) => event.id).sort());
  };
});

/** In an order that is odd and always the same: within a window of 50. */
async function shuffled<T>(items: readonly T[], each: (item: T) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += 50) {
    const window = items.slice(start, start + 50);
    const order = window.map((_, n) => n).sort((a, b) => ((a * 37) % 101) - ((b * 37) % 101));
    for (const n of order) await each(window[n] as T);
  }
}
