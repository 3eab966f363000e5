import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keysList, viewerResolve } from '@haat/schema/asks/identity';
import { platformTenant, testViewer } from '@haat/kit/testing/test-tenant';
import { goodPassword, IdentityRig, someTenant, type Person } from '../testing/identity-rig.js';

let rig: IdentityRig;
beforeAll(async () => { rig = await IdentityRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const ended = { __typename: 'SessionEnded', message: 'The session is over. Sign in again.' };
const refresh = ({ asker: { tenant } }: Person, refreshToken: string, idempotencyKey?: string) => rig.mutate({ tenant, idempotencyKey }, 'refreshSession', { refreshToken });
const resolve = async ({ asker, userId, sessionId }: Person) => (await rig.subgraph.put({ tenant: asker.tenant }, viewerResolve, { userId, sessionId })).viewer;

describe('refreshSession', () => {
  it('gives a refresh token for new tokens of the same session, and moves its end [AUTH-09]', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    rig.clock.advance(29 * 86_400_000);
    const next = rig.person(tenant, ann.email, await refresh(ann, ann.refreshToken));
    expect(next.sessionId).toBe(ann.sessionId);
    expect(next.refreshToken).not.toBe(ann.refreshToken);
    rig.clock.advance(29 * 86_400_000);
    expect(await refresh(ann, next.refreshToken)).toMatchObject({ __typename: 'SignInSucceeded' });
  });

  it('ends the whole session when a token is used a second time [AUTH-09]', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    const next = rig.person(tenant, ann.email, await refresh(ann, ann.refreshToken));
    expect(await refresh(ann, ann.refreshToken)).toEqual(ended);
    expect(await refresh(ann, next.refreshToken)).toEqual(ended);
    expect(await resolve(ann)).toBeNull();
    expect(await rig.said(tenant.id, 'session-revoked')).toEqual([{ sessionId: ann.sessionId, userId: ann.userId, why: 'TOKEN_REUSED' }]);
  });

  it('leaves no branch alive when one token is used twenty times at the same instant [AUTH-09]', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => refresh(ann, ann.refreshToken)));
    const branches = outcomes.filter((o) => o.__typename === 'SignInSucceeded');
    expect(branches.length).toBeLessThanOrEqual(1);
    for (const branch of branches) expect(await refresh(ann, String(branch['refreshToken']))).toEqual(ended);
    expect(await resolve(ann)).toBeNull();
    expect(await rig.said(tenant.id, 'session-revoked')).toHaveLength(1);
  });

  it('gives the same refresh token to a request that is sent again under its key, also at the same instant: one branch lives [AUTH-09]', async () => {
    const ann = await rig.shopper(someTenant().tenant);
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => refresh(ann, ann.refreshToken, 'page-1')));
    const [next, ...others] = new Set(outcomes.map((outcome) => String(outcome['refreshToken'])));
    expect([outcomes.every(({ __typename }) => __typename === 'SignInSucceeded'), others]).toEqual([true, []]);
    rig.clock.advance(86_400_000);
    expect(await refresh(ann, ann.refreshToken, 'page-1')).toMatchObject({ refreshToken: next });
    expect(await refresh(ann, String(next), 'page-1')).toMatchObject({ __typename: 'SignInSucceeded', refreshToken: expect.not.stringMatching(`^${next}$`) });
    expect(await rig.said(ann.asker.tenant.id, 'session-revoked')).toEqual([]);
  });

  it.each([
    ['without its key', undefined, false], ['under another key', 'page-2', false], ['under its key, once what it was given is used', 'page-1', true],
  ])('ends the session when a token is used a second time %s', async (_, key, isNextUsed) => {
    const ann = await rig.shopper(someTenant().tenant);
    const { refreshToken: next } = await refresh(ann, ann.refreshToken, 'page-1');
    if (isNextUsed) await refresh(ann, String(next), 'page-1');
    expect(await refresh(ann, ann.refreshToken, key)).toEqual(ended);
    expect([await refresh(ann, String(next), 'page-1'), await resolve(ann)]).toEqual([ended, null]);
  });

  it('gives nothing again of a session that ended meanwhile', async () => {
    const ann = await rig.shopper(someTenant().tenant);
    await refresh(ann, ann.refreshToken, 'page-1');
    await rig.mutate(ann.asker, 'signOut');
    expect(await refresh(ann, ann.refreshToken, 'page-1')).toEqual(ended);
  });

  it('ends no other session of the person', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    const other = await rig.signIn(tenant, ann.email);
    await refresh(ann, ann.refreshToken);
    await refresh(ann, ann.refreshToken);
    expect(await refresh(other, other.refreshToken)).toMatchObject({ __typename: 'SignInSucceeded' });
  });

  it('refuses tokens that are unknown, far too long, of another marketplace, or access tokens', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const ann = await rig.shopper(here.tenant);
    for (const token of ['x', 'x'.repeat(100_000), ann.accessToken]) expect(await refresh(ann, token)).toEqual(ended);
    expect(await rig.mutate(there.guest, 'refreshSession', { refreshToken: ann.refreshToken })).toEqual(ended);
    expect(await refresh(ann, ann.refreshToken)).toMatchObject({ __typename: 'SignInSucceeded' });
  });

  it('refuses after signing out, after a changed password, of a switched-off or erased person, and of a session that ran out [AUTH-09, AUTH-10]', async () => {
    const { tenant, operator } = someTenant();
    const [out, changed, off, erased, old] = [await rig.shopper(tenant), await rig.shopper(tenant), await rig.shopper(tenant), await rig.shopper(tenant), await rig.shopper(tenant)];
    await rig.mutate(out.asker, 'signOut');
    await rig.mutate((await rig.signIn(tenant, changed.email)).asker, 'changePassword', { currentPassword: goodPassword, newPassword: 'another good one 9' });
    await rig.mutate(operator, 'deactivateUser', { userId: off.userId });
    await rig.mutate(erased.asker, 'eraseUser', {});
    for (const person of [out, changed, off, erased]) expect(await refresh(person, person.refreshToken)).toEqual(ended);
    rig.clock.advance(30 * 86_400_000);
    expect(await refresh(old, old.refreshToken)).toEqual(ended);
    expect(await resolve(old)).toBeNull();
  });

  it('keeps refresh tokens as hashes, and what is given again sealed', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    const next = await refresh(ann, ann.refreshToken, 'page-1');
    const kept = JSON.stringify(await rig.subgraph.query('select * from identity.refresh_token'));
    for (const secret of [ann.refreshToken, String(next['refreshToken']), 'page-1']) expect(kept).not.toContain(secret);
  });
});

describe('an access token', () => {
  const keysOf = async (): Promise<JSONWebKeySet> => ({ keys: (await rig.subgraph.put({ tenant: platformTenant }, keysList, {})).keys as unknown as JSONWebKeySet['keys'] });

  it('verifies with the published keys, and says who and which session for ten minutes and nothing more [AUTH-02]', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    const { payload, protectedHeader } = await jwtVerify(ann.accessToken, createLocalJWKSet(await keysOf()), { issuer: 'haat', audience: 'haat-api', typ: 'at+jwt', algorithms: ['EdDSA'], currentDate: rig.clock.now() });
    expect(protectedHeader).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid: 'access:1' });
    const iat = Math.floor(rig.clock.now().getTime() / 1_000);
    expect(payload).toEqual({ iss: 'haat', aud: 'haat-api', sub: ann.userId, sid: ann.sessionId, ten: tenant.id, jti: expect.stringMatching(/^tok_/), iat, exp: iat + 600 });
  });

  it('is signed with keys of which only the public half is published [AUTH-02]', async () => {
    const { keys } = await keysOf();
    expect(keys).toEqual([{ kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid: 'access:1', alg: 'EdDSA', use: 'sig' }]);
    const ann = await rig.shopper(someTenant().tenant);
    expect(keys.map((k) => k.kid)).toContain(decodeProtectedHeader(ann.accessToken).kid);
  });
});

describe('viewer.resolve', () => {
  it('says what the person behind a session may do now [AUTH-07, AUTH-14]', async () => {
    const { tenant, operator } = someTenant();
    const ann = await rig.shopper(tenant);
    const shopper = { kind: 'USER', userId: ann.userId, sessionId: ann.sessionId, roles: ['SHOPPER'], grants: [], vendors: [] };
    expect(await resolve(ann)).toEqual(shopper);
    await rig.mutate(operator, 'grantRole', { userId: ann.userId, role: 'MERCHANT', grants: ['orders.manage'] });
    expect(await resolve(ann)).toEqual({ ...shopper, roles: ['SHOPPER', 'MERCHANT'], grants: ['orders.manage'] });
    await rig.mutate(operator, 'grantRole', { userId: ann.userId, role: 'OPERATOR' });
    expect((await resolve(ann))?.grants).toEqual(['*', 'orders.manage']);
  });

  it('knows no session that ended, of a switched-off person, of another person or marketplace [AUTH-10, AUTH-14]', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const [ann, bea, off] = [await rig.shopper(here.tenant), await rig.shopper(here.tenant), await rig.shopper(here.tenant)];
    expect(await resolve({ ...ann, userId: bea.userId })).toBeNull();
    expect(await resolve({ ...ann, asker: there.guest })).toBeNull();
    await rig.mutate(ann.asker, 'signOut');
    await rig.mutate(here.operator, 'deactivateUser', { userId: off.userId });
    expect([await resolve(ann), await resolve(off)]).toEqual([null, null]);
    expect(await resolve(bea)).not.toBeNull();
  });

  it('remembers when a session was last used, to five minutes [AUTH-10]', async () => {
    const ann = await rig.shopper(someTenant().tenant);
    const lastSeen = async () => (await rig.read<{ viewer: { session: { lastSeenAt: string } } }>(ann.asker, '{ viewer { session { lastSeenAt } } }')).viewer.session.lastSeenAt;
    const before = await lastSeen();
    rig.clock.advance(300_000);
    await resolve(ann);
    expect(await lastSeen()).toBe(before);
    rig.clock.advance(1_000);
    await resolve(ann);
    expect(await lastSeen()).toBe(rig.clock.now().toISOString());
  });
});

describe('signOut', () => {
  it('ends the session of the request, once, and leaves the others [AUTH-01, AUTH-10]', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    const other = await rig.signIn(tenant, ann.email);
    expect(await rig.mutate(ann.asker, 'signOut')).toEqual({ __typename: 'SignOutSucceeded', sessionId: ann.sessionId });
    expect(await rig.mutate(ann.asker, 'signOut')).toEqual({ __typename: 'SignOutSucceeded', sessionId: ann.sessionId });
    expect(await rig.said(tenant.id, 'session-revoked')).toEqual([{ sessionId: ann.sessionId, userId: ann.userId, why: 'SIGNED_OUT' }]);
    expect(await resolve(other)).not.toBeNull();
  });

  it('ends a session once when it is ended many times at once', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    const ends = await Promise.all([1, 2, 3, 4].flatMap(() => [rig.mutate(ann.asker, 'signOut'), rig.mutate(ann.asker, 'endSession', { sessionId: ann.sessionId })]));
    expect(ends.map((e) => e['sessionId'])).toEqual(Array(8).fill(ann.sessionId));
    expect(await rig.said(tenant.id, 'session-revoked')).toHaveLength(1);
  });

  it('says of a session that ended by itself that it was over', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    await rig.subgraph.query('update identity.session set expires_at = $2 where id = $1', [ann.sessionId, rig.clock.now()]);
    const over = { __typename: 'SessionEnded', message: 'The session was over already.' };
    expect([await rig.mutate(ann.asker, 'signOut'), await rig.mutate(ann.asker, 'endSession', { sessionId: ann.sessionId })]).toEqual([over, over]);
    expect(await rig.said(tenant.id, 'session-revoked')).toEqual([]);
  });

  it('does nothing for a guest', async () => {
    expect(await rig.mutate(someTenant().guest, 'signOut')).toEqual({ __typename: 'SignOutSucceeded', sessionId: null });
  });
});

describe('endSession', () => {
  it('ends another session of the viewer\'s own [AUTH-10]', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    const phone = await rig.signIn(tenant, ann.email);
    expect(await rig.mutate(ann.asker, 'endSession', { sessionId: phone.sessionId })).toEqual({ __typename: 'EndSessionSucceeded', sessionId: phone.sessionId });
    expect(await resolve(phone)).toBeNull();
    const { viewer } = await rig.read<{ viewer: { user: { sessions: object[] } } }>(ann.asker, '{ viewer { user { sessions { id } } } }');
    expect(viewer.user.sessions).toEqual([{ id: ann.sessionId }]);
  });

  it('does not know anybody else\'s, here or elsewhere, and refuses guests', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const [ann, bea, far] = [await rig.shopper(here.tenant), await rig.shopper(here.tenant), await rig.shopper(there.tenant)];
    for (const sessionId of [bea.sessionId, far.sessionId, 'ses_none']) await expect(rig.mutate(ann.asker, 'endSession', { sessionId })).rejects.toThrow('NOT_FOUND: No such session.');
    await expect(rig.mutate({ ...ann.asker, viewer: testViewer(ann.userId, ['OPERATOR']) }, 'endSession', { sessionId: bea.sessionId })).rejects.toThrow(/^NOT_FOUND/);
    await expect(rig.mutate(here.guest, 'endSession', { sessionId: bea.sessionId })).rejects.toThrow(/^UNAUTHENTICATED/);
    expect(await resolve(bea)).not.toBeNull();
  });
});
