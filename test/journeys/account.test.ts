import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RefreshSession, Register, SignOut, VerifyEmail } from '@haat/storefront-client/generated/operations';
import { act, obtain } from '../support/act.js';
import { codeOf, dataOf } from '../support/graph.js';
import { mailTo } from '../support/mailbox.js';
import { closeWhileRenewing, pageOf, type KeptByBrowser } from '../support/merchant-page.js';
import { runOperation } from '../support/run-operation.js';
import { demoPassword, newShopper, signIn, someAddress, someEmail, trySignIn } from '../support/sign-in.js';
import { startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

const whoAmI = '{ viewer { kind user { email emailVerifiedAt } } }';

describe('a person with an account', () => {
  let marketplace: TestMarketplace;
  beforeAll(async () => { marketplace = await startTestMarketplace(); });
  afterAll(() => marketplace.close());

  const whoIs = async (asker: { tenant: string; token?: string }) => dataOf(await marketplace.door.ask<{ viewer: { kind: string; user: { email: string; emailVerifiedAt: string } | null } }>(asker, whoAmI)).viewer;

  it('registers, proves the address by the mailed link, and signs in [AUTH-01, AUTH-12]', async () => {
    const { door } = marketplace;
    const email = someEmail('nadia');
    const guest = { tenant: 'acme', headers: someAddress() };
    expect((await act(door, guest, Register, { email, password: demoPassword, name: 'Nadia' })).__typename).toBe('RegisterSucceeded');
    const unproved = await signIn(door, 'acme', email);
    expect((await whoIs(unproved)).user).toEqual({ email, emailVerifiedAt: null });

    const mail = await mailTo(marketplace, email, 'VERIFY_EMAIL');
    expect(mail.name).toBe('Nadia');
    expect((await act(door, guest, VerifyEmail, { token: mail.secret }))).toMatchObject({ __typename: 'VerifyEmailSucceeded', email });
    expect((await act(door, guest, VerifyEmail, { token: mail.secret })).__typename).toBe('InvalidToken');
    expect((await whoIs(unproved)).user?.emailVerifiedAt).toEqual(expect.any(String));
  });

  it('is told by mail, not by the answer, when the address has an account already', async () => {
    const { door } = marketplace;
    const known = await newShopper(door, 'acme', 'rina');
    const guest = { tenant: 'acme', headers: someAddress() };
    const again = await act(door, guest, Register, { email: known.email, password: 'another-2026-password' });
    const fresh = await act(door, guest, Register, { email: someEmail('rina'), password: 'another-2026-password' });
    expect(again).toEqual(fresh);
    expect((await mailTo(marketplace, known.email, 'ALREADY_REGISTERED')).secret).toBeUndefined();
    expect((await trySignIn(door, 'acme', known.email, 'another-2026-password')).__typename).toBe('WrongCredentials');
  });

  it('refreshes a session, and loses it when a refresh token is used twice [AUTH-09]', async () => {
    const { door } = marketplace;
    const person = await newShopper(door, 'acme', 'salma');
    const refresh = (refreshToken: string) => act(door, { tenant: 'acme' }, RefreshSession, { refreshToken });
    const fresh = await obtain(door, { tenant: 'acme' }, RefreshSession, { refreshToken: person.refreshToken }, 'SignInSucceeded');
    expect(fresh).toMatchObject({ viewer: { session: { id: person.sessionId } } });
    expect((await whoIs({ tenant: 'acme', token: fresh.accessToken })).kind).toBe('USER');

    expect((await refresh(person.refreshToken)).__typename).toBe('SessionEnded');
    expect((await refresh(fresh.refreshToken)).__typename).toBe('SessionEnded');
    await expect.poll(async () => codeOf(await door.ask({ tenant: 'acme', token: fresh.accessToken }, whoAmI)), { timeout: 5_000 }).toBe('UNAUTHENTICATED');
  });

  it('stays signed in though a page is closed while it renews its session', async () => {
    const { door } = marketplace;
    const { email } = await newShopper(door, 'acme', 'shirin');
    const kept: KeptByBrowser = new Map();
    expect(await pageOf(door, kept).signIn(email, demoPassword)).toBeUndefined();
    for (let times = 0; times < 2; times += 1) {
      await closeWhileRenewing(door, kept);
      await closeWhileRenewing(door, kept);
      const anew = pageOf(door, kept);
      await anew.begin();
      expect(anew.state.value).toMatchObject({ kind: 'signedIn', viewer: { kind: 'USER' } });
      expect((await whoIs({ tenant: 'acme', token: await anew.accessToken(false) })).user?.email).toBe(email);
    }
  });

  it('stays signed out though a renewal was on its way', async () => {
    const { door } = marketplace;
    const { email } = await newShopper(door, 'acme', 'laila');
    const kept: KeptByBrowser = new Map();
    const page = pageOf(door, kept);
    await page.signIn(email, demoPassword);
    const renewing = page.accessToken(true);
    await page.signOut();
    expect([await renewing, page.state.value.kind, kept.size]).toEqual([undefined, 'guest', 0]);
  });

  it('shows access tokens that anybody can check by the published keys, and that name no right [AUTH-02]', async () => {
    const { door } = marketplace;
    const person = await newShopper(door, 'acme', 'moni');
    const published = JSON.parse((await door.fetch('/.well-known/jwks.json', { headers: { host: 'acme.localhost' } })).text) as JSONWebKeySet;
    expect(published.keys.filter((key) => 'd' in key)).toEqual([]);
    const { payload } = await jwtVerify(person.token ?? '', createLocalJWKSet(published));
    expect(payload).toMatchObject({ sub: person.userId, sid: person.sessionId });
    expect(Object.keys(payload).filter((claim) => /role|grant|vendor|email|name/.test(claim))).toEqual([]);
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(600);
  });

  it('signs out, after which neither token is good [AUTH-01]', async () => {
    const { door } = marketplace;
    const person = await newShopper(door, 'acme', 'tania');
    expect((await runOperation(door, person, SignOut, {})).signOut.__typename).toBe('SignOutSucceeded');
    await expect.poll(async () => codeOf(await door.ask(person, whoAmI)), { timeout: 5_000 }).toBe('UNAUTHENTICATED');
    expect((await act(door, { tenant: 'acme' }, RefreshSession, { refreshToken: person.refreshToken })).__typename).toBe('SessionEnded');
  });

  it('is somebody else in another shop, though the address is the same [USER-06]', async () => {
    const { door } = marketplace;
    const here = await newShopper(door, 'acme', 'maya');
    expect((await trySignIn(door, 'nordic', here.email)).__typename).toBe('WrongCredentials');
    await act(door, { tenant: 'nordic', headers: someAddress() }, Register, { email: here.email, password: 'another-2026-password' });
    const there = await signIn(door, 'nordic', here.email, 'another-2026-password');
    expect(there.userId).not.toBe(here.userId);
    expect((await trySignIn(door, 'acme', here.email, 'another-2026-password')).__typename).toBe('WrongCredentials');
  });
});
