import { streamOf } from '@haat/schema/event';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Consumers } from './consumer.js';
import { newId } from '@haat/kit/id';
import type { Relay } from './relay.js';
import { eventually } from '@haat/kit/testing/eventually';
import { openRig, type Rig } from './testing/nats-rig.js';
import { streamedEvents } from './testing/recorded-events.js';

describe('When the broker fails', () => {
  let rig: Rig;
  let relay: Relay;
  let consumers: Consumers;
  let tenantId: string;

  beforeAll(async () => {
    rig = await openRig();
    relay = await rig.startRelay();
    consumers = await rig.startConsumers();
  });
  afterAll(() => rig?.close());
  beforeEach(() => void (tenantId = newId('ten')));

  test('eight crashes under load lose nothing and repeat no effect', async () => {
    const load = loading();
    for (let round = 0; round < 8; round += 1) {
      const before = (await rig.effects(tenantId)).length;
      await rig.nats.restart();
      await eventually(async () => (await rig.effects(tenantId)).length > before + 20, 30_000);
    }
    await load.stop();
    await rig.settled(tenantId, 60_000);
    await everythingIsStreamed();
  }, 180_000);

  test('writes go on while it is down, and their events follow when it is back', async () => {
    await rig.sayer.change(tenantId, 'first');
    await rig.settled(tenantId);
    await rig.nats.kill();
    for (let n = 0; n < 40; n += 1) await rig.sayer.change(tenantId, `a-${n % 4}`);
    expect((await rig.effects(tenantId))).toHaveLength(1);
    await rig.nats.restart();
    await rig.settled(tenantId);
  }, 60_000);

  test('[EVT-02] its directory deleted while it runs loses nothing and repeats no effect', async () => {
    const load = loading();
    await eventually(async () => (await rig.effects(tenantId)).length > 100);
    await rig.nats.deleteStore();
    const before = (await rig.effects(tenantId)).length;
    await eventually(async () => (await rig.effects(tenantId)).length > before + 50 || relay.counts().failed > 0, 30_000);
    await rig.nats.restart({ deleteStore: true });
    const after = (await rig.effects(tenantId)).length;
    await eventually(async () => (await rig.effects(tenantId)).length > after + 50, 30_000);
    await load.stop();
    await rig.settled(tenantId, 60_000);
    expect(relay.counts().lost).toBeGreaterThan(0);
    await everythingIsStreamed();
  }, 120_000);

  // Where more than was lost waits already, sequences alone would soon look as if nothing had happened.
  test.each([0, 300])('an older copy of its directory put back loses nothing and repeats no effect, with %i new events waiting', async (waiting) => {
    for (let n = 0; n < 30; n += 1) await rig.sayer.change(tenantId, `a-${n % 3}`);
    await rig.settled(tenantId);
    await rig.nats.kill();
    const copy = await rig.nats.copyStore();
    await rig.nats.restart();
    for (let n = 0; n < 200; n += 1) await rig.sayer.change(tenantId, `a-${n % 5}`);
    await rig.settled(tenantId);
    const lostBefore = relay.counts().lost;
    await rig.nats.kill();
    for (let n = 0; n < waiting; n += 1) await rig.sayer.change(tenantId, `b-${n % 5}`);
    await rig.nats.restart({ fromCopy: copy });
    await eventually(() => relay.counts().lost > lostBefore);
    await rig.settled(tenantId, 60_000);
    await everythingIsStreamed();
    expect(relay.counts().lost - lostBefore).toBeGreaterThanOrEqual(200);
  }, 120_000);

  test('a stream deleted behind our back is made again and filled again', async () => {
    for (let n = 0; n < 20; n += 1) await rig.sayer.change(tenantId, `a-${n % 3}`);
    await rig.settled(tenantId);
    const { streams } = await (await rig.admin()).jetstreamManager();
    await streams.delete(streamOf('sayer'));
    for (let n = 0; n < 20; n += 1) await rig.sayer.change(tenantId, `a-${n % 3}`);
    await rig.settled(tenantId);
    await everythingIsStreamed();
  }, 60_000);

  test.each(['deleted', 'made anew too late in the stream'])('a place in the stream that was %s misses nothing', async (how) => {
    await rig.sayer.change(tenantId, 'a');
    await rig.settled(tenantId);
    await consumers.close();
    for (let n = 0; n < 20; n += 1) await rig.sayer.change(tenantId, 'a');
    await eventually(async () => (await rig.sayer.store.outbox.backlog()).count === 0);
    const manager = await (await rig.admin()).jetstreamManager();
    const stream = streamOf('sayer');
    await manager.consumers.delete(stream, 'hearer');
    if (how !== 'deleted') await manager.consumers.add(stream, { durable_name: 'hearer', deliver_policy: 'new' as never, ack_policy: 'explicit' as never });
    consumers = await rig.startConsumers();
    await rig.settled(tenantId);
  }, 60_000);

  test('a place deleted while it is read from is taken again', async () => {
    await rig.sayer.change(tenantId, 'a');
    await rig.settled(tenantId);
    await (await (await rig.admin()).jetstreamManager()).consumers.delete(streamOf('sayer'), 'hearer');
    for (let n = 0; n < 20; n += 1) await rig.sayer.change(tenantId, 'a');
    await rig.settled(tenantId, 30_000);
  }, 60_000);

  /** Changes things without end, and no more at a time than is soon heard. */
  const loading = () => {
    let isOn = true;
    const change = async (): Promise<void> => {
      for (let n = 0; isOn; n += 1) {
        await rig.sayer.change(tenantId, `load-${n % 7}`);
        if (n % 50 === 49) await eventually(async () => !isOn || (await rig.sayer.store.outbox.backlog()).count < 200, 60_000);
      }
    };
    const all = change();
    const stop = async () => {
      isOn = false;
      await all;
    };
    // A test that fails leaves no load to the next.
    onTestFinished(stop);
    return { stop };
  };

  const everythingIsStreamed = async () => {
    const streamed = new Set((await streamedEvents(await rig.admin(), 'sayer')).map((event) => event.id));
    const said = await rig.database.query<{ id: string }>('select id from sayer.outbox');
    expect(said.filter(({ id }) => !streamed.has(id))).toEqual([]);
  };
});
