import { eventually } from '@haat/kit/testing/eventually';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { levelsText, liveRig, type LiveRig } from '../testing/live-rig.js';

describe('a live field over a socket', () => {
  let rig: LiveRig;

  beforeEach(async () => { rig = await liveRig(); });
  afterEach(() => rig.close());

  it('gives every event that concerns it once and in order, with what any subgraph has of it', async () => {
    const client = rig.client(await rig.person('usr_m', ['v1']));
    const feed = client.listen(levelsText, { vendorId: 'v1' });
    await eventually(() => client.told.length > 0);
    for (let n = 0; n < 300; n += 1) await rig.sayer.changeLevel('ten_acme', { id: `l${n}`, vendorId: n % 3 === 0 ? 'v2' : 'v1', count: n });
    await eventually(() => feed.payloads.length === 200);
    const wanted = Array.from({ length: 300 }, (_, n) => n).filter((n) => n % 3 !== 0);
    expect(feed.payloads.map(({ data }) => data?.['changed'])).toEqual(wanted.map((n) => ({ id: `l${n}`, count: n, title: `Shelf l${n}` })));
    expect(new Set(feed.payloads.map(({ extensions }) => extensions?.cursor)).size).toBe(200);
    expect(feed.payloads.every(({ errors }) => errors === undefined)).toBe(true);
  });

  it('gives only what its arguments and its person ask for', async () => {
    const client = rig.client(await rig.person('usr_m', ['v1']));
    const low = client.listen(levelsText, { vendorId: 'v1', lowOnly: true });
    const mine = client.listen('subscription { messageArrived { id userId } }');
    await eventually(() => Object.keys(Object.assign({}, ...client.told)).length === 2);
    for (let n = 0; n < 10; n += 1) {
      await rig.sayer.changeLevel('ten_acme', { id: `l${n}`, vendorId: 'v1', count: n });
      await rig.sayer.sendMessage('ten_acme', `m${n}`, n % 2 === 0 ? 'usr_m' : 'usr_other');
      await rig.sayer.changeLevel('ten_nordic', { id: `l${n}`, vendorId: 'v1', count: 1 });
    }
    await eventually(() => low.payloads.length >= 5 && mine.payloads.length >= 5);
    expect(low.payloads.map(({ data }) => data?.['changed']?.['count'])).toEqual([0, 1, 2, 3, 4]);
    expect(mine.payloads.map(({ data }) => data?.['messageArrived']?.['id'])).toEqual(['m0', 'm2', 'm4', 'm6', 'm8']);
  });

  it('says the last of a burst where that is enough, and all of it where it is not', async () => {
    const authorization = await rig.person('usr_m', ['v1']);
    const [slow, whole] = [rig.client(authorization), rig.client(authorization)];
    const feeds = [slow.listen('subscription { levelsCoalesced(vendorId: "v1") { id count } }'), whole.listen(levelsText, { vendorId: 'v1' })];
    await eventually(() => slow.told.length > 0 && whole.told.length > 0);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => { release = resolve; });
    rig.live.beforeLevel = () => held;
    for (let n = 0; n < 20; n += 1) await rig.sayer.changeLevel('ten_acme', { id: n % 2 === 0 ? 'even' : 'odd', vendorId: 'v1', count: n });
    await eventually(() => rig.live.levels.get('ten_acme odd')?.count === 19);
    release();
    await eventually(() => feeds[1]?.payloads.length === 20);
    const said = feeds[0]?.payloads.map(({ data }) => data?.['levelsCoalesced']?.['id']) ?? [];
    expect(said.length).toBeLessThan(6);
    expect(said.slice(-2)).toEqual(['even', 'odd']);
    expect(feeds[0]?.payloads.at(-1)?.extensions?.cursor).toBe(feeds[1]?.payloads.at(-1)?.extensions?.cursor);
  });

  it('asks once what is listened to alike by one person, on however many sockets', async () => {
    const authorization = await rig.person('usr_m', ['v1']);
    const clients = Array.from({ length: 20 }, () => rig.client(authorization));
    const feeds = clients.map((client) => client.listen(levelsText, { vendorId: 'v1' }));
    await eventually(() => clients.every(({ told }) => told.length > 0));
    for (let n = 0; n < 10; n += 1) await rig.sayer.changeLevel('ten_acme', { id: `l${n}`, vendorId: 'v1', count: n });
    await eventually(() => feeds.every(({ payloads }) => payloads.length === 10));
    expect(rig.live.answered).toEqual({ levels: 10, titles: 10 });
  });

  it('asks once what people with the same rights listen to alike, and apart what is about each of them', async () => {
    const clients = await Promise.all(Array.from({ length: 10 }, async (_, n) => rig.client(await rig.person(`usr_${n}`, ['v1']))));
    const others = await Promise.all(Array.from({ length: 5 }, async (_, n) => rig.client(await rig.person(`usr_o${n}`, ['v1', 'v2']))));
    const alike = [...clients, ...others].map((client) => client.listen(levelsText, { vendorId: 'v1' }));
    await eventually(() => [...clients, ...others].every(({ told }) => told.length > 0));
    for (let n = 0; n < 10; n += 1) await rig.sayer.changeLevel('ten_acme', { id: `l${n}`, vendorId: 'v1', count: n });
    await eventually(() => alike.every(({ payloads }) => payloads.length === 10));
    expect(rig.live.answered).toEqual({ levels: 20, titles: 20 });
    const apart = clients.map((client) => client.listen('subscription { levelChanged(vendorId: "v1") { count askedBy } }'));
    await eventually(() => clients.every(({ told }) => Object.keys(Object.assign({}, ...told)).length === 2));
    for (let n = 0; n < 10; n += 1) await rig.sayer.changeLevel('ten_acme', { id: `l${n}`, vendorId: 'v1', count: n });
    await eventually(() => apart.every(({ payloads }) => payloads.length === 10));
    apart.forEach(({ payloads }, n) => expect(new Set(payloads.map(({ data }) => data?.['levelChanged']?.['askedBy']))).toEqual(new Set([`usr_${n}`])));
  });

  it('answers queries and mutations on the same socket, by the same rules', async () => {
    const { client } = rig.client(await rig.person('usr_m', ['v1']));
    await rig.sayer.changeLevel('ten_acme', { id: 'l1', vendorId: 'v1', count: 3 });
    const once = async (query: string): Promise<unknown> => {
      for await (const answer of client.iterate({ query })) return answer;
      return undefined;
    };
    expect(await once('{ level(id: "l1") { count title } }')).toMatchObject({ data: { level: { count: 3, title: 'Shelf l1' } } });
    expect(await once('mutation { nothing }')).toMatchObject({ data: { nothing: true } });
    expect(await once('{ nowhere }')).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });
});
