import { liveRig, type LiveRig } from '@haat/gateway/testing/live-rig';
import { eventually } from '@haat/kit/testing/eventually';
import { LiveFeed, type LivePayload } from '@haat/transport-client/live-feed';
import { transport, type Transport } from '@haat/transport-client/transport';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { liveLevels, operationOf, type SelectedLevel } from './subscriptions.js';

const levelNow = operationOf<{ level: { count: number } | null }, { id: string }>('LevelNow', 'query LevelNow($id: ID!) { level(id: $id) { count } }', 'query');

describe('the clients\' transport', () => {
  let rig: LiveRig;
  let doors: Transport[];

  beforeEach(async () => {
    rig = await liveRig();
    doors = [];
  });
  afterEach(async () => {
    doors.forEach((door) => door.close());
    await rig.close();
  });

  const opened = (options: Partial<Parameters<typeof transport>[0]> = {}): Transport => {
    const door = transport({ url: `${rig.gateway.url}/graphql`, headers: { 'x-haat-tenant': 'acme' }, sendsTexts: true, ...options });
    doors.push(door);
    return door;
  };
  const tokenOf = async (...person: Parameters<LiveRig['person']>): Promise<string> => (await rig.person(...person)).slice('Bearer '.length);
  const change = (n: number) => rig.sayer.changeLevel('ten_acme', { id: `l${n}`, vendorId: 'v1', count: n });
  /** Reads on in the background. */
  const read = (door: Transport, variables = { vendorId: 'v1' }) => {
    const feed = door.live(liveLevels, variables);
    const heard: LivePayload<{ levelChanged: SelectedLevel }>[] = [];
    const state: { error?: unknown } = {};
    const reading = async (): Promise<void> => {
      for await (const payload of feed) heard.push(payload);
    };
    void reading().catch((error: unknown) => { state.error = error; });
    return { feed, heard, state, counts: () => heard.map(({ data }) => data?.levelChanged.count) };
  };

  it('asks by the operation\'s id, and once more with another token when one is refused', async () => {
    await change(3);
    const good = await tokenOf('usr_m', ['v1']);
    const door = opened({ token: ({ isRefused }) => (isRefused ? good : 'old') });
    expect(await door.ask(levelNow, { id: 'l3' })).toMatchObject({ data: { level: { count: 3 } } });
    const byIdOnly = opened({ token: () => good, sendsTexts: false });
    expect(await byIdOnly.ask(levelNow, { id: 'l3' })).toMatchObject({ errors: [{ extensions: { code: 'OPERATION_NOT_ALLOWED', id: levelNow.id } }] });
  });

  it('listens on, with nothing missed, while its gateway stops and another one takes over', async () => {
    const token = await tokenOf('usr_m', ['v1']);
    let url = `${rig.gateway.url}/graphql`;
    const { feed, counts } = read(opened({ url: () => url, token: () => token }));
    await eventually(() => feed.cursor !== undefined);
    for (let n = 0; n < 5; n += 1) await change(n);
    await eventually(() => counts().length === 5);
    const another = await rig.anotherGateway();
    url = `${another.url}/graphql`;
    const closing = rig.gateway.close();
    for (let n = 5; n < 15; n += 1) await change(n);
    await closing;
    await eventually(() => counts().length >= 15);
    expect(counts()).toEqual(Array.from({ length: 15 }, (_, n) => n));
  });

  it('renews its token over the socket before it ends', async () => {
    const brief = await tokenOf('usr_m', ['v1'], { seconds: 2 });
    const longer = await tokenOf('usr_m', ['v1']);
    const asked: boolean[] = [];
    const { feed, counts } = read(opened({ token: ({ isRefused }) => {
      asked.push(isRefused);
      return isRefused ? longer : brief;
    } }));
    await eventually(() => feed.cursor !== undefined);
    await eventually(() => asked.length === 2);
    await change(1);
    await eventually(() => counts().length === 1);
    expect(asked).toEqual([false, true]);
  });

  it('says why it ends for good, and asks no third time with a token that is refused', async () => {
    const token = await tokenOf('usr_m', ['v2']);
    const { state } = read(opened({ token: () => token }));
    await eventually(() => state.error);
    expect(state.error).toMatchObject({ name: 'LiveEnded', code: 'FORBIDDEN' });
    const { state: refused } = read(opened({ token: () => 'old' }));
    await eventually(() => refused.error);
    expect(refused.error).toMatchObject({ name: 'LiveEnded', code: 'UNAUTHENTICATED' });
  });

  it('comes back with another token when one operation is refused for want of one, and asks no third time', async () => {
    const good = await tokenOf('usr_m', ['v1']);
    const { feed, counts } = read(opened({ token: ({ isRefused }) => (isRefused ? good : undefined) }));
    await eventually(() => feed.cursor !== undefined);
    await change(1);
    await eventually(() => counts().length === 1);
    const asked: boolean[] = [];
    const { state } = read(opened({ token: ({ isRefused }) => void asked.push(isRefused) }));
    await eventually(() => state.error);
    expect(state.error).toMatchObject({ name: 'LiveEnded', code: 'UNAUTHENTICATED' });
    expect(asked).toEqual([false, true]);
  });

  it('holds no more than a thousand payloads for a reader that takes none, and gives it all of them later', async () => {
    const token = await tokenOf('usr_m', ['v1']);
    const feed = opened({ token: () => token }).live(liveLevels, { vendorId: 'v1' });
    await eventually(() => feed.cursor !== undefined);
    for (let n = 0; n < 1_050; n += 1) await change(n);
    await eventually(() => feed instanceof LiveFeed && feed.isPaused, 20_000);
    const counts: (number | undefined)[] = [];
    for await (const { data } of feed) {
      counts.push(data?.levelChanged.count);
      if (counts.length === 1_050) break;
    }
    expect(counts).toEqual(Array.from({ length: 1_050 }, (_, n) => n));
  });

  it('ends when its reader does', async () => {
    const token = await tokenOf('usr_m', ['v1']);
    const stopping = new AbortController();
    const feed = opened({ token: () => token }).live(liveLevels, { vendorId: 'v1' }, { signal: stopping.signal });
    const next = feed.next();
    stopping.abort();
    expect(await next).toEqual({ done: true, value: undefined });
  });
});
