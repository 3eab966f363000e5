import { viewerChanged } from '@haat/schema/events/identity';
import { subjectOf } from '@haat/schema/event';
import { eventually } from '@haat/kit/testing/eventually';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { levelsText, liveRig, merchant, type LiveRig } from '../testing/live-rig.js';

describe('who may listen', () => {
  let rig: LiveRig;

  beforeEach(async () => { rig = await liveRig(); });
  afterEach(() => rig.close());

  const change = (n: number, vendorId = 'v1') => rig.sayer.changeLevel('ten_acme', { id: `l${n}`, vendorId, count: n });
  const rightsChanged = async (userId: string, vendors: readonly string[] | undefined): Promise<void> => {
    if (vendors) rig.identity.viewers.set(userId, merchant(userId, vendors));
    else rig.identity.viewers.delete(userId);
    rig.admin.connection?.publish(subjectOf(viewerChanged, 'ten_acme'), JSON.stringify({ payload: { userId } }));
    await rig.admin.connection?.flush();
  };

  it.each([
    ['a guest', undefined, levelsText, { vendorId: 'v1' }, 'UNAUTHENTICATED'],
    ['a guest without a name', undefined, 'subscription { messageArrived { id } }', {}, 'UNAUTHENTICATED'],
    ['a merchant of another vendor', ['v2'], levelsText, { vendorId: 'v1' }, 'FORBIDDEN'],
    ['one under another name for the field', ['v2'], 'subscription { mine: levelChanged(vendorId: "v1") { id } }', {}, 'FORBIDDEN'],
    ['one who names what is another\'s', ['v2'], 'subscription { levelWatched(id: "l1") { id } }', {}, 'FORBIDDEN'],
    ['one who names what is not there', ['v2'], 'subscription { levelWatched(id: "none") { id } }', {}, 'FORBIDDEN'],
  ])('is not %s, told before any event', async (_, vendors, text, variables, code) => {
    await change(1);
    const client = rig.client(vendors && (await rig.person('usr_m', vendors)));
    const feed = client.listen(text, variables);
    await eventually(() => feed.ended() !== undefined);
    expect(JSON.stringify(feed.ended())).toContain(code);
    expect(feed.payloads).toEqual([]);
  });

  it('is whoever sees what is named', async () => {
    await change(1);
    const client = rig.client(await rig.person('usr_m', ['v1']));
    const feed = client.listen('subscription { levelWatched(id: "l1") { count } }');
    await eventually(() => client.told.length > 0);
    await change(1);
    await change(2);
    await eventually(() => feed.payloads.length === 1);
  });

  it('ends with a right that is lost between two events, and nothing later is heard', async () => {
    const client = rig.client(await rig.person('usr_m', ['v1', 'v2']));
    const closed: unknown[] = [];
    client.client.on('closed', (event) => void closed.push((event as { code: number }).code));
    const feed = client.listen(levelsText, { vendorId: 'v1' });
    await eventually(() => client.told.length > 0);
    await change(1);
    await eventually(() => feed.payloads.length === 1);
    await rightsChanged('usr_m', ['v2']);
    // What rights are kept for is told of by another connection than the event.
    await eventually(async () => {
      await change(2);
      return feed.ended() !== undefined;
    });
    expect(feed.ended()).toMatchObject([{ extensions: { code: 'FORBIDDEN', closeCode: 4403, cursor: expect.any(String) } }]);
    await eventually(() => closed.includes(4403));
    expect(feed.payloads.length).toBeLessThanOrEqual(2);
  });

  it.each([['a right', ['v2'], 4403], ['the account', undefined, 4401]] as const)('is nobody within five seconds after losing %s, though nothing happens', async (_, left, code) => {
    const client = rig.client(await rig.person('usr_m', ['v1']));
    const closed: unknown[] = [];
    client.client.on('closed', (event) => void closed.push((event as { code: number }).code));
    const feed = client.listen(levelsText, { vendorId: 'v1' });
    await eventually(() => client.told.length > 0);
    await rightsChanged('usr_m', left);
    await eventually(() => closed.length > 0, 5_000);
    expect(closed).toEqual([code]);
    expect(feed.payloads).toEqual([]);
  });

  it('ends with the token, unless a ping brings a newer one of the same person', async () => {
    const brief = await rig.person('usr_m', ['v1'], { seconds: -3 });
    const longer = await rig.person('usr_m', ['v1']);
    const other = await rig.person('usr_o', ['v1']);
    const closed: Record<string, number> = {};
    const clients = Object.entries({ none: undefined, longer, other }).map(([name, renewal]) => {
      const client = rig.client(brief);
      client.client.on('closed', (event) => { closed[name] = (event as { code: number }).code; });
      client.client.on('connected', (socket) => renewal && (socket as WebSocket).send(JSON.stringify({ type: 'ping', payload: { authorization: renewal } })));
      return client;
    });
    const feeds = clients.map((client) => client.listen(levelsText, { vendorId: 'v1' }));
    await eventually(() => closed['none'] !== undefined && closed['other'] !== undefined);
    expect(closed).toEqual({ none: 4401, other: 4403 });
    await change(7);
    await eventually(() => feeds[1]?.payloads.length === 1);
    expect(feeds[0]?.payloads).toEqual([]);
  });

  it('asks for each person what only that person may see', async () => {
    const clients = await Promise.all(['usr_a', 'usr_b'].map(async (userId) => rig.client(await rig.person(userId, ['v1']))));
    const feeds = clients.map((client) => client.listen('subscription { levelChanged(vendorId: "v1") { askedBy } }'));
    await eventually(() => clients.every(({ told }) => told.length > 0));
    await change(1);
    await eventually(() => feeds.every(({ payloads }) => payloads.length === 1));
    expect(feeds.map(({ payloads }) => payloads[0]?.data?.['levelChanged']?.['askedBy'])).toEqual(['usr_a', 'usr_b']);
  });
});
