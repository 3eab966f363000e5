import { eventually } from '@haat/kit/testing/eventually';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { levelsText, liveRig, type LiveRig } from '../testing/live-rig.js';

describe('a live field as server-sent events', () => {
  let rig: LiveRig;
  let authorization: string;
  let stopping: AbortController;

  beforeEach(async () => {
    stopping = new AbortController();
    rig = await liveRig();
    authorization = await rig.person('usr_m', ['v1']);
  });
  afterEach(async () => {
    stopping.abort();
    await rig.close();
  });

  const change = (n: number) => rig.sayer.changeLevel('ten_acme', { id: `l${n}`, vendorId: 'v1', count: n });
  const ask = (body: object, headers: Record<string, string> = {}) => fetch(`${rig.gateway.url}/graphql`, {
    method: 'POST', signal: stopping.signal, body: JSON.stringify(body),
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', authorization, 'x-haat-tenant': 'acme', ...headers },
  });
  /** Reads on in the background. */
  const read = (response: Response): { text: () => string; ended: () => boolean } => {
    let text = '';
    let isOver = false;
    const reading = async (): Promise<void> => {
      for await (const chunk of response.body ?? []) text += new TextDecoder().decode(chunk as Uint8Array);
    };
    void reading().catch(() => undefined).finally(() => { isOver = true; });
    return { text: () => text, ended: () => isOver };
  };
  const payloads = (text: string) => [...text.matchAll(/^id: (\S+)\nevent: next\ndata: (.*)$/gm)].map(([, id, data]) => ({ id, ...(JSON.parse(data ?? '') as { data: { changed: { count: number } }; extensions: { cursor: string } }) }));

  it('comes as it happens, each with its cursor as the id, and goes on from the last id', async () => {
    const response = await ask({ query: levelsText, variables: { vendorId: 'v1' } });
    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([200, 'text/event-stream; charset=utf-8', 'no-store']);
    const stream = read(response);
    await eventually(() => stream.text().startsWith('id: '));
    for (let n = 0; n < 5; n += 1) await change(n);
    await eventually(() => payloads(stream.text()).length === 5);
    const said = payloads(stream.text());
    expect(said.map(({ data }) => data.changed.count)).toEqual([0, 1, 2, 3, 4]);
    expect(said.every(({ id, extensions }) => id === extensions.cursor)).toBe(true);
    const again = read(await ask({ query: levelsText, variables: { vendorId: 'v1' } }, { 'last-event-id': said[1]?.id ?? '' }));
    await eventually(() => payloads(again.text()).length === 3);
    expect(payloads(again.text()).map(({ data }) => data.changed.count)).toEqual([2, 3, 4]);
  });

  it('can be asked for by GET, as an EventSource does', async () => {
    const search = new URLSearchParams({ query: levelsText, variables: JSON.stringify({ vendorId: 'v1' }) }).toString();
    const stream = read(await fetch(`${rig.gateway.url}/graphql?${search}`, { signal: stopping.signal, headers: { accept: 'text/event-stream', authorization, 'x-haat-tenant': 'acme' } }));
    await eventually(() => stream.text().startsWith('id: '));
    await change(1);
    await eventually(() => payloads(stream.text()).length === 1);
  });

  it('is refused by the status of any request', async () => {
    const refused = await ask({ query: levelsText, variables: { vendorId: 'v2' } });
    expect([refused.status, await refused.json()]).toMatchObject([403, { errors: [{ extensions: { code: 'FORBIDDEN' } }] }]);
    const guest = await ask({ query: levelsText, variables: { vendorId: 'v1' } }, { authorization: '' });
    expect(guest.status).toBe(401);
    expect((await ask({ query: 'subscription { nowhere }' })).status).toBe(400);
  });

  it('says how it is listened to, where one answer is asked for', async () => {
    for (const accept of ['application/graphql-response+json', 'application/json', '*/*']) {
      const response = await ask({ query: levelsText, variables: { vendorId: 'v1' } }, { accept });
      expect(await response.json()).toMatchObject({ errors: [{ message: 'Expected a query or a mutation. A subscription is listened to over a WebSocket, or with accept: text/event-stream.', extensions: { code: 'BAD_USER_INPUT' } }] });
    }
  });

  it('leaves nothing behind of who went away while it was opened', async () => {
    const few = await rig.anotherGateway({ config: { LIVE_CONNECTIONS_PER_VIEWER: 3 } });
    await change(7);
    const watch = (signal: AbortSignal) => fetch(`${few.url}/graphql`, {
      method: 'POST', signal, body: JSON.stringify({ query: 'subscription { levelWatched(id: "l7") { count } }' }),
      headers: { accept: 'text/event-stream', 'content-type': 'application/json', authorization, 'x-haat-tenant': 'acme' },
    });
    for (let n = 0; n < 4; n += 1) {
      const held = Promise.withResolvers<void>();
      const asked = Promise.withResolvers<void>();
      rig.live.beforeLevel = () => {
        asked.resolve();
        return held.promise;
      };
      const going = new AbortController();
      const refused = watch(going.signal).catch(() => 'gone');
      await asked.promise;
      going.abort();
      expect(await refused).toBe('gone');
      // What came before this has arrived.
      await few.ask('{ titles }');
      held.resolve();
    }
    rig.live.beforeLevel = undefined;
    const response = await eventually(async () => {
      const again = await watch(stopping.signal);
      return again.status === 200 && again;
    });
    const stream = read(response);
    await eventually(() => stream.text().startsWith('id: '));
  });

  it('gives one answer to what has one', async () => {
    await change(3);
    const response = await ask({ query: '{ level(id: "l3") { count } }' });
    expect(await response.text()).toMatch(/^event: next\ndata: \{"data":\{"level":\{"count":3\}\}.*\n\nevent: complete\ndata:\n\n$/);
  });

  it('ends with a code, and with an end of the gateway', async () => {
    const stream = read(await ask({ query: levelsText, variables: { vendorId: 'v1' } }));
    await eventually(() => stream.text().startsWith('id: '));
    rig.live.levels.clear();
    await rig.sayer.changeLevel('ten_acme', { id: 'gone', vendorId: 'v1', count: 1 });
    rig.live.levels.clear();
    await change(1);
    rig.live.beforeLevel = () => rig.live.levels.clear();
    await change(2);
    await eventually(() => stream.ended());
    expect(stream.text()).toMatch(/"code":"FORBIDDEN","closeCode":4403,"cursor":"[\w-]+"\}\}\]\}\n\nevent: complete\ndata:\n\n$/);
    rig.live.beforeLevel = undefined;
    const another = await rig.anotherGateway();
    const open = read(await fetch(`${another.url}/graphql`, { method: 'POST', body: JSON.stringify({ query: levelsText, variables: { vendorId: 'v1' } }), headers: { accept: 'text/event-stream', 'content-type': 'application/json', authorization, 'x-haat-tenant': 'acme' } }));
    await eventually(() => open.text().startsWith('id: '));
    await another.close();
    await eventually(() => open.ended());
    expect(open.text()).toMatch(/event: complete\ndata:\n\n$/);
  });

  it('is not begun while its gateway stops, which waits for none', async () => {
    const another = await rig.anotherGateway();
    await change(8);
    const held = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    rig.live.beforeLevel = () => {
      asked.resolve();
      return held.promise;
    };
    const opening = fetch(`${another.url}/graphql`, {
      method: 'POST', body: JSON.stringify({ query: 'subscription { levelWatched(id: "l8") { count } }' }),
      headers: { accept: 'text/event-stream', 'content-type': 'application/json', authorization, 'x-haat-tenant': 'acme' },
    });
    await asked.promise;
    const startedAt = performance.now();
    const closing = another.close();
    await eventually(async () => (await fetch(`${another.url}/ready`).catch(() => ({ status: 503 }))).status === 503);
    held.resolve();
    rig.live.beforeLevel = undefined;
    const response = await opening;
    expect([response.status, ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code]).toEqual([503, 'SUBGRAPH_UNAVAILABLE']);
    await closing;
    // Who is still there after ten seconds is cut off.
    expect(performance.now() - startedAt).toBeLessThan(8_000);
  }, 30_000);
});
