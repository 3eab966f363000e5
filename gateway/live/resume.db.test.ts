import type { NatsLink } from '@haat/kit/nats';
import { eventually } from '@haat/kit/testing/eventually';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Msg, NatsConnection } from 'nats';
import type { ListenedFeed } from '../testing/live-client.js';
import { levelsText, liveRig, type LiveRig } from '../testing/live-rig.js';

interface Read {
  readonly seq: number;
}

/** A gateway's link whose reads of streams can be held back after they were answered: of those that fit, the next one. */
function heldReads(link: NatsLink): { readonly nats: NatsLink; hold(isHeld: (read: Read) => boolean): { readonly read: Promise<void>; release(): void } } {
  const holds: { readonly isHeld: (read: Read) => boolean; readonly free: Promise<void>; seen(): void }[] = [];
  const requestMany = async (connection: NatsConnection, ...[subject, payload, options]: Parameters<NatsConnection['requestMany']>) => {
    const messages: Msg[] = [];
    const found = holds.filter(({ isHeld }) => isHeld(JSON.parse(String(payload)) as Read));
    for (const one of found) holds.splice(holds.indexOf(one), 1);
    for await (const message of await connection.requestMany(subject, payload, options)) messages.push(message);
    for (const { seen, free } of found) {
      seen();
      await free;
    }
    return messages;
  };
  const through = (connection: NatsConnection) => new Proxy(connection, { get: (target, name) => (name === 'requestMany' ? requestMany.bind(undefined, target) : Reflect.get(target, name, target) as unknown) });
  const nats = new Proxy(link, { get: (target, name) => (name === 'connection' && target.connection ? through(target.connection) : Reflect.get(target, name, target) as unknown) });
  return {
    nats,
    hold(isHeld) {
      const [free, read] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      holds.push({ isHeld, free: free.promise, seen: read.resolve });
      return { read: read.promise, release: free.resolve };
    },
  };
}

describe('a feed that goes on from a cursor', () => {
  let rig: LiveRig;
  let authorization: string;

  beforeEach(async () => {
    rig = await liveRig();
    authorization = await rig.person('usr_m', ['v1']);
  });
  afterEach(() => rig.close());

  const change = (n: number, tenantId = 'ten_acme') => rig.sayer.changeLevel(tenantId, { id: `l${n}`, vendorId: 'v1', count: n });
  const changes = async (from: number, to: number): Promise<void> => {
    for (let n = from; n < to; n += 1) await change(n);
  };
  const counts = (feed: ListenedFeed) => feed.payloads.filter(({ data }) => data).map(({ data }) => data?.['changed']?.['count']);
  const cursorOf = (feed: ListenedFeed) => feed.payloads.at(-1)?.extensions?.cursor;
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);

  /** Listens to the first ten, and answers the cursor of the last one. */
  const heardTen = async (): Promise<string | undefined> => {
    const client = rig.client(authorization);
    const feed = client.listen(levelsText, { vendorId: 'v1' });
    await eventually(() => client.told.length > 0);
    await changes(0, 10);
    await eventually(() => feed.payloads.length === 10);
    await client.close();
    return cursorOf(feed);
  };

  it('hears what it missed once and in order, then what is new, from another gateway', async () => {
    const after = await heardTen();
    await changes(10, 260);
    const another = await rig.anotherGateway();
    const feed = rig.client(authorization, { gateway: another }).listen(levelsText, { vendorId: 'v1', after });
    await changes(260, 300);
    await eventually(() => feed.payloads.length >= 290);
    expect(counts(feed)).toEqual(range(10, 300));
  });

  it('hears what it missed from the same gateway, and from a cursor that came with no event', async () => {
    const client = rig.client(authorization);
    client.listen(levelsText, { vendorId: 'v1' });
    const [told] = await eventually(() => client.told.length > 0 && client.told);
    await client.close();
    const [after] = Object.values(told ?? {});
    await changes(0, 30);
    const feeds = [rig.gateway, await rig.anotherGateway()].map((gateway) => rig.client(authorization, { gateway }).listen(levelsText, { vendorId: 'v1', after }));
    await eventually(() => feeds.every(({ payloads }) => payloads.length >= 30));
    expect(feeds.map(counts)).toEqual([range(0, 30), range(0, 30)]);
  });

  it('hears nothing twice, and misses nothing, from a gateway that is behind its cursor', async () => {
    const link = await rig.broker.connectAs('gateway');
    const { nats, hold } = heldReads(link);
    const behind = await rig.anotherGateway({ nats });
    onTestFinished(() => link.drain());
    const here = rig.client(authorization);
    const there = rig.client(authorization, { gateway: behind });
    const [feed, other] = [here.listen(levelsText, { vendorId: 'v1' }), there.listen(levelsText, { vendorId: 'v1' })];
    await eventually(() => here.told.length > 0 && there.told.length > 0);
    await change(0);
    await eventually(() => feed.payloads.length === 1 && other.payloads.length === 1);
    const upstream = hold(({ seq }) => seq <= 1);
    await changes(1, 3);
    await eventually(() => feed.payloads.length === 3);
    await upstream.read;
    // What follows the cursor is read, and its answer comes when the other reading has gone past it.
    const own = hold(({ seq }) => seq >= 3);
    const late = rig.client(authorization, { gateway: behind }).listen(levelsText, { vendorId: 'v1', after: cursorOf(feed) });
    await own.read;
    await change(3);
    upstream.release();
    await eventually(() => other.payloads.length === 4);
    own.release();
    await change(4);
    await eventually(() => counts(late).includes(4));
    expect(counts(late)).toEqual([3, 4]);
  });

  it('misses nothing while the broker dies and comes back', async () => {
    const client = rig.client(authorization);
    const feed = client.listen(levelsText, { vendorId: 'v1' });
    await eventually(() => client.told.length > 0);
    for (let round = 0; round < 3; round += 1) {
      await changes(round * 20, round * 20 + 20);
      await rig.broker.kill();
      await rig.broker.start();
      await eventually(() => rig.admin.status() === 'up');
    }
    await rig.admin.connection?.flush();
    await changes(60, 70);
    await eventually(() => feed.payloads.length >= 70);
    expect(counts(feed)).toEqual(range(0, 70));
  });

  it.each<[string, (good: string) => string]>([
    ['nobody sealed', () => 'AAAA'],
    ['was changed by a bit', (good) => `${good.slice(0, 30)}${good[30] === 'A' ? 'B' : 'A'}${good.slice(31)}`],
  ])('is told of a gap by a cursor that %s, and then of what is new', async (_, spoil) => {
    const after = spoil((await heardTen()) ?? '');
    const client = rig.client(authorization);
    const feed = client.listen(levelsText, { vendorId: 'v1', after });
    await eventually(() => feed.payloads.length === 1);
    expect(feed.payloads[0]).toMatchObject({ data: null, errors: [{ extensions: { code: 'REFETCH' } }], extensions: { cursor: expect.any(String), gap: { reason: 'UNKNOWN' } } });
    await change(11);
    await eventually(() => feed.payloads.length === 2);
    expect(counts(feed)).toEqual([11]);
  });

  it('is told of a gap by another tenant\'s cursor, or another field\'s', async () => {
    const after = await heardTen();
    const foreign = rig.client(await rig.person('usr_n', ['v1'], { tenant: 'nordic' }), { tenant: 'nordic' });
    const feeds = [foreign.listen(levelsText, { vendorId: 'v1', after }), rig.client(authorization).listen('subscription ($after: String) { messageArrived(after: $after) { id } }', { after })];
    await eventually(() => feeds.every(({ payloads }) => payloads.length === 1));
    expect(feeds.map(({ payloads }) => payloads[0]?.extensions?.gap)).toEqual([{ reason: 'UNKNOWN' }, { reason: 'UNKNOWN' }]);
  });

  it('is told of a gap when the stream is another one than it was', async () => {
    const client = rig.client(authorization);
    const feed = client.listen(levelsText, { vendorId: 'v1' });
    await eventually(() => client.told.length > 0);
    await changes(0, 5);
    await eventually(() => feed.payloads.length === 5);
    const after = cursorOf(feed);
    const manager = await rig.admin.connection?.jetstreamManager();
    const { config } = (await manager?.streams.info('EVENTS_stock')) ?? {};
    await manager?.streams.delete('EVENTS_stock');
    await manager?.streams.add(config ?? {});
    await eventually(async () => {
      await change(100);
      return feed.payloads.some(({ extensions }) => extensions?.gap);
    });
    const gapAt = feed.payloads.findIndex(({ extensions }) => extensions?.gap);
    await change(200);
    await eventually(() => counts(feed).includes(200));
    expect(counts(feed).slice(0, 5)).toEqual(range(0, 5));
    expect(gapAt).toBe(5);
    const late = rig.client(authorization, { gateway: await rig.anotherGateway() }).listen(levelsText, { vendorId: 'v1', after });
    await eventually(() => late.payloads.length > 0);
    expect(late.payloads[0]?.extensions?.gap).toEqual({ reason: 'UNKNOWN' });
  });

  it('hears an event that is stored a second time once, and one that is said again not at all', async () => {
    const client = rig.client(authorization);
    const feed = client.listen(levelsText, { vendorId: 'v1' });
    await eventually(() => client.told.length > 0);
    await change(1);
    // Published again when the broker has long forgotten that it had it.
    const occurredAt = new Date(Date.now() - 600_000).toISOString();
    const level = { id: 'old', vendorId: 'v1', count: 2 };
    const id = await rig.sayer.changeLevel('ten_acme', level, { occurredAt, msgID: 'first' });
    await eventually(() => feed.payloads.length === 2);
    const after = cursorOf(feed);
    await rig.sayer.changeLevel('ten_acme', level, { id, occurredAt, msgID: 'second' });
    await rig.sayer.changeLevel('ten_acme', level, { republished: true });
    await change(3);
    await eventually(() => counts(feed).includes(3));
    expect(counts(feed)).toEqual([1, 2, 3]);
    const late = rig.client(authorization, { gateway: await rig.anotherGateway() }).listen(levelsText, { vendorId: 'v1', after });
    await eventually(() => late.payloads.length > 0);
    await change(4);
    await eventually(() => counts(late).includes(4));
    expect(counts(late)).toEqual([3, 4]);
  });
});

describe('a feed that goes on from longer ago than events are kept', () => {
  it('is told of a gap', async () => {
    const rig = await liveRig({}, 1_000);
    onTestFinished(() => rig.close());
    const authorization = await rig.person('usr_m', ['v1']);
    const client = rig.client(authorization);
    const feed = client.listen(levelsText, { vendorId: 'v1' });
    await eventually(() => client.told.length > 0);
    for (let n = 0; n < 3; n += 1) await rig.sayer.changeLevel('ten_acme', { id: `l${n}`, vendorId: 'v1', count: n });
    await eventually(() => feed.payloads.length === 3);
    const after = feed.payloads[0]?.extensions?.cursor;
    const manager = await rig.admin.connection?.jetstreamManager();
    await eventually(async () => (await manager?.streams.info('EVENTS_stock'))?.state.messages === 0);
    const late = rig.client(authorization, { gateway: await rig.anotherGateway() }).listen(levelsText, { vendorId: 'v1', after });
    await eventually(() => late.payloads.length === 1);
    expect(late.payloads[0]?.extensions?.gap).toEqual({ reason: 'RETENTION' });
    expect(feed.payloads.length).toBe(3);
  });
});
