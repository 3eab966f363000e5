import { Secret, TOTP } from 'otpauth';
import { eventually } from '@haat/kit/testing/eventually';
import { withClient } from '@haat/kit-postgres/postgres-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodPassword, IdentityRig, someAddress, someTenant, type Person } from '../testing/identity-rig.js';
import { overtaken } from '../testing/overtaken.js';

let rig: IdentityRig;
beforeAll(async () => { rig = await IdentityRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const wrong = { __typename: 'WrongCredentials', message: 'The code is wrong or too old.' };
const stepMs = 30_000;
/** What the app of a person shows, some steps from now. */
const codeOf = (secret: string, steps = 0) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: rig.clock.now().getTime() + steps * stepMs });
const isWaiting = async (statement: string) => (await rig.subgraph.query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike $1`, [statement])).length > 0;
/** A code that is none of the next ones. */
const badCode = (secret: string) => ['000000', '111111', '222222', '333333'].find((code) => ![-1, 0, 1].map((n) => codeOf(secret, n)).includes(code)) ?? '444444';

interface Enrolled extends Person { readonly secret: string; readonly recoveryCodes: readonly string[] }

async function enrolled(tenant: Person['asker']['tenant']): Promise<Enrolled> {
  const person = await rig.shopper(tenant);
  const { secret } = (await rig.mutate(person.asker, 'startTotp')) as unknown as { secret: string };
  const { recoveryCodes } = (await rig.mutate(person.asker, 'confirmTotp', { code: codeOf(secret) })) as unknown as { recoveryCodes: string[] };
  rig.clock.advance(2 * stepMs);
  return { ...person, secret, recoveryCodes };
}

async function challenged({ asker, email }: Person): Promise<string> {
  const outcome = await rig.mutate({ ...asker, viewer: undefined }, 'signIn', { email, password: goodPassword });
  expect(outcome).toMatchObject({ __typename: 'SecondFactorRequired', methods: ['TOTP', 'RECOVERY_CODE'] });
  return String(outcome['challenge']);
}

const confirm = ({ asker: { tenant } }: Person, challenge: string, code: string) => rig.mutate({ tenant, clientAddress: someAddress() }, 'confirmSecondFactor', { challenge, code });

async function reset({ asker: { tenant }, email }: Person): Promise<void> {
  await rig.mutate({ tenant }, 'requestPasswordReset', { email });
  await rig.mutate({ tenant }, 'resetPassword', { token: await rig.mailed(tenant.id, 'RESET_PASSWORD', email), password: 'another good one 9' });
}

describe('enrolling an authenticator app', () => {
  it('shows a secret, and counts once its first code came; ten recovery codes are shown then [AUTH-06]', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    const started = await rig.mutate(ann.asker, 'startTotp');
    expect(started).toMatchObject({ __typename: 'StartTotpSucceeded', secret: expect.stringMatching(/^[A-Z2-7]{32}$/), uri: expect.stringMatching(/^otpauth:\/\/totp\/Haat:/) });
    await rig.signIn(tenant, ann.email);
    const confirmed = await rig.mutate(ann.asker, 'confirmTotp', { code: codeOf(String(started['secret'])) });
    expect(confirmed).toEqual({ __typename: 'ConfirmTotpSucceeded', recoveryCodes: expect.any(Array) });
    expect(new Set(confirmed['recoveryCodes'] as string[]).size).toBe(10);
    await challenged(ann);
  });

  it('needs a sign-in of the last ten minutes, or the password [AUTH-06]', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    const { secret } = (await rig.mutate(ann.asker, 'startTotp')) as unknown as { secret: string };
    rig.clock.advance(600_000);
    expect(await rig.mutate(ann.asker, 'confirmTotp', { code: codeOf(secret) })).toMatchObject({ __typename: 'WrongCredentials' });
    expect(await rig.mutate(ann.asker, 'confirmTotp', { code: codeOf(secret), password: 'not the password 1' })).toMatchObject({ __typename: 'WrongCredentials' });
    await rig.mutate({ tenant }, 'refreshSession', { refreshToken: ann.refreshToken });
    expect(await rig.mutate(ann.asker, 'confirmTotp', { code: codeOf(secret) })).toMatchObject({ __typename: 'WrongCredentials' });
    expect(await rig.mutate(ann.asker, 'confirmTotp', { code: codeOf(secret), password: goodPassword })).toMatchObject({ __typename: 'ConfirmTotpSucceeded' });
  });

  it('refuses a wrong code, a code of another secret, and more than ten tries', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    expect(await rig.mutate(ann.asker, 'confirmTotp', { code: '123456' })).toMatchObject({ __typename: 'WrongCredentials' });
    const first = (await rig.mutate(ann.asker, 'startTotp')) as unknown as { secret: string };
    const second = (await rig.mutate(ann.asker, 'startTotp')) as unknown as { secret: string };
    const stale = codeOf(first.secret) === codeOf(second.secret) ? badCode(second.secret) : codeOf(first.secret);
    for (let n = 0; n < 9; n += 1) expect(await rig.mutate(ann.asker, 'confirmTotp', { code: stale })).toMatchObject({ __typename: 'WrongCredentials' });
    expect(await rig.mutate(ann.asker, 'confirmTotp', { code: codeOf(second.secret) })).toMatchObject({ __typename: 'TooManyAttempts' });
  });

  it('does not replace an app that counts, and starts once when started twice at the same time', async () => {
    const { tenant } = someTenant();
    const ann = await rig.shopper(tenant);
    const starts = await Promise.all([rig.mutate(ann.asker, 'startTotp'), rig.mutate(ann.asker, 'startTotp'), rig.mutate(ann.asker, 'startTotp')]);
    expect(starts.map((s) => s.__typename)).toEqual(Array(3).fill('StartTotpSucceeded'));
    const bea = await enrolled(tenant);
    expect(await rig.mutate(bea.asker, 'startTotp')).toMatchObject({ __typename: 'WrongCredentials' });
    expect(await rig.mutate(bea.asker, 'confirmTotp', { code: codeOf(bea.secret) })).toMatchObject({ __typename: 'WrongCredentials' });
  });

  it('makes no app count for whoever was signed out by a reset meanwhile [AUTH-06, AUTH-10]', async () => {
    const { tenant } = someTenant();
    for (const password of [goodPassword, undefined]) {
      const ann = await rig.shopper(tenant);
      const { secret } = (await rig.mutate(ann.asker, 'startTotp')) as unknown as { secret: string };
      await rig.mutate(ann.asker, 'confirmTotp', { code: badCode(secret) });
      const outcome = await overtaken(rig, { asker: ann.asker, field: 'confirmTotp', input: { code: codeOf(secret), password }, kind: 'proof:account', at: 'counting', meanwhile: () => reset(ann) });
      expect(outcome).toMatchObject({ __typename: 'WrongCredentials' });
      await rig.signIn(tenant, ann.email, 'another good one 9');
    }
  });

  it('keeps the secret sealed and the recovery codes as hashes [AUTH-06, AUTH-11]', async () => {
    const { tenant } = someTenant();
    const ann = await enrolled(tenant);
    const kept = JSON.stringify([await rig.subgraph.query('select * from identity.totp_factor'), await rig.subgraph.query('select * from identity.recovery_code')]);
    for (const secret of [ann.secret, ...ann.recoveryCodes, ...ann.recoveryCodes.map((c) => c.replaceAll('-', ''))]) expect(kept).not.toContain(secret);
  });
});

describe('confirmSecondFactor', () => {
  it('finishes a sign-in by a code of the app [AUTH-06]', async () => {
    const { tenant } = someTenant();
    const ann = await enrolled(tenant);
    const outcome = await confirm(ann, await challenged(ann), codeOf(ann.secret));
    expect(outcome).toMatchObject({ __typename: 'SignInSucceeded', viewer: { user: { id: ann.userId } } });
    expect(rig.person(tenant, ann.email, outcome).sessionId).not.toBe(ann.sessionId);
  });

  it('takes codes of the step before and after, and of no other [AUTH-06]', async () => {
    const { tenant } = someTenant();
    const ann = await enrolled(tenant);
    rig.clock.advance(5 * stepMs);
    for (const steps of [-2, 2]) {
      const far = codeOf(ann.secret, steps);
      if (![-1, 0, 1].some((near) => codeOf(ann.secret, near) === far)) expect(await confirm(ann, await challenged(ann), far)).toEqual(wrong);
    }
    expect(await confirm(ann, await challenged(ann), codeOf(ann.secret, -1))).toMatchObject({ __typename: 'SignInSucceeded' });
    expect(await confirm(ann, await challenged(ann), codeOf(ann.secret, 1))).toMatchObject({ __typename: 'SignInSucceeded' });
  });

  it('takes no code twice, nor one of an earlier step, at once or later [AUTH-06]', async () => {
    const { tenant } = someTenant();
    const ann = await enrolled(tenant);
    const code = codeOf(ann.secret);
    expect(await confirm(ann, await challenged(ann), code)).toMatchObject({ __typename: 'SignInSucceeded' });
    expect(await confirm(ann, await challenged(ann), code)).toEqual(wrong);
    expect(await confirm(ann, await challenged(ann), codeOf(ann.secret, -1))).toEqual(wrong);
    rig.clock.advance(2 * stepMs);
    const challenge = await challenged(ann);
    const next = codeOf(ann.secret);
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => confirm(ann, challenge, next)));
    expect(outcomes.filter((o) => o.__typename === 'SignInSucceeded')).toHaveLength(1);
  });

  it('takes each recovery code once, however it is spelt [AUTH-06]', async () => {
    const { tenant } = someTenant();
    const ann = await enrolled(tenant);
    const [first = '', second = ''] = ann.recoveryCodes;
    expect(await confirm(ann, await challenged(ann), first)).toMatchObject({ __typename: 'SignInSucceeded' });
    expect(await confirm(ann, await challenged(ann), first)).toEqual(wrong);
    expect(await confirm(ann, await challenged(ann), ` ${second.toUpperCase().replaceAll('-', '')} `)).toMatchObject({ __typename: 'SignInSucceeded' });
  });

  it('refuses codes of another person, and a challenge of another marketplace, of five minutes ago, or used', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const [ann, bea] = [await enrolled(here.tenant), await enrolled(here.tenant)];
    const challenge = await challenged(ann);
    if (codeOf(bea.secret) !== codeOf(ann.secret)) expect(await confirm(ann, challenge, codeOf(bea.secret))).toEqual(wrong);
    expect(await confirm(ann, challenge, bea.recoveryCodes[0] ?? '')).toEqual(wrong);
    expect(await confirm({ ...ann, asker: there.guest }, challenge, codeOf(ann.secret))).toEqual(wrong);
    expect(await confirm(ann, 'x'.repeat(43), codeOf(ann.secret))).toEqual(wrong);
    expect(await confirm(ann, challenge, codeOf(ann.secret))).toMatchObject({ __typename: 'SignInSucceeded' });
    expect(await confirm(ann, challenge, codeOf(ann.secret, 1))).toEqual(wrong);
    const old = await challenged(ann);
    rig.clock.advance(300_000);
    expect(await confirm(ann, old, codeOf(ann.secret))).toEqual(wrong);
  });

  it('ends a challenge after five wrong codes [AUTH-06, AUTH-16]', async () => {
    const { tenant } = someTenant();
    const ann = await enrolled(tenant);
    const challenge = await challenged(ann);
    for (let n = 0; n < 5; n += 1) expect(await confirm(ann, challenge, badCode(ann.secret))).toEqual(wrong);
    expect(await confirm(ann, challenge, codeOf(ann.secret))).toEqual(wrong);
    expect(await confirm(ann, await challenged(ann), codeOf(ann.secret))).toMatchObject({ __typename: 'SignInSucceeded' });
  });

  it('lets nobody who has the password try codes for ever: ten, then a wait [AUTH-06, AUTH-16]', async () => {
    const { tenant } = someTenant();
    const ann = await enrolled(tenant);
    for (let round = 0; round < 2; round += 1) {
      const challenge = await challenged(ann);
      for (let n = 0; n < 5; n += 1) expect(await confirm(ann, challenge, badCode(ann.secret))).toEqual(wrong);
    }
    expect(await confirm(ann, await challenged(ann), codeOf(ann.secret))).toMatchObject({ __typename: 'TooManyAttempts' });
    rig.clock.advance(900_000);
    expect(await confirm(ann, await challenged(ann), codeOf(ann.secret))).toMatchObject({ __typename: 'SignInSucceeded' });
  });

  it('refuses a person who was switched off meanwhile, and a challenge begun with an old password', async () => {
    const { tenant, operator } = someTenant();
    const [ann, bea] = [await enrolled(tenant), await enrolled(tenant)];
    const [first, second] = [await challenged(ann), await challenged(bea)];
    await rig.mutate(operator, 'deactivateUser', { userId: ann.userId });
    await rig.mutate(bea.asker, 'changePassword', { currentPassword: goodPassword, newPassword: 'another good one 9' });
    expect(await confirm(ann, first, codeOf(ann.secret))).toEqual(wrong);
    expect(await confirm(bea, second, codeOf(bea.secret))).toEqual(wrong);
  });

  it('opens no session for a person who is switched off at the same time', async () => {
    const { tenant, operator } = someTenant();
    const ann = await enrolled(tenant);
    const challenge = await challenged(ann);
    await withClient(rig.subgraph.adminUrl, async (somebody) => {
      await somebody.query('begin');
      await somebody.query('select from identity.totp_factor where user_id = $1 for update', [ann.userId]);
      const confirmed = confirm(ann, challenge, codeOf(ann.secret));
      await eventually(() => isWaiting('update totp_factor%'));
      let isOff = false;
      const off = rig.mutate(operator, 'deactivateUser', { userId: ann.userId }).then(() => { isOff = true; });
      await eventually(async () => isOff || (await isWaiting('%user_account%for update%')));
      await somebody.query('commit');
      await Promise.all([confirmed, off]);
    });
    expect(await rig.subgraph.query('select 1 from identity.session where user_id = $1 and ended_at is null', [ann.userId])).toEqual([]);
  });

  it('is asked after a mailed code as well', async () => {
    const { tenant, guest } = someTenant();
    const ann = await enrolled(tenant);
    await rig.mutate(guest, 'requestSignInCode', { email: ann.email });
    const outcome = await rig.mutate(guest, 'signInWithCode', { email: ann.email, code: await rig.mailed(tenant.id, 'SIGN_IN_CODE', ann.email) });
    expect(await confirm(ann, String(outcome['challenge']), codeOf(ann.secret))).toMatchObject({ __typename: 'SignInSucceeded' });
  });
});

describe('removeTotp', () => {
  it('removes app and recovery codes for whoever has the password [AUTH-06]', async () => {
    const { tenant } = someTenant();
    const ann = await enrolled(tenant);
    expect(await rig.mutate(ann.asker, 'removeTotp', { password: 'not the password 1' })).toMatchObject({ __typename: 'WrongCredentials' });
    await challenged(ann);
    expect(await rig.mutate(ann.asker, 'removeTotp', { password: goodPassword })).toMatchObject({ __typename: 'RemoveTotpSucceeded' });
    await rig.signIn(tenant, ann.email);
    expect(await rig.subgraph.query('select 1 from identity.recovery_code where user_id = $1', [ann.userId])).toEqual([]);
  });

  it('takes ten tries, and refuses guests', async () => {
    const { tenant, guest } = someTenant();
    const ann = await enrolled(tenant);
    for (let n = 0; n < 10; n += 1) await rig.mutate(ann.asker, 'removeTotp', { password: `guess number ${n}` });
    expect(await rig.mutate(ann.asker, 'removeTotp', { password: goodPassword })).toMatchObject({ __typename: 'TooManyAttempts' });
    await expect(rig.mutate(guest, 'removeTotp', { password: goodPassword })).rejects.toThrow(/^UNAUTHENTICATED/);
  });

  it('leaves the second factor when the password was reset after it was proved [AUTH-06, AUTH-10]', async () => {
    const { tenant } = someTenant();
    const ann = await enrolled(tenant);
    await rig.mutate(ann.asker, 'removeTotp', { password: 'guess number 1' });
    const outcome = await overtaken(rig, { asker: ann.asker, field: 'removeTotp', input: { password: goodPassword }, kind: 'proof:account', at: 'proved', meanwhile: () => reset(ann) });
    expect(outcome).toMatchObject({ __typename: 'WrongCredentials' });
    expect(await rig.mutate({ tenant }, 'signIn', { email: ann.email, password: 'another good one 9' })).toMatchObject({ __typename: 'SecondFactorRequired' });
  });
});
