import { once } from 'node:events';
import { connect } from 'node:net';
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

  it.each([['40 characters of three bytes', '\u5b57'.repeat(40)], ['halves of characters', '\ud83d'.repeat(40)]])('is closed for an id in use of %s, and nobody else\'s is', async (_, id) => {
    const other = await opened(init);
    const { socket, heard, closed } = await opened(init);
    await acknowledged(heard);
    for (let n = 0; n < 2; n += 1) socket.send(JSON.stringify(subscribe(id)));
    expect(await closed).toEqual([4409, expect.any(String)]);
    other.socket.send(JSON.stringify(subscribe('1')));
    await eventually(() => other.heard.some(({ type }) => type === 'complete'));
    other.socket.terminate();
  });

  it('gives an id that is used again only answers of what was asked by it last', async () => {
    const held = Promise.withResolvers<void>();
    rig.live.beforeLevel = () => held.promise;
    onTestFinished(() => { rig.live.beforeLevel = undefined; });
    const { socket, heard } = await opened({ ...init, payload: { ...init.payload, authorization } });
    await acknowledged(heard);
    await rig.sayer.changeLevel('ten_acme', { id: 'slow', vendorId: 'v1', count: 1 });
    socket.send(JSON.stringify(subscribe('x', '{ level(id: "slow") { count } }')));
    socket.send(JSON.stringify({ type: 'complete', id: 'x' }));
    socket.send(JSON.stringify(subscribe('x', 'subscription { messageArrived { id } }')));
    await eventually(() => heard.some(({ type }) => type === 'ping'));
    held.resolve();
    // Asked later, answered later.
    socket.send(JSON.stringify(subscribe('y', '{ level(id: "slow") { count } }')));
    await eventually(() => heard.some(({ type, id }) => type === 'complete' && id === 'y'));
    await rig.sayer.sendMessage('ten_acme', 'm1', 'usr_m');
    await eventually(() => heard.some(({ payload }) => JSON.stringify(payload)?.includes('m1')));
    expect(heard.filter(({ id }) => id === 'x').map(({ type, payload }) => [type, JSON.stringify(payload)?.includes('messageArrived')])).toEqual([['next', true]]);
    socket.terminate();
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

  it('is closed where it speaks no subprotocol and breaks that of sockets, and nobody else\'s is', async () => {
    const socket = connect(Number(new URL(rig.gateway.url).port), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.write('GET /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n');
    await once(socket, 'data');
    // A frame that is not masked, with bits that mean nothing.
    socket.resume().write(Buffer.from([0xff, 0x01, 0x00]));
    await once(socket, 'close');
    const { heard, socket: other } = await opened(init);
    await acknowledged(heard);
    other.terminate();
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

  it('is not opened when its IPv6 network has too many, whichever of its addresses they come from', async () => {
    const gateway = await rig.anotherGateway({ config: { TRUSTED_PROXIES: ['127.0.0.1', '::1'], LIVE_CONNECTIONS_PER_ADDRESS: 3 } });
    const sockets: WebSocket[] = [];
    const from = async (forwardedFor: string): Promise<string> => {
      const socket = new WebSocket(`${gateway.url.replace(/^http/, 'ws')}/graphql`, protocol, { headers: { 'x-forwarded-for': forwardedFor } });
      sockets.push(socket);
      return once(socket, 'open').then(() => 'open', String);
    };
    for (let n = 1; n <= 3; n += 1) expect(await from(`2001:db8:1:2::${n}`)).toBe('open');
    expect(await from('2001:db8:1:2::4')).toContain('429');
    expect(await from('2001:db8:1:3::1')).toBe('open');
    sockets.forEach((socket) => socket.terminate());
  });

  it('is closed when it does not begin', async () => {
    expect((await silent.closed)[0]).toBe(4408);
  });

  it('is not asked for the schema where it is hidden', async () => {
    const gateway = await rig.anotherGateway({ config: { INTROSPECTION: false } });
    const { client } = rig.client(authorization, { gateway });
    for await (const answer of client.iterate({ query: '{ __schema { types { name } } }' })) {
      expect(answer).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
      break;
    }
  });
});

describe('a socket that is not read', () => {
  it.each<[string, number, string]>([
    ['is ended where its queries\' answers are more than may wait', 50, 'ended'],
    ['is answered no further query while as many answers wait as there may be operations', 3, 'refused'],
  ])('%s', async (_, subscriptions, outcome) => {
    const rig = await liveRig({ config: { LIVE_SUBSCRIPTIONS_PER_SOCKET: subscriptions } });
    onTestFinished(() => rig.close());
    const id = 'x'.repeat(90_000);
    await rig.sayer.changeLevel('ten_acme', { id, vendorId: 'v1', count: 1 });
    const stuck = new WebSocket(`${rig.gateway.url.replace(/^http/, 'ws')}/graphql`, protocol);
    const told: string[] = [];
    stuck.on('message', (data) => void told.push(String(data).slice(-300)));
    const closed = once(stuck, 'close').then(() => 'ended');
    await once(stuck, 'open');
    stuck.send(JSON.stringify({ ...init, payload: { ...init.payload, authorization: await rig.person('usr_m', ['v1']) } }));
    await eventually(() => told.length === 1);
    stuck.pause();
    // More than a megabyte each, until none is answered any more.
    const query = `query Large($id: ID!) { level(id: $id) { ${Array.from({ length: 14 }, (_id, n) => `a${n}: id`).join(' ')} } }`;
    let asked = 0;
    for (let isAnswered = true; isAnswered && asked < 60; asked += 1) {
      stuck.send(JSON.stringify({ type: 'subscribe', id: `q${asked}`, payload: { query, variables: { id } } }));
      isAnswered = await eventually(() => rig.live.answered.levels > asked, 4_000).catch(() => false);
    }
    stuck.resume();
    const refused = eventually(() => told.find((message) => message.includes('subscriptionsPerSocket'))).then(() => 'refused', () => 'answered');
    expect(await Promise.race([closed, refused])).toBe(outcome);
    expect(asked).toBeLessThan(60);
    stuck.terminate();
  });

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
