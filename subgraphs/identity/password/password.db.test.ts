import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodPassword, IdentityRig, someAddress, someEmail, someTenant } from '../testing/identity-rig.js';
import { overtaken } from '../testing/overtaken.js';

let rig: IdentityRig;
beforeAll(async () => { rig = await IdentityRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const newPassword = 'another good one 9';

describe('requestPasswordReset', () => {
  it('mails a link to an account that is there, and says the same of one that is not [AUTH-12]', async () => {
    const { tenant, guest } = someTenant();
    const ann = await rig.shopper(tenant);
    const known = await rig.mutate(guest, 'requestPasswordReset', { email: ann.email });
    expect(known).toMatchObject({ __typename: 'RequestPasswordResetSucceeded' });
    expect(await rig.mutate(guest, 'requestPasswordReset', { email: someEmail('nobody') })).toEqual(known);
    const mails = (await rig.mails(tenant.id)).filter((m) => m.kind === 'RESET_PASSWORD');
    expect(mails).toMatchObject([{ to: ann.email, secret: expect.stringMatching(/^[\w-]{43}$/) }]);
    expect(Date.parse(mails[0]?.expiresAt ?? '') - rig.clock.now().getTime()).toBe(3_600_000);
  });

  it('mails five an hour at most, and answers alike for an account that is not there [AUTH-16]', async () => {
    const { tenant, guest } = someTenant();
    for (const email of [(await rig.shopper(tenant)).email, someEmail('nobody')]) {
      const outcomes = [];
      for (let n = 0; n < 6; n += 1) outcomes.push(await rig.mutate(guest, 'requestPasswordReset', { email }));
      expect(outcomes.map((o) => o.__typename)).toEqual([...Array(5).fill('RequestPasswordResetSucceeded'), 'TooManyAttempts']);
    }
    expect((await rig.mails(tenant.id)).filter((m) => m.kind === 'RESET_PASSWORD')).toHaveLength(5);
  });

  it('mails nothing to a person who is switched off', async () => {
    const { tenant, guest, operator } = someTenant();
    const ann = await rig.shopper(tenant);
    await rig.mutate(operator, 'deactivateUser', { userId: ann.userId });
    await rig.mutate(guest, 'requestPasswordReset', { email: ann.email });
    expect((await rig.mails(tenant.id)).filter((m) => m.kind === 'RESET_PASSWORD')).toEqual([]);
  });
});

describe('resetPassword', () => {
  const asked = async (tenant: ReturnType<typeof someTenant>, email: string) => {
    await rig.mutate(tenant.guest, 'requestPasswordReset', { email });
    return rig.mailed(tenant.tenant.id, 'RESET_PASSWORD', email);
  };

  it('sets a password by the mailed token, once, and ends every session [AUTH-12, AUTH-10]', async () => {
    const here = someTenant();
    const ann = await rig.shopper(here.tenant);
    const token = await asked(here, ann.email);
    expect(await rig.mutate(here.guest, 'resetPassword', { token, password: newPassword })).toEqual({ __typename: 'ResetPasswordSucceeded', email: ann.email });
    expect(await rig.mutate(here.guest, 'refreshSession', { refreshToken: ann.refreshToken })).toMatchObject({ __typename: 'SessionEnded' });
    expect(await rig.said(here.tenant.id, 'session-revoked')).toMatchObject([{ sessionId: ann.sessionId, why: 'PASSWORD_CHANGED' }]);
    await rig.signIn(here.tenant, ann.email, newPassword);
    expect(await rig.mutate(here.guest, 'signIn', { email: ann.email, password: goodPassword })).toMatchObject({ __typename: 'WrongCredentials' });
    expect(await rig.mutate(here.guest, 'resetPassword', { token, password: goodPassword })).toMatchObject({ __typename: 'InvalidToken' });
  });

  it('takes a token once when many show it at the same time', async () => {
    const here = someTenant();
    const ann = await rig.shopper(here.tenant);
    const token = await asked(here, ann.email);
    const outcomes = await Promise.all(Array.from({ length: 5 }, (_, n) => rig.mutate(here.guest, 'resetPassword', { token, password: `${newPassword} ${n}` })));
    expect(outcomes.filter((o) => o.__typename === 'ResetPasswordSucceeded')).toHaveLength(1);
  });

  it('refuses a token that is guessed, an hour old, replaced by a newer one, or of another marketplace', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const ann = await rig.shopper(here.tenant);
    const [first, second] = [await asked(here, ann.email), await asked(here, ann.email)];
    for (const [guest, token] of [[here.guest, 'x'.repeat(43)], [here.guest, first], [there.guest, second]] as const) {
      expect(await rig.mutate(guest, 'resetPassword', { token, password: newPassword })).toMatchObject({ __typename: 'InvalidToken' });
    }
    rig.clock.advance(3_600_000);
    expect(await rig.mutate(here.guest, 'resetPassword', { token: second, password: newPassword })).toMatchObject({ __typename: 'InvalidToken' });
  });

  it('refuses a weak password, the address too, and leaves the token good [AUTH-16]', async () => {
    const here = someTenant();
    const ann = await rig.shopper(here.tenant);
    const token = await asked(here, ann.email);
    for (const password of ['short', ann.email, 'password123']) expect(await rig.mutate(here.guest, 'resetPassword', { token, password })).toMatchObject({ __typename: 'WeakPassword' });
    expect(await rig.mutate(here.guest, 'resetPassword', { token, password: newPassword })).toMatchObject({ __typename: 'ResetPasswordSucceeded' });
  });

  it('accepts an invitation within a week, which proves the address, and leaves no other token good [AUTH-12]', async () => {
    const here = someTenant();
    const email = someEmail('invited');
    await rig.mutate(here.operator, 'inviteUser', { email, role: 'OPERATOR' });
    const invitation = await rig.mailed(here.tenant.id, 'INVITATION');
    const token = await asked(here, email);
    rig.clock.advance(3_000_000);
    expect(await rig.mutate(here.guest, 'resetPassword', { token, password: newPassword })).toMatchObject({ __typename: 'ResetPasswordSucceeded' });
    expect(await rig.said(here.tenant.id, 'email-verified')).toHaveLength(1);
    expect(await rig.mutate(here.guest, 'resetPassword', { token: invitation, password: goodPassword })).toMatchObject({ __typename: 'InvalidToken' });

    const second = someEmail('invited');
    await rig.mutate(here.operator, 'inviteUser', { email: second, role: 'SHOPPER' });
    rig.clock.advance(6 * 86_400_000);
    expect(await rig.mutate(here.guest, 'resetPassword', { token: await rig.mailed(here.tenant.id, 'INVITATION', second), password: newPassword })).toEqual({ __typename: 'ResetPasswordSucceeded', email: second });
  });

  it('keeps its secrets as hashes, and says them only sealed for notifications [AUTH-11]', async () => {
    const here = someTenant();
    const ann = await rig.shopper(here.tenant);
    await rig.mutate(here.guest, 'requestSignInCode', { email: ann.email });
    await rig.mutate(here.operator, 'inviteUser', { email: someEmail('invited'), role: 'SHOPPER' });
    await asked(here, ann.email);
    const mails = await rig.mails(here.tenant.id);
    expect(new Set(mails.map((m) => m.kind))).toEqual(new Set(['VERIFY_EMAIL', 'SIGN_IN_CODE', 'INVITATION', 'RESET_PASSWORD']));
    const kept = JSON.stringify([await rig.subgraph.query('select * from identity.secret_code'), await rig.subgraph.query('select payload from identity.outbox')]);
    for (const { secret, to } of mails) {
      expect(kept).not.toContain(`"${secret}"`);
      expect(kept).not.toContain(to);
    }
    const [{ sealed }] = (await rig.said(here.tenant.id, 'mail-secret-issued')) as [{ sealed: string }];
    for (const reader of ['identity', 'gateway', 'tenants']) await expect(rig.subgraph.unseal(reader, { tenantId: here.tenant.id, purpose: 'identity.mail-secret-issued.v1' }, sealed)).rejects.toThrow(/Sealed for another recipient/);
  });

  it('goes through while strangers guess at the old password', async () => {
    const here = someTenant();
    const ann = await rig.shopper(here.tenant);
    for (let n = 0; n < 11; n += 1) await rig.mutate({ tenant: here.tenant, clientAddress: someAddress() }, 'signIn', { email: ann.email, password: `guess number ${n}` });
    const token = await asked(here, ann.email);
    expect(await rig.mutate(here.guest, 'resetPassword', { token, password: newPassword })).toMatchObject({ __typename: 'ResetPasswordSucceeded' });
    expect(await rig.mutate({ tenant: here.tenant, clientAddress: someAddress() }, 'signIn', { email: ann.email, password: newPassword })).toMatchObject({ __typename: 'SignInSucceeded' });
  });
});

describe('changePassword', () => {
  it('changes the password, ends the other sessions and keeps this one [AUTH-10, AUTH-12]', async () => {
    const { tenant, guest } = someTenant();
    const ann = await rig.shopper(tenant);
    const phone = await rig.signIn(tenant, ann.email);
    await rig.mutate(guest, 'requestPasswordReset', { email: ann.email });
    expect(await rig.mutate(ann.asker, 'changePassword', { currentPassword: goodPassword, newPassword })).toMatchObject({ __typename: 'ChangePasswordSucceeded' });
    expect(await rig.mutate(guest, 'refreshSession', { refreshToken: phone.refreshToken })).toMatchObject({ __typename: 'SessionEnded' });
    expect(await rig.mutate(guest, 'refreshSession', { refreshToken: ann.refreshToken })).toMatchObject({ __typename: 'SignInSucceeded' });
    expect(await rig.mutate(guest, 'resetPassword', { token: await rig.mailed(tenant.id, 'RESET_PASSWORD'), password: goodPassword })).toMatchObject({ __typename: 'InvalidToken' });
    await rig.signIn(tenant, ann.email, newPassword);
  });

  it('refuses a wrong present password, a weak new one, and a guest', async () => {
    const { tenant, guest } = someTenant();
    const ann = await rig.shopper(tenant);
    expect(await rig.mutate(ann.asker, 'changePassword', { currentPassword: newPassword, newPassword })).toMatchObject({ __typename: 'WrongCredentials' });
    expect(await rig.mutate(ann.asker, 'changePassword', { currentPassword: goodPassword, newPassword: ann.email })).toMatchObject({ __typename: 'WeakPassword' });
    await expect(rig.mutate(guest, 'changePassword', { currentPassword: goodPassword, newPassword })).rejects.toThrow(/^UNAUTHENTICATED/);
    await rig.signIn(tenant, ann.email);
  });

  it('lets nobody with a stolen session guess the password: ten tries, then a wait [AUTH-16]', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    for (let n = 0; n < 10; n += 1) expect(await rig.mutate(ann.asker, 'changePassword', { currentPassword: `guess number ${n}`, newPassword })).toMatchObject({ __typename: 'WrongCredentials' });
    expect(await rig.mutate(ann.asker, 'changePassword', { currentPassword: goodPassword, newPassword })).toMatchObject({ __typename: 'TooManyAttempts' });
    rig.clock.advance(900_000);
    expect(await rig.mutate(ann.asker, 'changePassword', { currentPassword: goodPassword, newPassword })).toMatchObject({ __typename: 'ChangePasswordSucceeded' });
  });

  it('hashes for nobody without end, however right the password is: thirty proofs of any kind, then a wait [AUTH-16]', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    const proofs = async (count: number) => {
      for (let n = 0; n < count; n += 1) expect(await rig.mutate(ann.asker, 'removeTotp', { password: goodPassword })).toMatchObject({ __typename: 'RemoveTotpSucceeded' });
    };
    await proofs(30);
    for (const [field, input] of [['removeTotp', { password: goodPassword }], ['confirmTotp', { code: '123456' }], ['changePassword', { currentPassword: goodPassword, newPassword }]] as const) {
      expect(await rig.mutate(ann.asker, field, input)).toMatchObject({ __typename: 'TooManyAttempts' });
    }
    rig.clock.advance(900_000);
    await proofs(1);
  });

  it('changes nothing when the password was reset, or the session ended, after it was proved [AUTH-10, AUTH-12]', async () => {
    const { tenant, guest } = someTenant();
    const ann = await rig.shopper(tenant);
    const change = { asker: ann.asker, field: 'changePassword', kind: 'proof:account', at: 'proved' } as const;
    await rig.mutate(ann.asker, 'changePassword', { currentPassword: 'guess number 1', newPassword });
    const reset = async () => {
      await rig.mutate(guest, 'requestPasswordReset', { email: ann.email });
      await rig.mutate(guest, 'resetPassword', { token: await rig.mailed(tenant.id, 'RESET_PASSWORD'), password: newPassword });
      return rig.signIn(tenant, ann.email, newPassword);
    };
    let owner = ann;
    const input = { currentPassword: goodPassword, newPassword: 'a password of thieves 3' };
    expect(await overtaken(rig, { ...change, input, meanwhile: async () => { owner = await reset(); } })).toMatchObject({ __typename: 'WrongCredentials' });
    expect(await rig.mutate(guest, 'refreshSession', { refreshToken: owner.refreshToken })).toMatchObject({ __typename: 'SignInSucceeded' });

    await rig.mutate(owner.asker, 'changePassword', { currentPassword: 'guess number 1', newPassword });
    const stolen = { ...change, asker: owner.asker, input: { ...input, currentPassword: newPassword } };
    expect(await overtaken(rig, { ...stolen, meanwhile: () => rig.mutate(owner.asker, 'endSession', { sessionId: owner.sessionId }) })).toMatchObject({ __typename: 'WrongCredentials' });
    await rig.signIn(tenant, ann.email, newPassword);
  });
});
