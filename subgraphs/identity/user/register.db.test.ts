import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodPassword, IdentityRig, someAddress, someEmail, someTenant } from '../testing/identity-rig.js';

let rig: IdentityRig;
beforeAll(async () => { rig = await IdentityRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const sentence = 'We have sent a mail to this address. Follow its link to go on.';

describe('register', () => {
  it('makes an account and mails a link to prove the address [AUTH-01, AUTH-12]', async () => {
    const { tenant, guest } = someTenant();
    const email = someEmail();
    expect(await rig.mutate({ ...guest, locale: 'sv' }, 'register', { email: `  ${email.toUpperCase()} `, password: goodPassword, name: 'Ann' })).toEqual({ __typename: 'RegisterSucceeded', said: sentence });
    expect(await rig.mails(tenant.id)).toMatchObject([{ kind: 'VERIFY_EMAIL', to: email, name: 'Ann', locale: 'sv' }]);
    expect(await rig.said(tenant.id, 'user-registered')).toMatchObject([{ locale: 'sv' }]);
    const [row] = await rig.subgraph.query<{ roles: string[]; email_verified_at: Date | null; password_hash: string }>('select * from identity.user_account where email = $1', [email]);
    expect(row).toMatchObject({ roles: ['SHOPPER'], email_verified_at: null });
  });

  it('answers the same for an address that has an account, changes nothing of it and tells its owner [AUTH-12]', async () => {
    const { tenant, guest } = someTenant();
    const input = { email: someEmail(), password: goodPassword, name: 'Ann' };
    const first = await rig.mutate(guest, 'register', input);
    const before = await rig.subgraph.query('select * from identity.user_account where email = $1', [input.email]);
    expect(await rig.mutate(guest, 'register', { ...input, password: 'another good one 9', name: 'Eve' })).toEqual(first);
    expect(await rig.subgraph.query('select * from identity.user_account where email = $1', [input.email])).toEqual(before);
    expect(await rig.mails(tenant.id)).toMatchObject([{ kind: 'VERIFY_EMAIL' }, { kind: 'ALREADY_REGISTERED', to: input.email, name: 'Ann' }]);
    expect((await rig.mails(tenant.id)).at(-1)).not.toHaveProperty('secret');
  });

  it('makes one account when five register the same address at once', async () => {
    const { tenant, guest } = someTenant();
    const input = { email: someEmail(), password: goodPassword };
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => rig.mutate({ ...guest, clientAddress: someAddress() }, 'register', input)));
    expect(new Set(outcomes.map((o) => o.__typename))).toEqual(new Set(['RegisterSucceeded']));
    expect(await rig.said(tenant.id, 'user-registered')).toHaveLength(1);
  });

  it.each([
    ['too short', 'short 1', 'Shorter than 10 characters.'],
    ['of few characters', 'aaaaaaaaaaaa', 'Made of fewer than five different characters.'],
    ['stolen', 'Password123', 'On the public lists of stolen passwords.'],
    ['too long', 'ab1 '.repeat(65), 'Longer than 256 bytes.'],
    ['with a null character', 'correct\0horse 7', 'Contains a null character.'],
    ['the address', 'Weak.Ann@Example.com', 'The same as the e-mail address.'],
  ])('refuses a password that is %s, and says why [AUTH-16]', async (_, password, reason) => {
    const { tenant, guest } = someTenant();
    const outcome = await rig.mutate(guest, 'register', { email: 'weak.ann@example.com', password });
    expect(outcome).toMatchObject({ __typename: 'WeakPassword', reasons: expect.arrayContaining([reason]) });
    expect(await rig.subgraph.events(tenant.id)).toEqual([]);
  });

  it.each([
    ['no address', { email: 'ann', password: goodPassword }, 'input.email'],
    ['a name of nothing', { email: 'ann@example.com', password: goodPassword, name: ' ' }, 'input.name'],
    ['a name of 121 characters', { email: 'ann@example.com', password: goodPassword, name: 'a'.repeat(121) }, 'input.name'],
    ['a password of a megabyte', { email: 'ann@example.com', password: 'a'.repeat(1_000_000) }, 'input.password'],
  ])('refuses %s and names it', async (_, input, path) => {
    await expect(rig.mutate(someTenant().guest, 'register', input)).rejects.toThrow(new RegExp(`^BAD_USER_INPUT: .*${path}`));
  });

  it('takes part in no account of a mass: the 51st of an address in an hour waits, other addresses and later hours do not [AUTH-16]', async () => {
    const { guest } = someTenant();
    const clientAddress = someAddress();
    const register = (at = clientAddress) => rig.mutate({ ...guest, clientAddress: at }, 'register', { email: someEmail(), password: goodPassword });
    await Promise.all(Array.from({ length: 50 }, () => register()));
    expect(await register()).toMatchObject({ __typename: 'TooManyAttempts', retryAfterSeconds: 3600 });
    expect(await register(someAddress())).toMatchObject({ __typename: 'RegisterSucceeded' });
    rig.clock.advance(3_600_000);
    expect(await register()).toMatchObject({ __typename: 'RegisterSucceeded' });
  });

  it('takes no try from an address once its network has none left [AUTH-16]', async () => {
    const { guest } = someTenant();
    const [clientAddress, email] = [someAddress(), someEmail('victim')];
    await Promise.all(Array.from({ length: 50 }, () => rig.mutate({ ...guest, clientAddress }, 'register', { email: someEmail(), password: goodPassword })));
    for (let n = 0; n < 6; n += 1) expect(await rig.mutate({ ...guest, clientAddress }, 'register', { email, password: goodPassword })).toMatchObject({ __typename: 'TooManyAttempts' });
    expect(await rig.mutate({ ...guest, clientAddress: someAddress() }, 'register', { email, password: goodPassword })).toMatchObject({ __typename: 'RegisterSucceeded' });
  });

  it('mails the owner of an address five times an hour at most, however many register it', async () => {
    const { tenant, guest } = someTenant();
    const input = { email: someEmail(), password: goodPassword };
    for (let n = 0; n < 7; n += 1) await rig.mutate({ ...guest, clientAddress: someAddress() }, 'register', input);
    expect(await rig.mails(tenant.id)).toHaveLength(5);
  });

  it('has one effect for one idempotency key, and refuses the key for another address', async () => {
    const { tenant, guest } = someTenant();
    const asker = { ...guest, idempotencyKey: 'register-1' };
    const input = { email: someEmail(), password: goodPassword };
    const first = await rig.mutate(asker, 'register', input);
    expect(await rig.mutate(asker, 'register', input)).toEqual(first);
    expect(await rig.mutate(guest, 'register', { ...input, idempotencyKey: 'register-1' })).toEqual(first);
    expect(await rig.mails(tenant.id)).toHaveLength(1);
    await expect(rig.mutate(asker, 'register', { ...input, email: someEmail() })).rejects.toThrow(/^IDEMPOTENCY_KEY_REUSED/);
  });

  it('makes two people of one address in two marketplaces [USER-06]', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const email = someEmail();
    await rig.mutate(here.guest, 'register', { email, password: goodPassword, name: 'Here' });
    await rig.mutate(there.guest, 'register', { email, password: 'another good one 9', name: 'There' });
    expect((await rig.mails(there.tenant.id)).map((m) => m.kind)).toEqual(['VERIFY_EMAIL']);
    const [one, two] = [await rig.signIn(here.tenant, email), await rig.signIn(there.tenant, email, 'another good one 9')];
    expect(one.userId).not.toBe(two.userId);
    expect(await rig.mutate(there.guest, 'signIn', { email, password: goodPassword })).toMatchObject({ __typename: 'WrongCredentials' });
    expect(await rig.read(here.operator, '{ users { nodes { id name } totalCount } }')).toEqual({ users: { nodes: [{ id: one.userId, name: 'Here' }], totalCount: 1 } });
  });
});

describe('verifyEmail', () => {
  it('takes the mailed token once, and says that the address is proved [AUTH-12]', async () => {
    const { tenant, guest } = someTenant();
    const email = someEmail();
    await rig.mutate(guest, 'register', { email, password: goodPassword });
    const token = await rig.mailed(tenant.id, 'VERIFY_EMAIL');
    expect(await rig.mutate(guest, 'verifyEmail', { token })).toEqual({ __typename: 'VerifyEmailSucceeded', email });
    expect(await rig.said(tenant.id, 'email-verified')).toHaveLength(1);
    expect(await rig.mutate(guest, 'verifyEmail', { token })).toMatchObject({ __typename: 'InvalidToken' });
  });

  it('takes a token once when many show it at the same time', async () => {
    const { tenant, guest } = someTenant();
    await rig.mutate(guest, 'register', { email: someEmail(), password: goodPassword });
    const token = await rig.mailed(tenant.id, 'VERIFY_EMAIL');
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => rig.mutate(guest, 'verifyEmail', { token })));
    expect(outcomes.filter((o) => o.__typename === 'VerifyEmailSucceeded')).toHaveLength(1);
  });

  it('refuses a token that is wrong, of another marketplace, of another purpose, or a day old', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const email = someEmail();
    await rig.mutate(here.guest, 'register', { email, password: goodPassword });
    const token = await rig.mailed(here.tenant.id, 'VERIFY_EMAIL');
    await rig.mutate(here.guest, 'requestPasswordReset', { email });
    const reset = await rig.mailed(here.tenant.id, 'RESET_PASSWORD');
    for (const [guest, bad] of [[here.guest, 'x'], [here.guest, 'x'.repeat(10_000)], [there.guest, token], [here.guest, reset]] as const) {
      expect(await rig.mutate(guest, 'verifyEmail', { token: bad })).toMatchObject({ __typename: 'InvalidToken' });
    }
    rig.clock.advance(24 * 3_600_000);
    expect(await rig.mutate(here.guest, 'verifyEmail', { token })).toMatchObject({ __typename: 'InvalidToken' });
  });
});
