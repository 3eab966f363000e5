import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodPassword, IdentityRig, someAddress, someEmail, someTenant } from '../testing/identity-rig.js';
import { overtaken } from '../testing/overtaken.js';

let rig: IdentityRig;
beforeAll(async () => { rig = await IdentityRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const wrong = { __typename: 'WrongCredentials', message: 'E-mail address and password do not match.' };
const hashOf = async (email: string) => (await rig.subgraph.query<{ password_hash: string }>('select password_hash from identity.user_account where email = $1', [email]))[0]?.password_hash ?? '';

describe('signIn', () => {
  it('opens a session by address, in any case of its letters, and password [AUTH-01, AUTH-10]', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    rig.clock.advance(1_000);
    const outcome = await rig.mutate({ tenant, clientAddress: '198.18.0.7' }, 'signIn', { email: ann.email.toUpperCase(), password: goodPassword });
    expect(outcome).toMatchObject({ __typename: 'SignInSucceeded', viewer: { kind: 'USER', roles: ['SHOPPER'], grants: [], user: { id: ann.userId, email: null } } });
    const again = rig.person(tenant, ann.email, outcome);
    const { viewer } = await rig.read<{ viewer: { session: object; user: { sessions: object[] } } }>(again.asker, '{ viewer { session { id agent address createdAt lastSeenAt expiresAt } user { sessions { id } } } }');
    expect(viewer.session).toMatchObject({ id: again.sessionId, agent: 'test', address: '198.18.0.7', lastSeenAt: rig.clock.now().toISOString() });
    expect(viewer.user.sessions).toEqual([{ id: again.sessionId }, { id: ann.sessionId }]);
  });

  it('says the same of a wrong password, of no account, and of an account without a password', async () => {
    const { tenant, guest, operator } = someTenant();
    const ann = await rig.shopper(tenant);
    const invited = someEmail('invited');
    await rig.mutate(operator, 'inviteUser', { email: invited, role: 'SHOPPER' });
    for (const email of [ann.email, someEmail('nobody'), invited]) {
      expect(await rig.mutate(guest, 'signIn', { email, password: 'not the password 1' })).toEqual(wrong);
    }
  });

  it('says that an account is switched off only to whoever has its password', async () => {
    const { tenant, guest, operator } = someTenant();
    const ann = await rig.shopper(tenant);
    await rig.mutate(operator, 'deactivateUser', { userId: ann.userId });
    expect(await rig.mutate(guest, 'signIn', { email: ann.email, password: 'not the password 1' })).toEqual(wrong);
    expect(await rig.mutate(guest, 'signIn', { email: ann.email, password: goodPassword })).toMatchObject({ __typename: 'AccountDisabled' });
  });

  it('takes one password typed in two Unicode forms', async () => {
    const { tenant, guest } = someTenant();
    const email = someEmail();
    await rig.mutate(guest, 'register', { email, password: 'blåbärssylt 7'.normalize('NFD') });
    expect(await rig.mutate({ tenant }, 'signIn', { email, password: 'blåbärssylt 7'.normalize('NFC') })).toMatchObject({ __typename: 'SignInSucceeded' });
  });

  it.each([['of nothing', ''], ['of 257 bytes', 'ä'.repeat(128) + '1']])('refuses a password %s before anything is hashed', async (_, password) => {
    await expect(rig.mutate(someTenant().guest, 'signIn', { email: someEmail(), password })).rejects.toThrow(/^BAD_USER_INPUT: .*input.password/);
  });

  it('keeps passwords as argon2id of at least 19 MiB and two passes, each with its own salt [AUTH-11]', async () => {
    const { tenant } = someTenant();
    const [one, two] = [await hashOf((await rig.shopper(tenant)).email), await hashOf((await rig.shopper(tenant)).email)];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(two).not.toBe(one);
  });

  it('hashes anew at the next sign-in when a hash was made with weaker parameters [AUTH-11]', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    const weak = await hash(goodPassword, { algorithm: 2, memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    await rig.subgraph.query('update identity.user_account set password_hash = $1 where email = $2', [weak, ann.email]);
    await rig.signIn(tenant, ann.email);
    expect(await hashOf(ann.email)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await rig.signIn(tenant, ann.email);
  });

  it.each([
    ['signs in who shows the password while another sign-in hashes it anew', goodPassword, 'SignInSucceeded'],
    ['does not sign in who shows a password that was changed while it would be hashed anew', 'another good one 9', 'WrongCredentials'],
  ])('%s [AUTH-11]', async (_, kept, expected) => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    const asker = { tenant, clientAddress: ann.asker.clientAddress };
    const keep = async (text: string, memoryCost: number) => rig.subgraph.query('update identity.user_account set password_hash = $1 where email = $2', [await hash(text, { algorithm: 2, memoryCost, timeCost: 2, parallelism: 1 }), ann.email]);
    await rig.mutate(asker, 'signIn', { email: ann.email, password: 'guess number 1' });
    await keep(goodPassword, 8_192);
    const input = { email: ann.email, password: goodPassword };
    expect(await overtaken(rig, { asker, field: 'signIn', input, kind: 'sign-in:account', at: 'proved', meanwhile: () => keep(kept, 19_456) })).toMatchObject({ __typename: expected });
  });
});

describe('signIn overtaken after the password was right', () => {
  const reset = async ({ tenant, guest }: ReturnType<typeof someTenant>, email: string) => {
    await rig.mutate(guest, 'requestPasswordReset', { email });
    await rig.mutate(guest, 'resetPassword', { token: await rig.mailed(tenant.id, 'RESET_PASSWORD'), password: 'another good one 9' });
  };

  it.each([
    ['by a reset', reset],
    ['by an operator who switches the account off', ({ operator }, _, userId) => rig.mutate(operator, 'deactivateUser', { userId })],
    ['by erasure', ({ operator }, _, userId) => rig.mutate(operator, 'eraseUser', { userId })],
  ] as [string, (here: ReturnType<typeof someTenant>, email: string, userId: string) => Promise<unknown>][])('opens no session: %s [AUTH-10]', async (_, meanwhile) => {
    const here = someTenant();
    const ann = await rig.shopper(here.tenant);
    const asker = { tenant: here.tenant, clientAddress: ann.asker.clientAddress };
    await rig.mutate(asker, 'signIn', { email: ann.email, password: 'guess number 1' });
    const input = { email: ann.email, password: goodPassword };
    expect(await overtaken(rig, { asker, field: 'signIn', input, kind: 'sign-in:account', at: 'proved', meanwhile: () => meanwhile(here, ann.email, ann.userId) })).toEqual(wrong);
    expect(await rig.subgraph.query('select 1 from identity.session where user_id = $1 and ended_at is null', [ann.userId])).toEqual([]);
  });
});

describe('guessing passwords', () => {
  it('ends after ten tries of one account from anywhere, and goes on when the window passes [AUTH-16]', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    const attempt = (password: string) => rig.mutate({ tenant, clientAddress: someAddress() }, 'signIn', { email: ann.email, password });
    for (let n = 0; n < 10; n += 1) expect(await attempt(`guess number ${n}`)).toEqual(wrong);
    expect(await attempt('guess number 10')).toMatchObject({ __typename: 'TooManyAttempts', retryAfterSeconds: 900 });
    expect(await attempt(goodPassword)).toMatchObject({ __typename: 'TooManyAttempts' });
    rig.clock.advance(899_000);
    expect(await attempt(goodPassword)).toMatchObject({ __typename: 'TooManyAttempts', retryAfterSeconds: 1 });
    rig.clock.advance(1_000);
    expect(await attempt(goodPassword)).toMatchObject({ __typename: 'SignInSucceeded' });
  });

  it('ends alike for an account that is not there', async () => {
    const { tenant } = someTenant();
    const email = someEmail('nobody');
    const outcomes = [];
    for (let n = 0; n < 11; n += 1) outcomes.push(await rig.mutate({ tenant, clientAddress: someAddress() }, 'signIn', { email, password: 'not the password 1' }));
    expect(outcomes.map((o) => o.__typename)).toEqual([...Array(10).fill('WrongCredentials'), 'TooManyAttempts']);
  });

  it('never locks the owner out, who signs in from an address used before or by a mailed code [AUTH-16]', async () => {
    const { tenant, guest } = someTenant();
    const ann = await rig.shopper(tenant);
    const usual = ann.asker.clientAddress;
    for (let n = 0; n < 11; n += 1) await rig.mutate({ tenant, clientAddress: someAddress() }, 'signIn', { email: ann.email, password: `guess number ${n}` });
    expect(await rig.mutate({ tenant, clientAddress: usual }, 'signIn', { email: ann.email, password: goodPassword })).toMatchObject({ __typename: 'SignInSucceeded' });
    await rig.mutate(guest, 'requestSignInCode', { email: ann.email });
    expect(await rig.mutate(guest, 'signInWithCode', { email: ann.email, code: await rig.mailed(tenant.id, 'SIGN_IN_CODE') })).toMatchObject({ __typename: 'SignInSucceeded' });
    expect(await rig.mutate({ ...ann.asker, clientAddress: someAddress() }, 'changePassword', { currentPassword: goodPassword, newPassword: 'another good one 9' })).toMatchObject({ __typename: 'ChangePasswordSucceeded' });
  });

  it('never locks an owner out whose device has another IPv6 address of the same network every day [AUTH-16]', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    const attempt = (clientAddress: string, password = goodPassword) => rig.mutate({ tenant, clientAddress }, 'signIn', { email: ann.email, password });
    await attempt('2001:db8:77:1:aaaa::1');
    for (let n = 0; n < 11; n += 1) await attempt(someAddress(), `guess number ${n}`);
    expect(await attempt('2001:DB8:77:1::2')).toMatchObject({ __typename: 'SignInSucceeded' });
    for (const elsewhere of ['2001:db8:77:2::2', '198.18.0.250']) expect(await attempt(elsewhere)).toMatchObject({ __typename: 'TooManyAttempts' });
  });

  it('takes no try from an account once its network has none left [AUTH-16]', async () => {
    const { tenant } = someTenant();
    const [ann, clientAddress] = [await rig.shopper(tenant), someAddress()];
    await Promise.all(Array.from({ length: 100 }, () => rig.mutate({ tenant, clientAddress }, 'signIn', { email: someEmail(), password: goodPassword })));
    for (let n = 0; n < 11; n += 1) expect(await rig.mutate({ tenant, clientAddress }, 'signIn', { email: ann.email, password: `guess number ${n}` })).toMatchObject({ __typename: 'TooManyAttempts' });
    expect(await rig.mutate({ tenant, clientAddress: someAddress() }, 'signIn', { email: ann.email, password: goodPassword })).toMatchObject({ __typename: 'SignInSucceeded' });
  });

  it('ends after ten tries from an address used before as well', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    for (let n = 0; n < 10; n += 1) await rig.mutate({ tenant, clientAddress: ann.asker.clientAddress }, 'signIn', { email: ann.email, password: `guess number ${n}` });
    expect(await rig.mutate({ tenant, clientAddress: ann.asker.clientAddress }, 'signIn', { email: ann.email, password: goodPassword })).toMatchObject({ __typename: 'TooManyAttempts' });
  });

  it('ends after a hundred tries from one address, whatever accounts are tried [AUTH-16]', async () => {
    const { tenant } = someTenant();
    const clientAddress = someAddress();
    const attempt = () => rig.mutate({ tenant, clientAddress }, 'signIn', { email: someEmail(), password: goodPassword });
    await Promise.all(Array.from({ length: 100 }, attempt));
    expect(await attempt()).toMatchObject({ __typename: 'TooManyAttempts' });
    expect(await rig.mutate({ tenant, clientAddress: someAddress() }, 'signIn', { email: someEmail(), password: goodPassword })).toEqual(wrong);
  });

  it('ends after a hundred tries from one IPv6 network, whichever of its addresses they come from [AUTH-16]', async () => {
    const { tenant } = someTenant();
    const attempt = (clientAddress: string) => rig.mutate({ tenant, clientAddress }, 'signIn', { email: someEmail(), password: goodPassword });
    await Promise.all(Array.from({ length: 100 }, (_, n) => attempt(`2001:db8:1:2::${n}`)));
    expect(await attempt('2001:db8:1:2:ffff::1')).toMatchObject({ __typename: 'TooManyAttempts' });
    expect(await attempt('2001:db8:1:3::1')).toEqual(wrong);
  });

  it('forgets the tries of an account that got in, and keeps them apart between marketplaces', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const ann = await rig.shopper(here.tenant);
    const attempt = (tenant: typeof here.tenant, password: string) => rig.mutate({ tenant, clientAddress: someAddress() }, 'signIn', { email: ann.email, password });
    for (let n = 0; n < 11; n += 1) await attempt(there.tenant, `guess number ${n}`);
    for (let round = 0; round < 2; round += 1) {
      for (let n = 0; n < 9; n += 1) expect(await attempt(here.tenant, `guess number ${n}`)).toEqual(wrong);
      expect(await attempt(here.tenant, goodPassword)).toMatchObject({ __typename: 'SignInSucceeded' });
    }
  });

  it('keeps who tried as hashes only', async () => {
    const { tenant } = someTenant();
    const email = someEmail();
    await rig.mutate({ tenant, clientAddress: '198.18.9.9' }, 'signIn', { email, password: goodPassword });
    const rows = await rig.subgraph.query('select * from identity.attempt where tenant_id = $1', [tenant.id]);
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/198\.18|shoppers/);
  });
});

describe('three hundred sign-ins at once', () => {
  it('are hashed two at a time, the rest refused at once, while others are served [AUTH-16]', async () => {
    const { tenant, guest } = someTenant();
    const all = Promise.all(Array.from({ length: 300 }, () => rig.subgraph.ask(
      { tenant, clientAddress: someAddress() }, 'mutation($i: SignInInput!) { signIn(input: $i) { __typename } }', { i: { email: someEmail(), password: goodPassword } },
    )));
    expect(await rig.read(guest, '{ viewer { kind } }')).toEqual({ viewer: { kind: 'GUEST' } });
    const codes = (await all).map(({ data, errors }) => errors?.[0]?.extensions?.['code'] ?? (data?.['signIn'] as { __typename: string } | undefined)?.__typename);
    const count = (code: string) => codes.filter((c) => c === code).length;
    expect(count('WrongCredentials')).toBeGreaterThanOrEqual(202);
    expect(count('WrongCredentials') + count('RATE_LIMITED')).toBe(300);
    expect(await rig.mutate(guest, 'signIn', { email: someEmail(), password: goodPassword })).toEqual(wrong);
  });
});

describe('time', () => {
  it.each(['requestPasswordReset', 'requestSignInCode', 'register', 'signInWithCode'] as const)('tells nobody by %s whether an account exists: it takes its even time for both', async (field) => {
    const { tenant, guest } = someTenant();
    const people = await Promise.all([1, 2, 3].map(() => rig.shopper(tenant)));
    const took = async (email: string) => {
      const began = performance.now();
      await rig.mutate(guest, field, { email, ...(field === 'register' && { password: goodPassword }), ...(field === 'signInWithCode' && { code: '123456' }) });
      return performance.now() - began;
    };
    for (const { email } of people) expect(Math.min(await took(email), await took(someEmail('nobody')))).toBeGreaterThan(98);
  });
});
