import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.js';
import { fixtureIdentity, type FixtureIdentity } from '../testing/fixture-identity.js';
import type { FixtureDefinition } from '../testing/fixture-subgraphs.js';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key", "@composeDirective"])
  @link(url: "https://specs.haat.dev/cached/v1.0", import: ["@cached"]) @composeDirective(name: "@cached")
  directive @cached(seconds: Int!) on FIELD_DEFINITION | OBJECT`;

const goods: FixtureDefinition = {
  name: 'goods',
  sdl: `${link}
    type Cup @key(fields: "id") @cached(seconds: 60) { id: ID!  title: String!  size: Size!  maker: Maker }
    type Size { ml: Int! }
    type Maker @key(fields: "id") { id: ID! name: String! }
    type Listing { cups: [Cup!]!  total: Int! }
    union Thing = Cup | Maker
    type Query { cup: Cup  me: String  listing: Listing @cached(seconds: 30)  thing: Thing @cached(seconds: 90)  wrong: Cup }
    type Mutation { fill: Cup }`,
  resolvers: {
    Thing: { __resolveType: () => 'Cup' },
    Query: {
      cup: () => ({ id: 'c1', title: 'Blue', size: { ml: 250 }, maker: { id: 'm1', name: 'Ann' } }), me: () => 'Ann',
      listing: () => ({ cups: [{ id: 'c1', title: 'Blue' }], total: 1 }), thing: () => ({ id: 'c1', title: 'Blue' }), wrong: () => { throw new Error('no'); },
    },
    Mutation: { fill: () => ({ id: 'c1', title: 'Blue' }) },
  },
};
const prices: FixtureDefinition = {
  name: 'prices',
  sdl: `${link} type Cup @key(fields: "id") { id: ID!  price: Int @cached(seconds: 10) } type Query { rate: Int @cached(seconds: 5) }`,
  resolvers: { Cup: { __resolveReference: ({ id }: { id: string }) => ({ id, price: 400 }) }, Query: { rate: () => 3 } },
};

describe('what caches may keep', () => {
  let identity: FixtureIdentity;
  let gateway: FixtureGateway;
  beforeAll(async () => {
    identity = await fixtureIdentity();
    gateway = await startFixtureGateway({ asks: identity.asks, definitions: [goods, prices] });
  });
  afterAll(() => gateway.close());

  const get = (query: string, headers: Record<string, string> = {}) =>
    fetch(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`, { headers: { 'apollo-require-preflight': '1', 'x-haat-tenant': 'acme', ...headers } });
  const controlOf = async (query: string, headers?: Record<string, string>) => (await get(query, headers)).headers.get('cache-control');

  it.each([
    ['an entity as its type says', '{ cup { title } }', 'public, max-age=60'],
    ['what is part of it as long as it', '{ cup { size { ml } } }', 'public, max-age=60'],
    ['the least of all subgraphs', '{ cup { title price } }', 'public, max-age=10'],
    ['the least in fragments', '{ ...f } fragment f on Query { cup { ...g } rate } fragment g on Cup { title }', 'public, max-age=5'],
    ['a list as its field says', '{ listing { total cups { title } } }', 'public, max-age=30'],
    ['nothing of an entity of which nobody said', '{ cup { title maker { name } } }', 'private, no-cache'],
    ['nothing of a root field of which nobody said', '{ cup { title } me }', 'private, no-cache'],
    ['nothing where such an entity may come', '{ thing { ... on Cup { title } } }', 'private, no-cache'],
    ['no name of a type alone', '{ __typename }', 'private, no-cache'],
    ['no answer with an error', '{ wrong { title } }', 'no-store'],
    ['no refusal', '{ nothing }', 'no-store'],
  ])('is %s', async (_, query, control) => {
    expect(await controlOf(query)).toBe(control);
  });

  it('is a viewer\'s own where somebody is known', async () => {
    const authorization = `Bearer ${await identity.sign()}`;
    expect(await controlOf('{ cup { title } }', { authorization })).toBe('private, max-age=60');
    expect(await controlOf('{ cup { title } }', { 'x-haat-cart': 'abcdefghijklmnopqrstuvwx' })).toBe('private, max-age=60');
    expect((await get('{ cup { title } }')).headers.get('vary')).toMatch(/Authorization.*X-Haat-Tenant.*X-Haat-Cart/);
  });

  it('is nothing that was posted, whatever it is', async () => {
    expect((await gateway.ask('{ cup { title } }')).headers.get('cache-control')).toBe('no-store');
    expect((await gateway.ask('mutation { fill { title } }')).headers.get('cache-control')).toBe('no-store');
  });

  it('is 304 to whoever has it, and the same bytes for everybody', async () => {
    const [first, second] = [await get('{ cup { title price } }'), await get('{ cup { title price } }')];
    const etag = first.headers.get('etag') ?? '';
    expect(await second.text()).toBe(await first.text());
    expect(second.headers.get('etag')).toBe(etag);
    for (const header of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const same = await get('{ cup { title price } }', { 'if-none-match': header });
      expect([same.status, await same.text(), same.headers.get('etag'), same.headers.get('cache-control')]).toEqual([304, '', etag, 'public, max-age=10']);
    }
    expect((await get('{ cup { title } }', { 'if-none-match': etag })).status).toBe(200);
    expect((await get('{ wrong { title } }', { 'if-none-match': '*' })).status).toBe(200);
  });
});
