import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '@haat/kit/testing/eventually';
import { fixtureIdentity } from './testing/fixture-identity.js';
import { fixtureMarketplace } from './testing/fixture-marketplace.js';
import { startFixtureGateway, type FixtureGateway } from './testing/fixture-gateway.js';

/** Older ones hand every offer over as if it were taken. */
const isAskedAboutUpgrades = process.versions.node.localeCompare('24.9.0', 'en', { numeric: true }) >= 0;

describe('the public door', () => {
  let gateway: FixtureGateway;
  const query = JSON.stringify({ query: '{ product(id: "p1") { title } }' });
  const json = { 'content-type': 'application/json', 'x-haat-tenant': 'acme' };
  const post = (headers: Record<string, string>, body: string | Uint8Array<ArrayBuffer> = query) => fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body });

  beforeAll(async () => {
    const config = { CORS_ORIGINS: ['https://shop.example'], BODY_BYTES_MAX: 4_096 };
    gateway = await startFixtureGateway({ asks: (await fixtureIdentity()).asks, config, metrics: async () => 'requests 1\n' });
  });
  afterAll(() => gateway.close());

  it.each([
    ['text/plain'], ['application/x-www-form-urlencoded'], ['multipart/form-data; boundary=x'], ['application/graphql'],
    ['application/json; charset=utf-7'], ['application/json; charset=utf-16'], ['application/json; charset=ibm037'], ['application/json; charset=unknown'],
  ])('refuses a body of the type %s', async (type) => {
    const response = await post({ ...json, 'content-type': type });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT', problems: [{ path: [] }] } }] });
  });

  it('refuses a compressed body', async () => {
    expect((await post({ ...json, 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it.each([
    ['broken JSON', '{"query": '], ['a list of operations', `[${query},${query}]`], ['a bare text', '"query"'], ['nothing', ''],
    ['bytes that are not UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['an operation name that is a list', '{"query": "{ told }", "operationName": ["a"]}'],
  ])('refuses %s with 400', async (_, body) => {
    const response = await post(json, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT', problems: [{ path: [] }] } }] });
  });

  it('refuses a body above the limit, declared or not, and goes on serving', async () => {
    const large = JSON.stringify({ query: `{ told } #${'x'.repeat(10_000)}` });
    expect((await post(json, large)).status).toBe(413);
    const chunked = await said(gateway.url, `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nx-haat-tenant: acme\r\ntransfer-encoding: chunked\r\n\r\n2710\r\n${'x'.repeat(10_000)}\r\n`);
    expect(chunked).toMatch(/^HTTP\/1\.1 413 /);
    expect((await post(json)).status).toBe(200);
  });

  it('refuses a mutation by GET, and a query by GET that any page could send', async () => {
    const get = (search: string, headers: Record<string, string> = {}) => fetch(`${gateway.url}/graphql?${search}`, { headers: { 'x-haat-tenant': 'acme', ...headers } });
    const preflighted = { 'apollo-require-preflight': '1' };
    expect((await get('query={warehouses}')).status).toBe(400);
    expect((await get('query={warehouses}', preflighted)).status).toBe(200);
    expect((await get(`query=${encodeURIComponent('mutation { rename(id: "p1", title: "x") { id } }')}`, preflighted)).status).toBe(405);
  });

  it.each(['null', 'https://shop.example.evil', 'https://evil.example', 'http://shop.example', 'https://shop.example:8443'])('lets no page of the origin %s read an answer', async (origin) => {
    const response = await post({ ...json, origin });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await fetch(`${gateway.url}/graphql`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin'), preflight.headers.get('access-control-allow-methods')]).toEqual([204, null, null]);
  });

  it('lets a page of an allowed origin ask, read and send our headers, without credentials', async () => {
    const origin = 'https://shop.example';
    const preflight = await fetch(`${gateway.url}/graphql`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-haat-tenant' } });
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-allow-headers')?.split(', ')).toEqual(expect.arrayContaining(['x-haat-tenant', 'last-event-id']));
    const response = await post({ ...json, origin });
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    expect(response.headers.get('vary')).toContain('Origin');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['GET', '/health', 200], ['HEAD', '/health', 200], ['GET', '/ready', 200], ['GET', '/.well-known/jwks.json', 200], ['GET', '/metrics', 200],
    ['POST', '/health', 405], ['TRACE', '/health', 405], ['TRACE', '/graphql', 405], ['DELETE', '/graphql', 405], ['BREW', '/graphql', 400],
    ['GET', '/', 404], ['GET', '/sandbox', 404], ['GET', '/health/', 404], ['GET', '/health%00', 404], ['GET', '/%68ealth', 404],
    ['GET', '/health/../metrics', 404], ['GET', '/hooks/../health', 404], ['POST', '/hooks/catalog/../../graphql', 404],
    ['POST', '/hooks/catalog/%2e%2e/acme', 404], ['POST', '/hooks/catalog//acme', 404], ['POST', '/hooks/nobody/x/acme', 404], ['DELETE', '/hooks/catalog/x/acme', 405],
    ['POST', '/hooks/catalog/x/nobody', 404], ['CONNECT', 'localhost:1', 405],
  ])('answers %s %s with %i', async (method, path, status) => {
    const answer = await said(gateway.url, `${method} ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).not.toMatch(/node:|\.js|stack|apollo/i);
  });

  it('goes on serving when somebody asks for a tunnel and breaks off without a look at the answer', async () => {
    for (let n = 0; n < 5; n += 1) {
      const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      await new Promise<void>((resolve) => socket.write('CONNECT x:1 HTTP/1.1\r\nhost: x\r\n\r\n', () => resolve()));
      socket.resetAndDestroy();
      await once(socket, 'close');
      expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
    }
  });

  it.runIf(isAskedAboutUpgrades)('answers who offers another protocol than sockets as if nothing was offered', async () => {
    const offered = 'host: localhost\r\nconnection: upgrade, http2-settings, close\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n';
    expect(await said(gateway.url, `GET /health HTTP/1.1\r\n${offered}\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
    const asked = await said(gateway.url, `POST /graphql HTTP/1.1\r\n${offered}content-type: application/json\r\nx-haat-tenant: acme\r\ncontent-length: ${query.length}\r\n\r\n${query}`);
    expect(asked).toMatch(/^HTTP\/1\.1 200 /);
    expect(asked).toContain('"title"');
  });

  it('shows figures to nobody who comes through a proxy', async () => {
    expect((await fetch(`${gateway.url}/metrics`, { headers: { 'x-forwarded-for': '127.0.0.1' } })).status).toBe(404);
  });

  it('refuses large headers, many headers and control characters in them', async () => {
    const ask = (headers: string) => said(gateway.url, `GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n${headers}\r\n`);
    expect(await ask(`x-large: ${'x'.repeat(64 * 1024)}\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
    expect(await ask(Array.from({ length: 200 }, (_, n) => `x-${n}: 1\r\n`).join(''))).toMatch(/^HTTP\/1\.1 431 /);
    expect(await ask('x-odd: a\x01b\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('refuses two lengths, and a length beside chunks', async () => {
    const ask = (headers: string) => said(gateway.url, `POST /graphql HTTP/1.1\r\nhost: localhost\r\n${headers}\r\n{}`);
    expect(await ask('content-length: 2\r\ncontent-length: 3\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await ask('content-length: 2\r\ntransfer-encoding: chunked\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('believes nobody\'s word of another host, address or method', async () => {
    const forged = { 'x-forwarded-host': 'nordic.localhost', forwarded: 'host=nordic.localhost;for=10.0.0.1', 'x-forwarded-for': '10.0.0.1', 'x-original-url': '/metrics', 'x-http-method-override': 'DELETE' };
    const response = await post({ ...json, ...forged }, '{"query": "{ told }"}');
    expect(await response.json()).toMatchObject({ data: { told: { tenant: { slug: 'acme' }, clientAddress: '127.0.0.1' } } });
  });
});

describe('bodies under /hooks/', () => {
  let gateway: FixtureGateway;
  let authorization: string;
  const room = 4 * 1024 * 1024;
  const send = (more: RequestInit & { readonly duplex?: 'half' } = {}, path = 'x/acme') => fetch(`${gateway.url}/hooks/catalog/${path}`, { method: 'POST', ...more });
  const codeOf = async (response: Response) => [response.status, (await response.json() as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code];

  beforeEach(async () => {
    const identity = await fixtureIdentity();
    authorization = `Bearer ${await identity.sign()}`;
    // An address has 20,000 points, and gets none back.
    const config = { RATE_ADDRESS_PER_SECOND: 0.001, HOOK_SPOOL_BYTES_MAX: room };
    gateway = await startFixtureGateway({ asks: identity.asks, config });
  });
  afterEach(() => gateway.close());

  it('are small where nobody of ours sends them, and large from a person', async () => {
    const body = 'x'.repeat(2 * 1024 * 1024);
    expect(await codeOf(await send({ body }))).toEqual([413, 'BAD_USER_INPUT']);
    expect(await codeOf(await send({ body: streamOf(body), duplex: 'half' }))).toEqual([413, 'BAD_USER_INPUT']);
    expect((await send({ body: body.slice(0, 1024 * 1024) })).status).toBe(200);
    expect(await (await send({ body, headers: { authorization, 'x-haat-tenant': 'acme' } })).json()).toMatchObject({ bytes: 2 * 1024 * 1024 });
  });

  it('are paid for by their sender\'s address, as a tenant that is none is', async () => {
    for (let n = 0; n < 190; n += 1) expect((await send({}, 'x/nobody')).status).toBe(404);
    // Of 20,000 points 101 are gone for each, and a megabyte takes 257.
    const body = 'x'.repeat(1024 * 1024);
    for (let n = 0; n < 3; n += 1) expect((await send({ body })).status).toBe(200);
    expect(await codeOf(await send({ body }))).toEqual([429, 'RATE_LIMITED']);
  });

  it('are a change that has all the time its sender has, where a look has a subgraph\'s', async () => {
    const late = { done: Promise.withResolvers<void>(), asked: 0 };
    const definitions = fixtureMarketplace().map((definition) => ({ ...definition, hook: async () => {
      late.asked += 1;
      await late.done.promise;
      return { status: 200, headers: {}, body: 'done' };
    } }));
    const slow = await startFixtureGateway({ asks: (await fixtureIdentity()).asks, definitions, config: { SUBGRAPH_TIMEOUT_MS: 100 } });
    const call = (method: string) => fetch(`${slow.url}/hooks/catalog/x/acme`, { method });
    const told = call('POST');
    await eventually(() => late.asked === 1);
    expect(await codeOf(await call('GET'))).toEqual([504, 'DEADLINE_EXCEEDED']);
    late.done.resolve();
    expect(await (await told).text()).toBe('done');
    await slow.close();
  });

  it('may be answered by a file that is larger than what an operation is answered with, up to its own limit', async () => {
    const definitions = fixtureMarketplace().map((definition) => ({ ...definition, hook: async ({ url }: { readonly url: string }) => ({ status: 200, headers: { 'content-type': 'text/csv' }, body: 'x'.repeat(Number(url.split('=')[1]) * 1024 * 1024) }) }));
    const apart = await startFixtureGateway({ asks: (await fixtureIdentity()).asks, definitions, transport: 'over HTTP' });
    const file = await fetch(`${apart.url}/hooks/catalog/files/acme?megabytes=40`);
    expect([file.status, (await file.arrayBuffer()).byteLength]).toEqual([200, 40 * 1024 * 1024]);
    expect(await codeOf(await fetch(`${apart.url}/hooks/catalog/files/acme?megabytes=65`))).toEqual([400, 'TOO_EXPENSIVE']);
    await apart.close();
  });

  it('have so much room together and no more, and strangers a quarter of it', async () => {
    const held = request(`${gateway.url}/hooks/catalog/x/acme`, { method: 'POST' });
    held.write(new Uint8Array(900 * 1024));
    await eventually(async () => (await codeOf(await send({ body: 'x'.repeat(200 * 1024) })))[0] === 503);
    expect((await send({ body: 'x'.repeat(2 * 1024 * 1024), headers: { authorization, 'x-haat-tenant': 'acme' } })).status).toBe(200);
    const [answer] = await Promise.all([once(held, 'response') as Promise<[IncomingMessage]>, held.end()]);
    expect(answer[0].resume().statusCode).toBe(200);
    expect((await send({ body: 'x'.repeat(200 * 1024) })).status).toBe(200);
  });
});

/** A body whose size is not said before. */
function streamOf(text: string): ReadableStream<Uint8Array> {
  return new Blob([text]).stream();
}

describe('the door behind a proxy of ours', () => {
  it('believes the proxy, and of addresses the nearest one that is not a proxy', async () => {
    const gateway = await startFixtureGateway({ asks: (await fixtureIdentity()).asks, config: { TRUSTED_PROXIES: ['127.0.0.0/8', '10.0.0.0/8'] } });
    const headers = { 'x-haat-tenant': 'acme', 'x-forwarded-host': 'acme.localhost', 'x-forwarded-for': '1.2.3.4, 203.0.113.9, 10.1.1.1' };
    const { body } = await gateway.ask('{ told }', { headers });
    await gateway.close();
    expect(body.data?.['told']).toMatchObject({ clientAddress: '203.0.113.9' });
  });
});

/** Writes raw bytes to the door and reads until it closes. */
function said(url: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text, 'latin1'));
    socket.setEncoding('latin1').setTimeout(5_000, () => socket.destroy(new Error(`No end after: ${answer.slice(0, 200)}`)));
    socket.on('data', (part: string) => { answer += part; });
    socket.on('error', (error) => (answer === '' ? reject(error) : resolve(answer)));
    socket.on('close', () => resolve(answer));
  });
}
