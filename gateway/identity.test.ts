import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateKeyPair, SignJWT } from 'jose';
import type { Clock } from '@haat/kit/clock';
import { Refusal } from '@haat/kit/refusal';
import { askOverHttp } from './testing/ask-over-http.js';
import { fixtureIdentity, type FixtureIdentity } from './testing/fixture-identity.js';
import { startFixtureGateway, type FixtureGateway } from './testing/fixture-gateway.js';

const host = 'acme.localhost';
const secret = 'A'.repeat(43);

describe('who asks', () => {
  let identity: FixtureIdentity;
  let gateway: FixtureGateway;
  const askWith = (authorization?: string) => askOverHttp(gateway.url, { host, ...(authorization !== undefined && { authorization }) });

  beforeAll(async () => {
    identity = await fixtureIdentity();
    gateway = await startFixtureGateway({ asks: identity.asks });
  });
  afterAll(() => gateway.close());

  it('is a guest without a token', async () => {
    expect(await askWith()).toMatchObject({ status: 200, viewer: { kind: 'GUEST' } });
  });

  it('is the person of an access token, with the roles that identity says', async () => {
    expect(await askWith(`Bearer ${await identity.sign()}`)).toMatchObject({ status: 200, viewer: { kind: 'USER', userId: 'usr_1', roles: ['SHOPPER'] } });
  });

  it('is nobody any more when identity knows no such session', async () => {
    expect(await askWith(`Bearer ${await identity.sign({ sub: 'usr_gone' })}`)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  const second = Math.floor(Date.now() / 1000);
  it.each([
    ['expired', { exp: second - 60 }], ['not begun', { nbf: second + 300 }], ['from the future', { iat: second + 300, exp: second + 400 }],
    ['good until the year 9999', { exp: 253_370_764_800 }], ['of another issuer', { iss: 'evil' }], ['for another audience', { aud: 'other' }],
    ['without an end', { exp: undefined }], ['without a beginning', { iat: undefined }], ['without a session', { sid: undefined }],
    ['without a tenant', { ten: undefined }], ['without a person', { sub: undefined }], ['with a session that is no text', { sid: { $ne: '' } }],
  ])('is refused with a token that is %s', async (_, claims) => {
    expect(await askWith(`Bearer ${await identity.sign(claims as never)}`)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  it.each([
    ['of another type', { typ: 'JWT' }], ['without a type', { typ: undefined }], ['with an unknown key id', { kid: 'access:9' }],
    ['with a path for a key id', { kid: '../../etc/passwd' }],
    ['that brings its own key', { kid: 'evil', jwk: { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' } }], ['that says where its key is', { kid: 'evil', jku: 'http://127.0.0.1:1/' }],
  ])('is refused with a token %s', async (_, header) => {
    expect(await askWith(`Bearer ${await identity.sign({}, header)}`)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  it('is refused with a token signed by another key, with a shared secret, or not at all', async () => {
    const other = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    const good = await identity.sign();
    const [, payload = ''] = good.split('.');
    const unsigned = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload}.`;
    const published = JSON.stringify(await (await fetch(`${gateway.url}/.well-known/jwks.json`)).json());
    const shared = await new SignJWT({ sub: 'usr_1', sid: 'ses_1', ten: 'ten_acme' }).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'access:1' })
      .setIssuer('haat').setAudience('haat-api').setIssuedAt().setExpirationTime('5m').sign(new TextEncoder().encode(published));
    for (const token of [await identity.sign({}, {}, other.privateKey), unsigned, shared, `${good}x`, good.slice(0, -4), good.slice(0, good.lastIndexOf('.') + 1)]) {
      expect(await askWith(`Bearer ${token}`)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    }
  });

  it.each(['Basic YTpi', 'Bearer', 'Bearer ', 'bearer a b', `Bearer ${'x'.repeat(5_000)}`, 'Bearer haat_acme_short', 'Bearer haat_'])('is refused with the header %s', async (authorization) => {
    expect(await askWith(authorization)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  it('is the owner of an API token until it ends, in its own tenant only', async () => {
    const partner = { kind: 'TOKEN' as const, tokenId: 'tok_1', roles: ['PARTNER' as const], grants: ['orders.read'], vendors: [] };
    identity.apiTokens.set(`haat_acme_${secret}`, { viewer: partner, expiresAt: null });
    identity.apiTokens.set(`haat_acme_${'B'.repeat(43)}`, { viewer: partner, expiresAt: new Date(Date.now() - 1_000).toISOString() });
    expect(await askWith(`Bearer haat_acme_${secret}`)).toMatchObject({ status: 200, viewer: { kind: 'TOKEN', tokenId: 'tok_1' } });
    expect(await askWith(`Bearer haat_acme_${'B'.repeat(43)}`)).toMatchObject({ status: 401 });
    expect(await askWith(`Bearer haat_acme_${'C'.repeat(43)}`)).toMatchObject({ status: 401 });
    expect(await askOverHttp(gateway.url, { host: 'nordic.localhost', authorization: `Bearer haat_acme_${secret}` })).toMatchObject({ status: 401 });
    expect(await askOverHttp(gateway.url, { host: 'nordic.localhost', authorization: `Bearer haat_nordic_${secret}` })).toMatchObject({ status: 401 });
  });

  it('is the owner of an API token only from the network addresses that it names, whatever the client says of itself', async () => {
    const viewer = { kind: 'TOKEN' as const, tokenId: 'tok_2', roles: ['PARTNER' as const], grants: ['orders.read'], vendors: [] };
    const from = async (allowedAddresses: string[], headers: Record<string, string> = {}) => {
      const token = `haat_acme_${String(identity.apiTokens.size).padStart(43, 'D')}`;
      identity.apiTokens.set(token, { viewer, expiresAt: null, allowedAddresses });
      const answers = [await askOverHttp(gateway.url, { host, authorization: `Bearer ${token}`, ...headers }), await askOverHttp(gateway.url, { host, authorization: `Bearer ${token}`, ...headers })];
      return answers.map(({ status, code }) => code ?? status);
    };
    expect(await from(['127.0.0.1'])).toEqual([200, 200]);
    expect(await from(['2001:db8::/32', '127.0.0.0/8'])).toEqual([200, 200]);
    const refused = ['UNAUTHENTICATED', 'UNAUTHENTICATED'];
    expect(await from(['127.0.0.2', '10.0.0.0/8', '2001:db8::/32'])).toEqual(refused);
    expect(await from(['198.18.0.0/15'], { 'x-forwarded-for': '198.18.0.1', 'x-real-ip': '198.18.0.1', forwarded: 'for=198.18.0.1' })).toEqual(refused);
  });

  it('publishes its keys, and only public ones', async () => {
    const { keys } = await (await fetch(`${gateway.url}/.well-known/jwks.json`)).json() as { keys: Record<string, unknown>[] };
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatchObject({ kty: 'OKP', kid: 'access:1' });
    expect(keys[0]).not.toHaveProperty('d');
  });

  it('writes no token, secret or claim into the log', async () => {
    await askWith(`Bearer ${await identity.sign()}`);
    await askOverHttp(gateway.url, { host, 'x-haat-cart': 'kept-between-us-0123456789' });
    expect(gateway.lines.join('\n')).not.toMatch(/eyJ|haat_acme_|kept-between-us|usr_1/);
  });
});

describe('what the door must know and cannot ask', () => {
  it.each([
    ['SUBGRAPH_UNAVAILABLE', 503, 'SUBGRAPH_UNAVAILABLE'], ['DEADLINE_EXCEEDED', 504, 'DEADLINE_EXCEEDED'],
    ['UNAUTHENTICATED', 500, 'INTERNAL'], ['NOT_FOUND', 500, 'INTERNAL'],
  ] as const)('is answered, when the ask fails with %s, by %i without naming who failed', async (failed, status, code) => {
    const gateway = await startFixtureGateway({ asks: { ask: async () => { throw new Refusal(failed, 'tenants said so.'); } } });
    const { body, text, status: answered } = await gateway.ask('{ told }');
    await gateway.close();
    expect([answered, body.errors?.[0]?.extensions['code']]).toEqual([status, code]);
    expect(text).not.toContain('tenants');
  });
});

describe('what is kept of who asks', () => {
  it('is kept for five seconds where no broker tells of changes', async () => {
    const identity = await fixtureIdentity();
    let aheadMs = 0;
    const clock: Clock = { now: () => new Date(Date.now() + aheadMs) };
    const gateway = await startFixtureGateway({ asks: identity.asks, clock });
    const authorization = `Bearer ${await identity.sign()}`;
    const times = async (): Promise<number> => {
      expect((await askOverHttp(gateway.url, { host, authorization })).status).toBe(200);
      return identity.asked.filter((name) => name === 'viewer.resolve').length;
    };
    expect([await times(), await times()]).toEqual([1, 1]);
    aheadMs = 4_000;
    expect(await times()).toBe(1);
    aheadMs = 6_000;
    expect(await times()).toBe(2);
    identity.viewers.delete('usr_1');
    aheadMs = 12_000;
    expect((await askOverHttp(gateway.url, { host, authorization })).status).toBe(401);
    await gateway.close();
  });
});
