import type { EventEnvelope } from '@haat/schema/event';
import { describe, expect, test } from 'vitest';
import { defineBatchConsumer, defineConsumer } from '@haat/kit/define';
import { makeLog } from '@haat/kit/log';
import type { Applied, InboxStore } from '@haat/kit/store';
import { batchMax, Batches } from './consumer-batches.js';
import { Slots } from './consumer-lanes.js';
import { thingChanged } from './testing/thing-events.js';

const consumer = defineBatchConsumer('on-thing-changed', thingChanged, async () => undefined);
const event = (n: number, tenantId = 'ten_1'): EventEnvelope => ({ id: `evt_${n}`, tenantId, aggregate: { type: 'Thing', id: `thing-${n}`, version: 1 } }) as EventEnvelope;

/** An inbox that writes down what it is given, and applies when it is let. */
function rig(applyBatch: (ids: readonly string[]) => Promise<void> = async () => undefined) {
  const [given, gate] = [[] as string[][], Promise.withResolvers<void>()];
  const inbox = {
    apply: async (_, { id }) => { given.push([id]); await gate.promise; return 'applied'; },
    applyBatch: async (_, envelopes) => { given.push(envelopes.map(({ id }) => id)); await applyBatch(envelopes.map(({ id }) => id)); return envelopes.map((): Applied => 'applied'); },
  } as Partial<InboxStore<unknown>> as InboxStore<unknown>;
  const nothing = async (): Promise<void> => undefined;
  return { given, open: () => gate.resolve(), batches: new Batches({ subgraph: 'hearer', inbox, slots: new Slots(4), log: makeLog('test', 'silent'), effect: nothing, batchEffect: nothing }) };
}

describe('Events that wait beside each other', () => {
  test('are applied together once the first of them is, and no more of them than a batch may hold', async () => {
    const { given, open, batches } = rig();
    const outcomes = Promise.all(Array.from({ length: 1 + batchMax + 5 }, (_, n) => batches.join(consumer, event(n), '')));
    open();
    expect(new Set(await outcomes)).toEqual(new Set(['applied']));
    expect(given.map((ids) => ids.length)).toEqual([1, batchMax, 5]);
    expect(new Set(given.flat()).size).toBe(1 + batchMax + 5);
  });

  test('wait for nobody: one by itself goes at once, with those after it behind it', async () => {
    const { given, open, batches } = rig();
    const first = batches.join(consumer, event(1), '');
    await expect.poll(() => given).toEqual([['evt_1']]);
    const others = [2, 3].map((n) => batches.join(consumer, event(n), ''));
    open();
    expect(await Promise.all([first, ...others])).toEqual(['applied', 'applied', 'applied']);
    expect(given).toEqual([['evt_1'], ['evt_2', 'evt_3']]);
  });

  test('are those of one marketplace only', async () => {
    const { given, open, batches } = rig();
    const outcomes = Promise.all([event(1), event(2), event(3), event(4, 'ten_2'), event(5, 'ten_2'), event(6, 'ten_2')].map((one) => batches.join(consumer, one, '')));
    open();
    await outcomes;
    expect(given.map((ids) => ids.join(' ')).sort()).toEqual(['evt_1', 'evt_2 evt_3', 'evt_4', 'evt_5 evt_6']);
  });

  test('are told to go by themselves where they failed together, and those after them are not', async () => {
    const { open, batches } = rig(async (ids) => { if (ids.includes('evt_3')) throw new Error('no'); });
    open();
    expect(await Promise.all([1, 2, 3].map((n) => batches.join(consumer, event(n), '')))).toEqual(['applied', undefined, undefined]);
    expect(await Promise.all([4, 5, 6].map((n) => batches.join(consumer, event(n), '')))).toEqual(['applied', 'applied', 'applied']);
  });

  test('are not asked for where the consumer takes one at a time', async () => {
    const { given, batches } = rig();
    expect(await batches.join(defineConsumer('on-thing-changed', thingChanged, async () => undefined), event(1), '')).toBeUndefined();
    expect(given).toEqual([]);
  });
});
