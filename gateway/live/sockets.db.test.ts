import { once } from 'node:events';
import { eventually } from '@haat/kit/testing/eventually';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { levelsText, liveRig, type LiveRig } from '../testing/live-rig.js';

const protocol = 'graphql-transport-ws';
const init = { type: 'connection_init', payload: { 'x-haat-tenant': 'acme' } };

describe('a socket at the door', () => {
  let rig: LiveRig;
  let authorization: string;
  let silent: Awaited<ReturnType<typeof opened>>;

  beforeAll(async () => {
    rig = await liveRig({ config: { LIVE_CONNECTIONS_PER_VIEWER: 3, LIVE_CONNECTIONS_PER_ADDRESS: 60, LIVE_SUBSCRIPTIONS_PER_SOCKET: 5, BODY_BYTES_MAX: 10_000, CORS_ORIGINS: ['https://shop.example'] } });
    authorization = await rig.person('usr_m', ['v1']);
    silent = await opened();
  });
  afterAll(() => rig.close());

  const address = () => `${rig.gateway.url.replace(/^http/, 'ws')}/graphql`;
  /** A socket without a client's care, and what it was told. */
  const opened = async (...messages: readonly (object | string | Buffer)[]): Promise<{ socket: WebSocket; heard: Record<string, unknown>[]; closed: Promise<[number, string]> }> => {
    const socket = new WebSocket(address(), protocol);
    const heard: Record<string, unknown>[] = [];
    socket.on('message', (data) => void heard.push(JSON.parse(String(data)) as Record<string, unknown>));
    const closed = once(socket, 'close').then(([code, reason]) => [code, String(reason)] as [number, string]);
    await once(socket, 'open');
    for (const message of messages) socket.send(typeof message === 'string' || message instanceof Buffer ? message : JSON.stringify(message));
    return { socket, heard, closed };
  };
  const subscribe = (id: string, query = '{ titles }') => ({ type: 'subscribe', id, payload: { query } });
  const acknowledged = (heard: readonly Record<string, unknown>[]) => eventually(() => heard.some(({ type }) => type === 'connection_ack'));

  it.each<[string, readonly (object | string | Buffer)[], number]>([
    ['an operation before init', [subscribe('1')], 4401],
    ['two inits', [init, init], 4429],
    ['an unknown type', [init, { type: 'start', id: '1' }], 4400],
    ['what is no JSON', ['hello'], 4400],
    ['a binary frame', [Buffer.from(JSON.stringify(init))], 4400],
    ['an operation without an id', [init, { type: 'subscribe', payload: { query: '{ titles }' } }], 4400],
    ['an id of a thousand characters', [init, subscribe('x'.repeat(1_000))], 4400],
    ['a message larger than a request may be', [init, subscribe('1', `{ titles } # ${'x'.repeat(20_000)}`)], 1009],
    ['a token that is none', [{ type: 'connection_init', payload: { ...init.payload, authorization: 'Bearer nonsense' } }], 4401],
    ['a tenant that is none', [{ type: 'connection_init', payload: { 'x-haat-tenant': 'nowhere' } }], 4403],
  ])('is closed for %s', async (_, messages, code) => {
    const { closed } = await opened(...messages);
    expect((await closed)[0]).toBe(code);
  });

  it('is closed for an id that is in use', async () => {
    const { socket, heard, closed } = await opened({ ...init, payload: { ...init.payload, authorization } });
    await acknowledged(heard);
    for (let n = 0; n < 2; n += 1) socket.send(JSON.stringify({ type: 'subscribe', id: 'a', payload: { query: levelsText, variables: { vendorId: 'v1' } } }));
    expect((await closed)[0]).toBe(4409);
  });

  it.each<[string, string, string | undefined, Record<string, string>, number]>([
    ['a token in the address', '?authorization=x', protocol, {}, 400],
    ['a page of another origin', '', protocol, { origin: 'https://evil.example' }, 403],
    ['a hidden origin', '', protocol, { origin: 'null' }, 403],
  ])('is not opened for %s', async (_, search, subprotocol, headers, status) => {
    const socket = new WebSocket(`${address()}${search}`, subprotocol, { headers });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain(String(status));
  });

  it('is opened for pages of its own host and those that are named', async () => {
    for (const origin of ['http://localhost:3000', 'https://shop.example']) {
      const socket = new WebSocket(address(), protocol, { headers: { origin } });
      await once(socket, 'open');
      socket.terminate();
    }
  });

  it('is closed where it speaks no subprotocol of ours', async () => {
    const socket = new WebSocket(address());
    expect((await once(socket, 'close'))[0]).toBe(4406);
  });

  it('answers a ping, and ends an operation that is not asked for any more', async () => {
    const { socket, heard } = await opened({ ...init, payload: { ...init.payload, authorization } });
    await acknowledged(heard);
    socket.send(JSON.stringify({ type: 'ping' }));
    await eventually(() => heard.some(({ type }) => type === 'pong'));
    socket.send(JSON.stringify({ type: 'subscribe', id: 'a', payload: { query: levelsText, variables: { vendorId: 'v1' } } }));
    await eventually(() => heard.some(({ type }) => type === 'ping'));
    socket.send(JSON.stringify({ type: 'complete', id: 'a' }));
    socket.send(JSON.stringify({ type: 'subscribe', id: 'a', payload: { query: '{ titles }' } }));
    await eventually(() => heard.some(({ type, id }) => type === 'complete' && id === 'a'));
    socket.terminate();
  });

  it('refuses what is too much of an operation, of operations at once, and of sockets of one viewer', async () => {
    const mine = { ...init, payload: { ...init.payload, authorization } };
    const first = await opened(mine);
    await acknowledged(first.heard);
    first.socket.send(JSON.stringify({ type: 'subscribe', id: 'deep', payload: { query: `subscription { levelChanged(vendorId: "v1") { ${Array.from({ length: 40 }, (_, n) => `a${n}: id`).join(' ')} } }` } }));
    await eventually(() => JSON.stringify(first.heard).includes('queryAliases'));
    for (let n = 0; n < 6; n += 1) first.socket.send(JSON.stringify({ type: 'subscribe', id: `s${n}`, payload: { query: levelsText, variables: { vendorId: 'v1' } } }));
    await eventually(() => JSON.stringify(first.heard).includes('subscriptionsPerSocket'));
    const others = [await opened(mine), await opened(mine)];
    await Promise.all(others.map(({ heard }) => acknowledged(heard)));
    const refused = await opened(mine);
    expect(await refused.closed).toEqual([4430, expect.stringContaining('viewer')]);
    [first, ...others].forEach(({ socket }) => socket.terminate());
    await eventually(async () => {
      const again = await opened(mine);
      const isIn = await Promise.race([acknowledged(again.heard), again.closed.then(() => false)]);
      again.socket.terminate();
      return isIn;
    });
  });

  it('is not opened when its address has too many', async () => {
    const sockets: WebSocket[] = [];
    let refused = '';
    for (let n = 0; n < 70 && refused === ''; n += 1) {
      const socket = new WebSocket(address(), protocol);
      sockets.push(socket);
      await once(socket, 'open').catch((error: unknown) => { refused = String(error); });
    }
    expect(refused).toContain('429');
    sockets.forEach((socket) => socket.terminate());
  });

  it('is closed when it does not begin', async () => {
    expect((await silent.closed)[0]).toBe(4408);
  });

  it('is not asked for the schema where it is hidden', async () => {
    const gateway = await rig.anotherGateway({ config: { INTROSPECTION: false } });
    const { client } = rig.client(authorization, { gateway });
    for await (const answer of client.iterate({ query: '{ __schema { types { name } } }' })) {
      expect(answer).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
      break;
    }
  });
});

describe('a socket that is not read', () => {
  it('is closed with its cursor and holds no memory, while others hear everything', async () => {
    const rig = await liveRig();
    onTestFinished(() => rig.close());
    const authorization = await rig.person('usr_m', ['v1']);
    const text = 'subscription { levelChanged(vendorId: "v1") { id count vendorId title } }';
    const reader = rig.client(authorization);
    const feed = reader.listen(text);
    const stuck = new WebSocket(`${rig.gateway.url.replace(/^http/, 'ws')}/graphql`, protocol);
    const told: string[] = [];
    stuck.on('message', (data) => void told.push(String(data)));
    await once(stuck, 'open');
    stuck.send(JSON.stringify({ ...init, payload: { ...init.payload, authorization } }));
    await eventually(() => told.length === 1);
    // Many feeds on one socket: what waits is bounded for each.
    for (let n = 0; n < 40; n += 1) stuck.send(JSON.stringify({ type: 'subscribe', id: `s${n}`, payload: { query: text } }));
    await eventually(() => reader.told.length > 0 && Array.from({ length: 40 }, (_, n) => `"s${n}":`).every((id) => told.some((message) => message.includes(id))));
    stuck.pause();
    const closed = once(stuck, 'close') as Promise<[number, Buffer]>;
    const padding = 'x'.repeat(150);
    for (let n = 0; n < 2_500; n += 1) await rig.sayer.changeLevel('ten_acme', { id: `${padding}${n}`, vendorId: 'v1', count: n });
    await eventually(() => rig.gateway.lines.some((line) => line.includes('"closeCode":4413')), 15_000);
    stuck.resume();
    const [code, reason] = await closed;
    expect(code).toBe(4413);
    expect(String(reason)).toMatch(/^[\w-]{40,}$/);
    await eventually(() => feed.payloads.length === 2_500, 20_000);
    expect(feed.payloads.map(({ data }) => data?.['levelChanged']?.['count'])).toEqual(Array.from({ length: 2_500 }, (_, n) => n));
  }, 60_000);
});
