import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureIdentity, type FixtureIdentity } from './testing/fixture-identity.js';
import { startFixtureGateway, type FixtureGateway } from './testing/fixture-gateway.js';
import { fixtureShop } from './testing/fixture-shop.js';

describe('what a developer is told', () => {
  let identity: FixtureIdentity;
  let gateway: FixtureGateway;
  beforeAll(async () => {
    identity = await fixtureIdentity();
    gateway = await startFixtureGateway({ asks: identity.asks, definitions: fixtureShop, config: { INTROSPECTION: true } });
  });
  afterAll(() => gateway.close());

  const messageOf = async (query: string, headers: Record<string, string> = {}) => (await gateway.ask(query, { headers })).body.errors?.[0]?.message;

  it.each([
    ['a field is not there, and which is like it', '{ hiden }', /Cannot query field "hiden" .* Did you mean "hidden" or/],
    ['an argument is not there, and which is like it', '{ page(frist: 1) { total } }', /Unknown argument "frist" .* Did you mean "first" or/],
  ])('when %s', async (_, query, message) => {
    expect(await messageOf(query)).toMatch(message);
  });

  it('when no marketplace is named, or one that is none, and where to name it', async () => {
    const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ hidden }"}' });
    expect(await response.text()).toMatch(/Name a marketplace: by the host, such as acme\.localhost, or by the header x-haat-tenant\./);
    expect(await messageOf('{ hidden }', { 'x-haat-tenant': 'nobody' })).toMatch(/^There is no such marketplace: the host begins with a marketplace's slug/);
  });

  it('when a token is another marketplace\'s, and where to send it', async () => {
    const authorization = `Bearer ${await identity.sign()}`;
    expect(await messageOf('{ hidden }', { 'x-haat-tenant': 'nordic', authorization })).toMatch(/^This token is not for this marketplace: send it to the host of its own/);
  });

  it('when a GET lacks the header that other pages cannot send', async () => {
    const response = await fetch(`${gateway.url}/graphql?query=${encodeURIComponent('{ hidden }')}`, { headers: { 'x-haat-tenant': 'acme' } });
    expect(await response.text()).toMatch(/apollo-require-preflight/i);
  });

  it('when an operation costs too much: by which fields, the dearest first', async () => {
    const { status, body } = await gateway.ask('{ page(first: 100) { nodes { page(first: 100) { nodes { page(first: 100) { nodes { id } } } } } } }');
    expect(status).toBe(400);
    const { message, extensions } = body.errors?.[0] ?? { message: '', extensions: {} };
    const dearest = extensions['dearest'] as { path: string; points: number }[];
    expect(dearest[0]).toEqual({ path: 'page.nodes.page.nodes.page.nodes', points: 1_000_000 });
    expect(dearest.map(({ points }) => points)).toEqual([...dearest.map(({ points }) => points)].sort((a, b) => b - a));
    expect(message).toMatch(/The dearest fields are page\.nodes\.page\.nodes\.page\.nodes \(1000000\), .*: ask for shorter pages there/);
  });
});
