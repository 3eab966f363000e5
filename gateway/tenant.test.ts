import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '@haat/kit/refusal';
import type { Asks } from './asks.js';
import { fixtureIdentity, type FixtureIdentity } from './testing/fixture-identity.js';
import { startFixtureGateway, type FixtureGateway } from './testing/fixture-gateway.js';
import { askOverHttp } from './testing/ask-over-http.js';

describe('the tenant of a request', () => {
  let identity: FixtureIdentity;
  let gateway: FixtureGateway;

  /** Sends to a host by name, which fetch does not let us say. */
  const askAt = (host: string, headers: Record<string, string> = {}) => askOverHttp(gateway.url, { host, ...headers });
  const acme = { status: 200, tenant: 'acme' };

  beforeAll(async () => {
    identity = await fixtureIdentity();
    gateway = await startFixtureGateway({ asks: identity.asks });
  });
  afterAll(() => gateway.close());

  it.each([
    ['a sub-domain of ours', 'acme.localhost:4000', {}],
    ['a sub-domain in capitals with a dot at its end', 'ACME.localhost.', {}],
    ['a verified domain', 'shop.acme.example', {}],
    ['the header where the host is ours alone', 'localhost', { 'x-haat-tenant': 'acme' }],
    ['the header where the host is an address', '127.0.0.1', { 'x-haat-tenant': 'acme' }],
    ['the header where the host is nobody\'s', 'gateway.cluster.internal', { 'x-haat-tenant': 'acme' }],
    ['host and header that agree', 'shop.acme.example', { 'x-haat-tenant': 'acme' }],
  ])('is named by %s', async (_, host, headers) => {
    expect(await askAt(host, headers)).toMatchObject(acme);
  });

  it('is named by a token where nothing else does, and must be the same where something does', async () => {
    const authorization = `Bearer ${await identity.sign()}`;
    expect(await askAt('localhost', { authorization })).toMatchObject(acme);
    expect(await askAt('acme.localhost', { authorization })).toMatchObject(acme);
    expect(await askAt('nordic.localhost', { authorization })).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(await askAt('localhost', { authorization, 'x-haat-tenant': 'nordic' })).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  it.each([
    ['nothing names one', 'localhost', {}, 404, 'TENANT_UNKNOWN'],
    ['the sub-domain is nobody\'s', 'nobody.localhost', {}, 404, 'TENANT_UNKNOWN'],
    ['the sub-domain is nobody\'s though the header is somebody\'s', 'nobody.localhost', { 'x-haat-tenant': 'acme' }, 404, 'TENANT_UNKNOWN'],
    ['the sub-domain has two labels', 'a.acme.localhost', {}, 404, 'TENANT_UNKNOWN'],
    ['the domain only ends like ours', 'acme.notlocalhost', {}, 404, 'TENANT_UNKNOWN'],
    ['the header is nobody\'s', 'localhost', { 'x-haat-tenant': 'nobody' }, 404, 'TENANT_UNKNOWN'],
    ['the header is no slug', 'localhost', { 'x-haat-tenant': '../acme' }, 404, 'TENANT_UNKNOWN'],
    ['the header comes twice', 'localhost', { 'x-haat-tenant': 'acme, nordic' }, 404, 'TENANT_UNKNOWN'],
    ['host and header differ', 'nordic.localhost', { 'x-haat-tenant': 'acme' }, 400, 'BAD_USER_INPUT'],
  ])('is refused when %s', async (_, host, headers, status, code) => {
    expect(await askAt(host, headers)).toMatchObject({ status, code });
  });

  it('is refused while suspended and unknown when closed', async () => {
    const state = identity.tenants.get('nordic');
    if (!state) throw new Error('nordic is in the fixture');
    const other = await startFixtureGateway({ asks: identity.asks });
    identity.tenants.set('nordic', { ...state, status: 'SUSPENDED' });
    expect(await askOverHttp(other.url, { host: 'nordic.localhost' })).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    identity.tenants.set('nordic', { ...state, status: 'CLOSED' });
    const third = await startFixtureGateway({ asks: identity.asks });
    expect(await askOverHttp(third.url, { host: 'nordic.localhost' })).toMatchObject({ status: 404, code: 'TENANT_UNKNOWN' });
    identity.tenants.set('nordic', state);
    await Promise.all([other.close(), third.close()]);
  });

  it('cannot be said in a body or a variable', async () => {
    const { body } = await gateway.ask('query ($tenant: ID) { told }', { variables: { tenant: 'nordic', tenantId: 'ten_nordic' } });
    expect(JSON.stringify(body)).not.toContain('nordic');
  });

  it('is asked for once, however many come at the same time', async () => {
    const other = await startFixtureGateway({ asks: identity.asks });
    const before = identity.asked.filter((name) => name === 'tenant.resolve').length;
    await Promise.all(Array.from({ length: 20 }, () => other.ask('{ warehouses }')));
    await other.close();
    expect(identity.asked.filter((name) => name === 'tenant.resolve').length - before).toBe(1);
  });
});

describe('a marketplace that nobody can be asked about', () => {
  it('is served on as it was for ten minutes, and one that was not served before is not', async () => {
    const identity = await fixtureIdentity();
    let aheadMs = 0;
    let isLost = false;
    const ask: Asks['ask'] = (contract, input, context) => (isLost ? Promise.reject(new Refusal('SUBGRAPH_UNAVAILABLE', 'Away.')) : identity.asks.ask(contract, input, context));
    const gateway = await startFixtureGateway({ asks: { ask }, clock: { now: () => new Date(Date.now() + aheadMs) } });
    const at = async (slug: string) => (await askOverHttp(gateway.url, { host: `${slug}.localhost` })).status;
    expect([await at('acme'), await at('gone')]).toEqual([200, 404]);
    isLost = true;
    for (aheadMs of [6_000, 60_000, 9 * 60_000]) expect([await at('acme'), await at('nordic'), await at('gone')]).toEqual([200, 503, 503]);
    aheadMs = 11 * 60_000;
    expect(await at('acme')).toBe(503);
    isLost = false;
    expect([await at('acme'), await at('nordic'), await at('gone')]).toEqual([200, 200, 404]);
    await gateway.close();
  });
});

describe('a gateway that knows no tenants', () => {
  it('serves everybody as a guest nowhere, and signs only with a key', async () => {
    for (const isSigned of [true, false]) {
      const gateway = await startFixtureGateway({ isSigned });
      const { body } = await gateway.ask('{ told warehouses }', { headers: { authorization: 'Bearer whatever' } });
      await gateway.close();
      expect(body.errors).toBeUndefined();
      expect(body.data?.['warehouses']).toEqual(['Dhaka']);
      if (isSigned) expect(body.data?.['told']).toMatchObject({ tenant: { id: 'none' }, viewer: { kind: 'GUEST' } });
      else expect(body.data?.['told']).toBeNull();
    }
  });
});
