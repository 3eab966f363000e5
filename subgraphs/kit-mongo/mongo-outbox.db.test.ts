import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onBoundary } from '@haat/kit/boundary';
import { newId } from '@haat/kit/id';
import { pageChanged, pages } from './testing/mongo-pages.js';
import { actingIn, openTestMongo, type TestMongo } from './testing/mongo-testing.js';

let test: TestMongo;
let now = new Date('2026-01-01T00:00:00Z');
beforeAll(async () => { test = await openTestMongo([pages], { clock: { now: () => now } }); });
afterAll(() => test?.[Symbol.asyncDispose]());

const acting = actingIn();
const outbox = () => test.runtime.outbox;
async function changed(id: string, times = 1): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    await test.runtime.transaction(acting, (unit) => unit.db.collection(pages).changeOrInsert(id, async (page) => {
      await unit.emit(pageChanged, { aggregate: { id, version: (page?.version ?? 0) + 1 }, payload: { title: 'Mugs' } });
      return { title: 'Mugs', hits: n };
    }));
  }
}
const pendingOf = async (id: string) => (await outbox().pending(1_000)).filter((e) => e.envelope.aggregate.id === id).map((e) => e.envelope.aggregate.version);
async function publishAll(from: number): Promise<number> {
  const events = await outbox().pending(1_000);
  await outbox().markPublished(events.map(({ envelope }, n) => ({ tenantId: envelope.tenantId, id: envelope.id, streamSequence: from + n })));
  return events.length;
}

describe('An outbox in documents', () => {
  it('answers events in the order of each aggregate, also when the clock went back, and leaves the documents empty', async () => {
    const id = newId('prod');
    await changed(id);
    now = new Date(now.getTime() - 60_000);
    await changed(id, 2);
    now = new Date(now.getTime() + 120_000);
    await changed(id);
    expect(await pendingOf(id)).toEqual([1, 2, 3, 4]);
    const [raw] = (await test.raw('pages')).filter((p) => (p._id as unknown) === id);
    expect(raw?.outbox).toEqual([]);
    expect(raw).not.toHaveProperty('outboxAt');
    await changed(id);
    expect(await pendingOf(id)).toEqual([1, 2, 3, 4, 5]);
  });

  it('gives each event one row, whoever moves it and however often at once', async () => {
    const id = newId('prod');
    const other = await test.again();
    await changed(id, 5);
    await Promise.all([outbox().pending(100), other.outbox.pending(100), outbox().pending(100), other.outbox.pending(100)]);
    await Promise.all([changed(id, 3), other.outbox.pending(100), outbox().pending(100)]);
    expect(await pendingOf(id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('counts what waits, in documents and out of them, and since when', async () => {
    await publishAll(1);
    expect(await outbox().backlog()).toEqual({ count: 0, oldestAt: undefined });
    const since = now;
    await changed(newId('prod'));
    now = new Date(now.getTime() + 5_000);
    expect(await outbox().backlog()).toEqual({ count: 1, oldestAt: since });
    await outbox().pending(10);
    expect(await outbox().backlog()).toEqual({ count: 1, oldestAt: since });
  });

  it('remembers tries, and lets wait again what the broker lost', async () => {
    await publishAll(1);
    const id = newId('prod');
    await changed(id, 3);
    const [first] = await outbox().pending(1);
    await outbox().markFailed({ tenantId: acting.tenantId, id: first?.envelope.id ?? '' }, 'No answer.');
    expect((await outbox().pending(1))[0]).toMatchObject({ attempts: 1 });
    await publishAll(1_000);
    await outbox().rememberStream('2026-01-01T00:00:00Z');
    expect(await outbox().streamSeen()).toEqual({ bornAt: '2026-01-01T00:00:00Z', sequence: 1_002 });
    expect(await outbox().unpublishAfter(1_000)).toBe(2);
    expect(await pendingOf(id)).toEqual([2, 3]);
    expect(await outbox().streamSeen()).toMatchObject({ sequence: 1_000 });
  });

  it('drops only what was published, and long enough ago', async () => {
    const id = newId('prod');
    await publishAll(2_000);
    await changed(id);
    await outbox().pending(10);
    now = new Date(now.getTime() + 15 * 86_400_000);
    expect(await outbox().prune(new Date(now.getTime() - 14 * 86_400_000))).toBeGreaterThan(0);
    expect((await test.raw('outbox')).map((row) => JSON.parse(row.body as string).aggregate.id)).toEqual([id]);
  });

  it('tells the relay after a commit that left something, and not otherwise', async () => {
    let woken = 0;
    outbox().onWake(() => { woken += 1; });
    await test.runtime.transaction(acting, ({ db }) => db.collection(pages).insert({ _id: newId('prod'), title: 'Silent', hits: 0 }));
    expect(woken).toBe(0);
    await changed(newId('prod'));
    expect(woken).toBe(1);
  });

  it('looks only where this process left something, if it is told to, and there only once', async () => {
    await publishAll(3_000);
    const other = await test.again();
    const [mine, theirs] = [newId('prod'), newId('prod')];
    const idsOf = async (where: 'here' | 'everywhere') => (await outbox().pending(100, where)).map(({ envelope }) => envelope.aggregate.id);
    await other.transaction(acting, (unit) => unit.db.collection(pages).changeOrInsert(theirs, async () => {
      await unit.emit(pageChanged, { aggregate: { id: theirs, version: 1 }, payload: { title: 'Bowls' } });
      return { title: 'Bowls', hits: 0 };
    }));
    expect(await idsOf('here')).toEqual([]);
    await changed(mine);
    // A look into a collection takes whatever is there.
    expect((await idsOf('here')).toSorted()).toEqual([mine, theirs].toSorted());
    const looked: string[] = [];
    onBoundary((name) => void looked.push(name));
    await outbox().pending(100, 'here');
    onBoundary(undefined);
    expect(looked.map((name) => name.split('/')[1])).toEqual(['find outbox:before', 'find outbox:after']);
  });

  it('keeps an event said again without a change, straight in the outbox', async () => {
    const id = newId('prod');
    await test.runtime.transaction(acting, async (unit) => {
      for (const version of [4, 5]) await unit.emit(pageChanged, { aggregate: { id, version }, payload: { title: 'Mugs' }, republished: true });
    });
    expect(await pendingOf(id)).toEqual([4, 5]);
  });
});

describe('A relay killed at any point of moving events', () => {
  it.each(['bulk outbox:before', 'bulk outbox:after', 'bulk pages:before', 'bulk pages:after'])('loses none and doubles none: %s [EVT-05]', async (point) => {
    const id = newId('prod');
    await changed(id, 3);
    const child = fork(new URL('./testing/mongo-relay-child.js', import.meta.url), [test.database, `dying/${point}`], { stdio: 'inherit' });
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
    expect(await pendingOf(id)).toEqual([1, 2, 3]);
    const rows = (await test.raw('outbox')).filter((row) => (row.body as string).includes(id));
    expect(rows).toHaveLength(3);
  });
});
