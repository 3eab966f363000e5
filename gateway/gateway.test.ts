import { signedToken } from '@haat/kit/signed-token';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureIdentity, type FixtureIdentity } from './testing/fixture-identity.js';
import { startFixtureGateway, transports, type AskOptions, type FixtureGateway } from './testing/fixture-gateway.js';
import type { Interference } from './testing/fixture-marketplace.js';

describe.each(transports)('a gateway with subgraphs %s', (transport) => {
  const interference: Interference = {};
  let identity: FixtureIdentity;
  let gateway: FixtureGateway;

  beforeAll(async () => {
    identity = await fixtureIdentity();
    gateway = await startFixtureGateway({ transport, asks: identity.asks, interference, config: { REQUEST_TIMEOUT_MS: 1_000 } });
  });
  afterAll(() => gateway.close());

  it('joins what two subgraphs know of one thing', async () => {
    const { body, status } = await gateway.ask('{ products { title available } }');
    expect(status).toBe(200);
    expect(body).toMatchObject({ data: { products: [{ title: 'Nakshi kantha', available: 10 }, { title: 'Jamdani sari', available: 20 }, { title: 'Clay cup', available: 30 }] } });
  });

  it('runs a mutation and then reads across subgraphs', async () => {
    const { body } = await gateway.ask('mutation Rename($id: ID!) { rename(id: $id, title: "Mug") { title available } }', { variables: { id: 'p3' } });
    expect(body).toMatchObject({ data: { rename: { title: 'Mug', available: 30 } }, extensions: { cost: { requested: 11, limit: 20_000 } } });
  });

  it('tells subgraphs who asks, where, in which language and until when', async () => {
    const authorization = `Bearer ${await identity.sign()}`;
    const { body, headers } = await gateway.ask('{ told }', { headers: { authorization, 'accept-language': 'bn-BD, en;q=0.5', 'idempotency-key': 'k-1' } });
    const told = body.data?.['told'] as Record<string, unknown>;
    expect(told).toMatchObject({ tenant: { id: 'ten_acme', currency: 'BDT' }, viewer: { kind: 'USER', userId: 'usr_1' }, locale: 'bn', idempotencyKey: 'k-1', clientAddress: '127.0.0.1' });
    expect(told['deadlineAt']).toBeLessThan(Date.now() + 1_000);
    expect(told['requestId']).toBe(headers.get('x-request-id'));
    expect(headers.get('content-language')).toBe('bn');
    expect(headers.get('vary')).toContain('Accept-Language');
  });

  it('lets nothing through that only the inside may say', async () => {
    const forged = { 'x-haat-context': 'forged', 'x-haat-viewer': 'usr_9', 'x-haat-roles': 'PLATFORM', traceparent: '00-11111111111111111111111111111111-2222222222222222-01', baggage: 'a=b' };
    const { body } = await gateway.ask('{ told }', { headers: forged });
    expect(body.data?.['told']).toMatchObject({ viewer: { kind: 'GUEST', roles: [] } });
    expect(JSON.stringify(body)).not.toMatch(/usr_9|1111111111|forged/);
  });

  it('names a guest by the secret of the cart and never tells the secret', async () => {
    const headers = { 'x-haat-cart': 'abcdefghijklmnopqrstuvwx' };
    const first = (await gateway.ask('{ told }', { headers })).body.data?.['told'] as { viewer: { guestKey: string } };
    const elsewhere = (await gateway.ask('{ told }', { headers: { ...headers, 'x-haat-tenant': 'nordic' } })).body.data?.['told'] as { viewer: { guestKey: string } };
    expect(first.viewer.guestKey).toMatch(/^[\w-]{43}$/);
    expect(elsewhere.viewer.guestKey).not.toBe(first.viewer.guestKey);
    expect(JSON.stringify(first)).not.toContain('abcdefghij');
  });

  it('takes the key of an order\'s link for that one order, in its marketplace, until it is over', async () => {
    const key = (tenantId: string, minutes: number) => signedToken('s'.repeat(32), { purpose: 'order', tenantId, id: 'ord_1', expiresAt: new Date(Date.now() + minutes * 60_000) });
    const acme = (await gateway.ask('{ told }')).body.data?.['told'] as { tenant: { id: string } };
    const told = (await gateway.ask('{ told }', { headers: { 'x-haat-order': key(acme.tenant.id, 1) } })).body.data?.['told'];
    expect(told).toMatchObject({ viewer: { orderId: 'ord_1' } });
    for (const bad of [key('ten_other', 1), key(acme.tenant.id, -1), 'ord_1']) expect((await gateway.ask('{ told }', { headers: { 'x-haat-order': bad } })).body.errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  });

  it('answers the rest when one subgraph is too slow', async () => {
    interference.beforeStock = () => new Promise((resolve) => { setTimeout(resolve, 2_000).unref(); });
    const startedAt = performance.now();
    const { body } = await gateway.ask('{ product(id: "p1") { title available } }');
    interference.beforeStock = undefined;
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    expect(body.data).toEqual({ product: { title: 'Nakshi kantha', available: null } });
    expect(body.errors?.map((e) => e.extensions)).toEqual([{ code: 'DEADLINE_EXCEEDED' }]);
  });

  it('passes a refusal on with its facts, and without saying whose it was', async () => {
    const { body } = await gateway.ask('{ refused(code: "FORBIDDEN") product(id: "p1") { id } }');
    expect(body.data).toEqual({ refused: null, product: { id: 'p1' } });
    expect(body.errors).toEqual([{ message: 'Refused, as was asked.', path: ['refused'], extensions: { code: 'FORBIDDEN', left: 3 } }]);
  });

  it('masks what fails inside, gives an id to quote and logs the rest under it', async () => {
    const { body, text } = await gateway.ask('{ broken }');
    const error = body.errors?.[0];
    expect(error?.extensions['code']).toBe('INTERNAL');
    expect(Object.keys(error?.extensions ?? {}).sort()).toEqual(['code', 'errorId']);
    expect(text).not.toMatch(/select|srv|internal:5432|catalog|stack/);
    expect(gateway.lines.find((line) => line.includes(String(error?.extensions['errorId'])))).toContain('select * from catalog.product');
  });

  it('says with an error, not with an extension, that a value is missing which must be there', async () => {
    const { body, text } = await gateway.ask('{ ghost { id title } }');
    expect(body.data).toEqual({ ghost: null });
    expect(body.errors?.[0]?.extensions['code']).toBe('INTERNAL');
    expect(text).not.toContain('valueCompletion');
  });

  it.each([
    ['a field that does not exist', '{ nothing }', 'BAD_USER_INPUT'],
    ['a text that is not GraphQL', '{ product(', 'BAD_USER_INPUT'],
    ['what only the gateway may ask of subgraphs', '{ _service { sdl } }', 'BAD_USER_INPUT'],
    ['entities by their keys', '{ _entities(representations: []) { __typename } }', 'BAD_USER_INPUT'],
    ['a missing variable', 'query ($id: ID!) { product(id: $id) { id } }', 'BAD_USER_INPUT'],
    ['two operations and no name', 'query A { told } query B { told }', 'BAD_USER_INPUT'],
  ])('refuses %s', async (_, query, code) => {
    const { body, status } = await gateway.ask(query);
    expect(status).toBe(400);
    expect(body.errors?.map((e) => e.extensions['code'])).toEqual([code]);
    expect(body.data).toBeUndefined();
  });

  it.each([
    ['a variable that is not there', {}, ['id']],
    ['a variable of another kind', { variables: { id: {} } }, ['id']],
    ['a cart\'s secret that is none', { headers: { 'x-haat-cart': 'short' } }, ['x-haat-cart']],
    ['an order\'s link that is none', { headers: { 'x-haat-order': 'ord_1' } }, ['x-haat-order']],
    ['a key that shows nothing', { headers: { 'idempotency-key': 'a b' } }, ['idempotency-key']],
    ['two operations and no name', { query: 'query A { told } query B { told }' }, []],
  ])('says what is wrong with an input, and where: %s', async (_, { query = 'query ($id: ID!) { product(id: $id) { id } }', ...asked }: AskOptions & { readonly query?: string }, path) => {
    const { body, status } = await gateway.ask(query, asked);
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', problems: [{ path, message: expect.stringMatching(/\w/) }] } })]]);
  });

  it.each(['', 'C', '__proto__'])('refuses to run the operation %j that is not there', async (operationName) => {
    const { body, status } = await gateway.ask('query A { told } query B { warehouses }', { operationName });
    expect([status, body.data, body.errors?.map((e) => e.extensions['code'])]).toEqual([400, undefined, ['BAD_USER_INPUT']]);
  });

  it('takes names of prototypes for plain names', async () => {
    const value = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1, "toString": "x"}') as unknown;
    const { text } = await gateway.ask('query ($constructor: JSON) { __proto__: product(id: "p1") { hasOwnProperty: title toString: id } prototype: echo(value: $constructor) }', { variables: { constructor: value } });
    expect(JSON.parse(text).data).toEqual(JSON.parse('{"__proto__": {"hasOwnProperty": "Nakshi kantha", "toString": "p1"}, "prototype": {"__proto__": {"polluted": true}, "constructor": 1, "toString": "x"}}'));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('writes one line of each operation, with its hash, its cost in fetches and no value of it', async () => {
    await gateway.ask('query Titles($id: ID!) { product(id: $id) { title available } }', { variables: { id: 'p2' } });
    const line = JSON.parse(gateway.lines.at(-1) ?? '{}') as Record<string, unknown>;
    expect(line).toMatchObject({ msg: 'answered', operation: 'Titles', operationKind: 'query', tenant: 'acme', viewer: 'GUEST', status: 200 });
    expect(line['hash']).toMatch(/^[0-9a-f]{64}$/);
    expect((line['fetches'] as { subgraph: string }[]).map((fetch) => fetch.subgraph)).toEqual(['catalog', 'stock']);
    expect(gateway.lines.at(-1)).not.toContain('p2');
  });

  it('passes a provider\'s callback on, in the tenant that its path names, with its bytes signed', async () => {
    const response = await fetch(`${gateway.url}/hooks/catalog/stripe/acme?x=1`, { method: 'POST', body: 'x'.repeat(600_000), headers: { 'stripe-signature': 't=1', authorization: 'Basic abc', 'x-haat-context': 'forged' } });
    const seen = await response.json() as { url: string; bytes: number; headers: Record<string, string>; internal: { tenant: { slug: string }; viewer: { kind: string } } };
    expect(seen).toMatchObject({ url: '/hooks/catalog/stripe/acme?x=1', bytes: 600_000, internal: { tenant: { slug: 'acme' }, viewer: { kind: 'GUEST' } } });
    expect(seen.headers).toMatchObject({ 'stripe-signature': 't=1', authorization: 'Basic abc' });
    expect(response.headers.get('etag')).toBe('"1"');
    expect(response.headers.get('x-powered-by')).toBeNull();
  });

  it('passes a person\'s upload on as that person, without the token', async () => {
    const headers = { authorization: `Bearer ${await identity.sign()}`, 'x-haat-tenant': 'acme' };
    const response = await fetch(`${gateway.url}/hooks/catalog/imports/1`, { method: 'PUT', body: 'a,b', headers });
    const seen = await response.json() as { headers: Record<string, string>; internal: { viewer: { userId: string } } };
    expect(seen.internal.viewer.userId).toBe('usr_1');
    expect(seen.headers['authorization']).toBeUndefined();
  });

  it('serves a new supergraph from the next request on, and refuses a bad one', async () => {
    await expect(gateway.swap('type Query { broken: Nothing }')).rejects.toThrow();
    expect((await gateway.ask('{ warehouses }')).body.data).toEqual({ warehouses: ['Dhaka'] });
    await gateway.swap(gateway.sdl.replace('warehouses: [String!] @join__field', 'warehouses: [String] @join__field').replace('  product(id: ID!): Product @join__field(graph: CATALOG)\n', ''));
    expect((await gateway.ask('{ product(id: "p1") { id } }')).body.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect((await gateway.ask('{ warehouses }')).body.data).toEqual({ warehouses: ['Dhaka'] });
    await gateway.swap(gateway.sdl);
  });

  it.runIf(transport === 'over HTTP')('answers the rest when one subgraph is down, without saying where it was', async () => {
    await gateway.stop('stock');
    const { body, text } = await gateway.ask('{ product(id: "p1") { title available } warehouses }');
    expect(body.data).toEqual({ product: { title: 'Nakshi kantha', available: null }, warehouses: null });
    expect(body.errors?.map((e) => e.extensions)).toEqual([{ code: 'SUBGRAPH_UNAVAILABLE' }, { code: 'SUBGRAPH_UNAVAILABLE' }]);
    expect(text).not.toMatch(/127\.0\.0\.1|ECONN|stock/);
  });
});
