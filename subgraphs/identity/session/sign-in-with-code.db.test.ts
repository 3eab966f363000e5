import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodPassword, IdentityRig, someAddress, someEmail, someTenant } from '../testing/identity-rig.js';

let rig: IdentityRig;
beforeAll(async () => { rig = await IdentityRig.start({ MAILS_PER_ADDRESS: '50' }); });
afterAll(() => rig[Symbol.asyncDispose]());

const wrong = { __typename: 'WrongCredentials', message: 'The code is wrong or too old.' };
const other = (code: string) => ((Number(code) + 1) % 1_000_000).toString().padStart(6, '0');

describe('requestSignInCode', () => {
  it('mails six digits to an account that is there, and says the same of one that is not [AUTH-12]', async () => {
    const { tenant, guest } = someTenant();
    const ann = await rig.shopper(tenant);
    const known = await rig.mutate(guest, 'requestSignInCode', { email: ann.email });
    expect(await rig.mutate(guest, 'requestSignInCode', { email: someEmail('nobody') })).toEqual(known);
    expect(known).toMatchObject({ __typename: 'RequestSignInCodeSucceeded' });
    const mails = (await rig.mails(tenant.id)).filter((m) => m.kind === 'SIGN_IN_CODE');
    expect(mails).toMatchObject([{ to: ann.email, secret: expect.stringMatching(/^\d{6}$/) }]);
    expect(Date.parse(mails[0]?.expiresAt ?? '') - rig.clock.now().getTime()).toBe(300_000);
  });

  it('mails one a minute and ten a day at most, known or unknown alike [AUTH-16]', async () => {
    const { tenant, guest } = someTenant();
    for (const email of [(await rig.shopper(tenant)).email, someEmail('nobody')]) {
      const asked = () => rig.mutate(guest, 'requestSignInCode', { email });
      for (let n = 0; n < 10; n += 1) {
        expect(await asked()).toMatchObject({ __typename: 'RequestSignInCodeSucceeded' });
        if (n === 0) expect(await asked()).toMatchObject({ __typename: 'TooManyAttempts', retryAfterSeconds: 60 });
        rig.clock.advance(n === 0 ? 120_000 : 60_000);
      }
      expect(await asked()).toMatchObject({ __typename: 'TooManyAttempts' });
      rig.clock.advance(24 * 3_600_000);
      expect(await asked()).toMatchObject({ __typename: 'RequestSignInCodeSucceeded' });
    }
    expect((await rig.mails(tenant.id)).filter((m) => m.kind === 'SIGN_IN_CODE').length).toBeGreaterThanOrEqual(10);
  });
});

describe('asking for mails from one network', () => {
  it.each(['requestSignInCode', 'requestPasswordReset'] as const)('by %s ends after so many in an hour, whomever they are for, and takes nothing from those it was for [AUTH-16]', async (field) => {
    const { tenant } = someTenant();
    const [ann, bea] = [await rig.shopper(tenant), await rig.shopper(tenant)];
    const ask = (email: string, clientAddress: string) => rig.mutate({ tenant, clientAddress }, field, { email });
    await Promise.all(Array.from({ length: 49 }, (_, n) => ask(someEmail('nobody'), `2001:db8:5:${field.length}::${n}`)));
    const here = `2001:db8:5:${field.length}:1::1`;
    expect((await ask(ann.email, here)).__typename).toMatch(/Succeeded$/);
    const waits = [await ask(bea.email, here), await ask(someEmail('nobody'), here)];
    expect(waits).toEqual([waits[0], waits[0]]);
    expect(waits[0]).toMatchObject({ __typename: 'TooManyAttempts', retryAfterSeconds: 3_600 });
    expect((await ask(bea.email, someAddress())).__typename).toMatch(/Succeeded$/);
    rig.clock.advance(3_600_000);
    expect((await ask(bea.email, here)).__typename).toMatch(/Succeeded$/);
  });
});

describe('asking for mails in somebody\'s name', () => {
  it.each([['requestSignInCode', 10, 60_000], ['requestPasswordReset', 5, 0]] as const)('by %s takes none from its owner, where the account was used lately [AUTH-16]', async (field, max, pauseMs) => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    const ask = (clientAddress?: string) => rig.mutate({ tenant, clientAddress: clientAddress ?? someAddress() }, field, { email: ann.email });
    for (let n = 0; n < max; n += 1) {
      expect((await ask()).__typename).toMatch(/Succeeded$/);
      rig.clock.advance(pauseMs);
    }
    expect(await ask()).toMatchObject({ __typename: 'TooManyAttempts' });
    for (let n = 0; n < max; n += 1) {
      expect((await ask(ann.asker.clientAddress)).__typename).toMatch(/Succeeded$/);
      rig.clock.advance(pauseMs);
    }
    expect(await ask(ann.asker.clientAddress)).toMatchObject({ __typename: 'TooManyAttempts' });
  });
});

describe('signInWithCode', () => {
  const codeFor = async (tenantId: string, guest: Parameters<IdentityRig['mutate']>[0], email: string) => {
    rig.clock.advance(60_000);
    await rig.mutate(guest, 'requestSignInCode', { email });
    return rig.mailed(tenantId, 'SIGN_IN_CODE', email);
  };

  it('opens a session by the code, once [AUTH-01]', async () => {
    const { tenant, guest } = someTenant();
    const ann = await rig.shopper(tenant);
    const code = await codeFor(tenant.id, guest, ann.email);
    expect(await rig.mutate(guest, 'signInWithCode', { email: ann.email, code })).toMatchObject({ __typename: 'SignInSucceeded', viewer: { user: { id: ann.userId } } });
    expect(await rig.mutate(guest, 'signInWithCode', { email: ann.email, code })).toEqual(wrong);
  });

  it('ends a code after five wrong guesses [AUTH-16]', async () => {
    const { tenant, guest } = someTenant();
    const ann = await rig.shopper(tenant);
    const code = await codeFor(tenant.id, guest, ann.email);
    for (let n = 0; n < 4; n += 1) expect(await rig.mutate(guest, 'signInWithCode', { email: ann.email, code: other(code) })).toEqual(wrong);
    expect(await rig.mutate(guest, 'signInWithCode', { email: ann.email, code: other(code) })).toEqual(wrong);
    expect(await rig.mutate(guest, 'signInWithCode', { email: ann.email, code })).toEqual(wrong);
  });

  it('takes a code after four wrong guesses', async () => {
    const { tenant, guest } = someTenant();
    const ann = await rig.shopper(tenant);
    const code = await codeFor(tenant.id, guest, ann.email);
    await Promise.all(Array.from({ length: 4 }, () => rig.mutate(guest, 'signInWithCode', { email: ann.email, code: other(code) })));
    expect(await rig.mutate(guest, 'signInWithCode', { email: ann.email, code })).toMatchObject({ __typename: 'SignInSucceeded' });
  });

  it('refuses a code that is five minutes old, that a newer one replaced, of another person or marketplace, or of nobody', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const [ann, bea] = [await rig.shopper(here.tenant, 'ann'), await rig.shopper(here.tenant, 'bea')];
    const first = await codeFor(here.tenant.id, here.guest, ann.email);
    const second = await codeFor(here.tenant.id, here.guest, ann.email);
    if (first !== second) expect(await rig.mutate(here.guest, 'signInWithCode', { email: ann.email, code: first })).toEqual(wrong);
    expect(await rig.mutate(here.guest, 'signInWithCode', { email: bea.email, code: second })).toEqual(wrong);
    expect(await rig.mutate(there.guest, 'signInWithCode', { email: ann.email, code: second })).toEqual(wrong);
    expect(await rig.mutate(here.guest, 'signInWithCode', { email: someEmail('nobody'), code: second })).toEqual(wrong);
    rig.clock.advance(300_000);
    expect(await rig.mutate(here.guest, 'signInWithCode', { email: ann.email, code: second })).toEqual(wrong);
  });

  it('refuses what is no code, and tries beyond a hundred of an address', async () => {
    const { tenant } = someTenant();
    const asker = { tenant, clientAddress: someAddress() };
    await expect(rig.mutate(asker, 'signInWithCode', { email: someEmail(), code: '12345' })).rejects.toThrow(/^BAD_USER_INPUT: .*input.code/);
    await Promise.all(Array.from({ length: 100 }, () => rig.mutate(asker, 'signInWithCode', { email: someEmail(), code: '123456' })));
    expect(await rig.mutate(asker, 'signInWithCode', { email: someEmail(), code: '123456' })).toMatchObject({ __typename: 'TooManyAttempts' });
  });

  it('keeps the code as a hash bound to its person', async () => {
    const { tenant, guest } = someTenant();
    const ann = await rig.shopper(tenant);
    const code = await codeFor(tenant.id, guest, ann.email);
    const rows = await rig.subgraph.query('select * from identity.secret_code where tenant_id = $1', [tenant.id]);
    expect(JSON.stringify(rows)).not.toContain(`"${code}"`);
  });

  it('proves the address, says so, and takes the account from whoever registered it before', async () => {
    const { tenant, guest } = someTenant();
    const email = someEmail('victim');
    await rig.mutate(guest, 'register', { email, password: goodPassword });
    const thief = await rig.signIn(tenant, email);
    await rig.mutate(thief.asker, 'changeProfile', { phone: '+8801712345678' });
    await rig.mutate(thief.asker, 'saveAddress', { address: { country: 'BD', line1: 'House of thieves', city: 'Dhaka', postalCode: '1209' } });
    const code = await codeFor(tenant.id, guest, email);
    const owner = rig.person(tenant, email, await rig.mutate(guest, 'signInWithCode', { email, code }));
    expect(await rig.read(owner.asker, `{ user(id: "${owner.userId}") { phone addresses { id } } }`)).toEqual({ user: { phone: null, addresses: [] } });
    expect(await rig.said(tenant.id, 'email-verified')).toEqual([{ userId: thief.userId, emailHash: createHash('sha256').update(email).digest('hex') }]);
    expect(await rig.mutate(guest, 'signIn', { email, password: goodPassword })).toMatchObject({ __typename: 'WrongCredentials' });
    expect(await rig.mutate(guest, 'refreshSession', { refreshToken: thief.refreshToken })).toMatchObject({ __typename: 'SessionEnded' });
  });
});
