import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, dataOf, type Answer } from '../support/graph.js';
import { mutate } from '../support/mutate.js';
import { newShopper, signIn, type Person } from '../support/sign-in.js';
import { startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

const where = '{ tenant { slug } viewer { kind roles } }';

interface Where {
  readonly tenant: { readonly slug: string };
  readonly viewer: { readonly kind: string; readonly roles: string[] };
}

describe('the shop of a request', () => {
  let marketplace: TestMarketplace;
  let shopper: Person;
  beforeAll(async () => {
    marketplace = await startTestMarketplace();
    shopper = await newShopper(marketplace.door, 'acme', 'lina');
  });
  afterAll(() => marketplace.close());

  /** A request as written, with only the headers given. */
  const ask = async (headers: Record<string, string>, body: Record<string, unknown> = { query: where }): Promise<Answer<Where>> => {
    const { status, text } = await marketplace.door.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
    return { status, text, ...(JSON.parse(text) as object) };
  };
  const slugOf = async (headers: Record<string, string>) => dataOf(await ask(headers)).tenant.slug;
  const bearer = (token: string | undefined) => ({ authorization: `Bearer ${token}` });

  it('is named by the host, by the header, or by both when they agree [TEN-05]', async () => {
    expect(await slugOf({ host: 'acme.localhost' })).toBe('acme');
    expect(await slugOf({ host: 'nordic.localhost' })).toBe('nordic');
    expect(await slugOf({ host: 'localhost', 'x-haat-tenant': 'acme' })).toBe('acme');
    expect(await slugOf({ host: 'acme.localhost', 'x-haat-tenant': 'acme' })).toBe('acme');
    expect(await slugOf({ host: 'localhost', ...bearer(shopper.token) })).toBe('acme');
  });

  it('is refused when host and header name two, or nothing names one [TEN-05]', async () => {
    expect(codeOf(await ask({ host: 'acme.localhost', 'x-haat-tenant': 'nordic' }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await ask({ host: 'localhost' }))).toBe('TENANT_UNKNOWN');
    expect(codeOf(await ask({ host: 'nobody.localhost' }))).toBe('TENANT_UNKNOWN');
    expect(codeOf(await ask({ host: 'localhost', 'x-haat-tenant': 'nobody' }))).toBe('TENANT_UNKNOWN');
    expect(codeOf(await ask({ host: 'acme.localhost.evil.example' }))).toBe('TENANT_UNKNOWN');
  });

  it('cannot be named in the body: no argument, variable or extension moves a request [TEN-06]', async () => {
    const named = { query: where, variables: { tenantId: 'x', tenant: 'nordic' }, extensions: { tenant: 'nordic', 'x-haat-tenant': 'nordic' } };
    expect(dataOf(await ask({ host: 'acme.localhost' }, named)).tenant.slug).toBe('acme');
    expect(codeOf(await ask({ host: 'acme.localhost' }, { query: '{ tenant(slug: "nordic") { slug } }' }))).toBe('BAD_USER_INPUT');
    const operator = await signIn(marketplace.door, 'acme', 'operator@acme.example');
    const nordic = dataOf(await marketplace.door.ask<{ tenant: { id: string } }>({ tenant: 'nordic' }, '{ tenant { id } }')).tenant.id;
    const moved = await marketplace.door.ask(operator, 'mutation($id: ID!) { setFeature(input: {tenantId: $id, key: "reviews", isEnabled: false}) { ... on Tenant { slug } } }', { id: nordic });
    expect(codeOf(moved)).toBe('NOT_FOUND');
  });

  it('is the one the token was made in, and no other [GW-02]', async () => {
    expect(codeOf(await ask({ host: 'nordic.localhost', ...bearer(shopper.token) }))).toBe('UNAUTHENTICATED');
    expect(codeOf(await ask({ host: 'localhost', 'x-haat-tenant': 'nordic', ...bearer(shopper.token) }))).toBe('UNAUTHENTICATED');
    expect(dataOf(await ask({ host: 'acme.localhost', ...bearer(shopper.token) })).viewer).toEqual({ kind: 'USER', roles: ['SHOPPER'] });
  });

  it('stops serving within seconds when it is suspended, and serves again when it is resumed [TEN-01]', async () => {
    const { door } = marketplace;
    const platform = await signIn(door, 'haat', 'platform@haat.example');
    const opened = await mutate(door, platform, 'openTenant', { slug: 'popup', name: 'Pop-up', currency: 'EUR', locale: 'en', ownerEmail: 'owner@popup.example' }, '... on Tenant { id }');
    const guest = { tenant: 'popup' };
    const refusal = () => door.ask(guest, where).then((answer) => codeOf(answer) ?? 'none');
    await expect.poll(refusal, { timeout: 5_000 }).toBe('none');
    const someone = await newShopper(door, 'popup', 'someone');
    await mutate(door, platform, 'suspendTenant', { tenantId: opened['id'], reason: 'Unpaid.' });
    await expect.poll(refusal, { timeout: 5_000 }).toBe('FORBIDDEN');
    expect(codeOf(await door.ask(someone, where))).toBe('FORBIDDEN');
    await mutate(door, platform, 'resumeTenant', { tenantId: opened['id'] });
    await expect.poll(refusal, { timeout: 5_000 }).toBe('none');
    expect(dataOf(await door.ask<Where>(someone, where)).viewer.kind).toBe('USER');
  });

  it('and who asks are never taken from headers that only the inside may send [AUTH-14]', async () => {
    const forged = {
      host: 'acme.localhost', 'x-haat-context': 'eyJhbGciOiJub25lIn0.e30.', 'x-haat-digest': 'x', 'x-haat-viewer': '{"roles":["PLATFORM"]}', 'x-haat-tenant-id': 'ten_x',
      'x-haat-roles': 'OPERATOR', 'x-forwarded-host': 'acme.localhost', baggage: 'tenant=nordic', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    };
    expect(dataOf(await ask(forged))).toEqual({ tenant: { slug: 'acme' }, viewer: { kind: 'GUEST', roles: [] } });
    expect(codeOf(await ask(forged, { query: '{ users { totalCount } }' }))).toBe('UNAUTHENTICATED');
  });
});
