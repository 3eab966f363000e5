import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { streamOf } from '@haat/schema/event';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { openRig, type Rig } from './testing/nats-rig.js';
import { streamedEvents } from './testing/recorded-events.js';

describe('A stream', () => {
  let rig: Rig;
  let tenantId: string;

  beforeEach(async () => {
    rig = await openRig();
    tenantId = newId('ten');
  });
  afterEach(() => rig?.close());

  test('that is full refuses more, drops nothing, and takes what waited when it has room', async () => {
    const small = await rig.startRelay(64 * 1024);
    await rig.startConsumers();
    for (let n = 0; n < 200; n += 1) await rig.sayer.change(tenantId, `a-${n % 4}`, 'x'.repeat(400));
    await eventually(() => small.counts().failed > 0);
    expect((await rig.sayer.store.outbox.backlog()).count).toBeGreaterThan(50);
    const [first] = await streamedEvents(await rig.admin(), 'sayer', tenantId);
    expect(first?.aggregate.version).toBe(1);
    await small.close();
    await rig.startRelay();
    await rig.settled(tenantId);
  }, 60_000);

  test.each(['a flipped bit in the middle', 'its second half cut off'])('whose file has %s gets back what it lost', async (damage) => {
    await rig.startRelay();
    await rig.startConsumers();
    for (let n = 0; n < 200; n += 1) await rig.sayer.change(tenantId, `a-${n % 4}`);
    await rig.settled(tenantId);
    await rig.nats.kill();
    await harm(rig.nats.storeDir, damage.startsWith('a flipped'));
    await rig.nats.restart();
    for (let n = 0; n < 20; n += 1) await rig.sayer.change(tenantId, `a-${n % 4}`);
    await rig.settled(tenantId);
    const said = await rig.database.query<{ id: string }>('select id from sayer.outbox');
    await eventually(async () => {
      const streamed = new Set((await streamedEvents(await rig.admin(), 'sayer')).map((event) => event.id));
      return said.every(({ id }) => streamed.has(id));
    }, 20_000);
  }, 60_000);
});

async function harm(storeDir: string, isBitOnly: boolean): Promise<void> {
  const files = await readdir(storeDir, { recursive: true });
  const block = files.find((file) => file.includes(streamOf('sayer')) && file.endsWith('.blk'));
  await using file = await open(join(storeDir, block ?? ''), 'r+');
  const { size } = await file.stat();
  const middle = Math.floor(size / 2);
  if (!isBitOnly) return file.truncate(middle);
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, middle);
  await file.write(Buffer.from([(buffer[0] ?? 0) ^ 1]), 0, 1, middle);
}
