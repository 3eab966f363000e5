import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { attemptsMax } from './consumer-attempts.js';
import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { openRig, type Rig } from './testing/nats-rig.js';
import { streamedEvents } from './testing/recorded-events.js';

describe('A process that dies', () => {
  let rig: Rig;
  let tenantId: string;

  beforeAll(async () => {
    rig = await openRig();
  });
  afterAll(() => rig?.close());
  beforeEach(() => void (tenantId = newId('ten')));

  test.each(['publish:before', 'publish:after', 'mark:before', 'update outbox:before', 'update outbox:after', 'mark:after'])('[EVT-06] at sayer/%s leaves each event to have its effect once', async (boundary) => {
    for (let n = 0; n < 30; n += 1) await rig.sayer.change(tenantId, `a-${n % 4}`);
    const passing = boundary.startsWith('publish') ? 7 : 1;
    expect(await rig.untilDeath({ role: 'relay', dieAt: { boundary: `sayer/${boundary}`, passing } })).toBe(true);
    const [relay, consumers] = [await rig.startRelay(), await rig.startConsumers()];
    await rig.settled(tenantId);
    await Promise.all([relay.close(), consumers.close()]);
    const streamed = await streamedEvents(await rig.admin(), 'sayer', tenantId);
    expect(streamed).toHaveLength(30);
  }, 60_000);

  test.each(['begin:after', 'select inbox_take:before', 'select inbox_take:after', 'insert effect:before', 'insert effect:after', 'commit:before', 'commit:after', 'ack:before', 'ack:after'])('at hearer/%s leaves each event to have its effect once', async (boundary) => {
    const relay = await rig.startRelay();
    for (let n = 0; n < 30; n += 1) await rig.sayer.change(tenantId, `a-${n % 4}`);
    await eventually(async () => (await rig.sayer.store.outbox.backlog()).count === 0);
    expect(await rig.untilDeath({ role: 'consumers', dieAt: { boundary: `hearer/${boundary}`, passing: 3 } })).toBe(true);
    const consumers = await rig.startConsumers();
    await rig.settled(tenantId);
    await Promise.all([relay.close(), consumers.close()]);
  }, 60_000);

  test('again and again behind an event that it applied buries nothing, and nothing waits behind it', async () => {
    const relay = await rig.startRelay();
    await rig.sayer.change(tenantId, 'a');
    await eventually(async () => (await rig.sayer.store.outbox.backlog()).count === 0);
    for (let deaths = 0; deaths < attemptsMax; deaths += 1) expect(await rig.untilDeath({ role: 'consumers', dieAt: { boundary: 'hearer/ack:before', passing: 1 } })).toBe(true);
    const consumers = await rig.startConsumers();
    await rig.sayer.change(tenantId, 'a');
    await rig.settled(tenantId, 10_000);
    expect((await rig.hearer.letters.letters()).filter((letter) => letter.tenantId === tenantId)).toEqual([]);
    await Promise.all([relay.close(), consumers.close()]);
  }, 90_000);

  test('two relays and two consumers at once do the work of one each', async () => {
    const all = [await rig.startRelay(), await rig.startRelay(), await rig.startConsumers(), await rig.startConsumers()];
    for (let n = 0; n < 60; n += 1) await rig.sayer.change(tenantId, `a-${n % 4}`);
    await rig.settled(tenantId);
    await Promise.all(all.map((part) => part.close()));
  }, 60_000);
});
