import { tenantOpened } from '@haat/schema/events/tenants';
import { seal } from '@haat/kit/seal';
import { platformTenant, testViewer } from '@haat/kit/testing/test-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodPassword, IdentityRig, someEmail, someTenant } from '../testing/identity-rig.js';

let rig: IdentityRig;
beforeAll(async () => { rig = await IdentityRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const rolesOf = async (userId: string) => (await rig.subgraph.query<{ roles: string[]; grants: string[] }>('select roles, grants from identity.user_account where id = $1', [userId]))[0];
const staffCounts = async (tenantId: string) => (await rig.said(tenantId, 'usage-counted')).map((p) => p['used']);

describe('grantRole', () => {
  it('gives a role and rights, says so, and counts operators [AUTH-07, AUTH-08]', async () => {
    const { tenant, operator } = someTenant();
    const ann = await rig.shopper(tenant);
    expect(await rig.mutate(operator, 'grantRole', { userId: ann.userId, role: 'MERCHANT', grants: ['orders.manage', 'orders.manage'] })).toMatchObject({ __typename: 'User', id: ann.userId });
    await rig.mutate(operator, 'grantRole', { userId: ann.userId, role: 'OPERATOR' });
    await rig.mutate(operator, 'grantRole', { userId: ann.userId, role: 'OPERATOR' });
    expect(await rolesOf(ann.userId)).toEqual({ roles: ['SHOPPER', 'MERCHANT', 'OPERATOR'], grants: ['orders.manage'] });
    expect(await rig.said(tenant.id, 'viewer-changed')).toEqual(Array(3).fill({ userId: ann.userId }));
    expect(await staffCounts(tenant.id)).toEqual([1]);
  });

  it('makes as many operators as the plan allows, however many are made at the same time [TEN-02, AUTH-07]', async () => {
    const { tenant, operator } = someTenant({ limits: { staff: 2 } });
    const people = await Promise.all(Array.from({ length: 5 }, () => rig.shopper(tenant)));
    const outcomes = await Promise.all(people.map(({ userId }) => rig.mutate(operator, 'grantRole', { userId, role: 'OPERATOR' })));
    expect(outcomes.filter((o) => o.__typename === 'User')).toHaveLength(2);
    expect(outcomes.find((o) => o.__typename === 'StaffLimitReached')).toMatchObject({ limit: 2, message: 'The plan allows 2 operators.' });
    expect(await staffCounts(tenant.id)).toEqual([1, 2]);
  });

  it('hands the role of the platform out only in the platform\'s own marketplace, by the platform [AUTH-07]', async () => {
    const { tenant, operator } = someTenant();
    const ann = await rig.shopper(tenant);
    const bea = await rig.shopper(platformTenant);
    const grant = (asker: typeof operator, userId: string) => rig.mutate(asker, 'grantRole', { userId, role: 'PLATFORM' });
    await expect(grant(operator, ann.userId)).rejects.toThrow(/^FORBIDDEN/);
    await expect(grant({ tenant: platformTenant, viewer: testViewer('usr_o', ['OPERATOR']) }, bea.userId)).rejects.toThrow(/^FORBIDDEN/);
    const platform = { tenant: platformTenant, viewer: testViewer('usr_p', ['PLATFORM']) };
    expect(await grant(platform, bea.userId)).toMatchObject({ __typename: 'User' });
    await expect(rig.mutate(operator, 'revokeRole', { userId: ann.userId, role: 'PLATFORM' })).rejects.toThrow(/^FORBIDDEN/);
    expect(await rig.mutate(platform, 'revokeRole', { userId: bea.userId, role: 'PLATFORM' })).toMatchObject({ __typename: 'LastOperator' });
    expect(await rig.mutate(platform, 'deactivateUser', { userId: bea.userId })).toMatchObject({ __typename: 'LastOperator' });
  });

  it('refuses the role of programs, rights that are none, people who are not here, and everybody but operators [AUTH-07]', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const [ann, far] = [await rig.shopper(here.tenant), await rig.shopper(there.tenant)];
    await expect(rig.mutate(here.operator, 'grantRole', { userId: ann.userId, role: 'PARTNER' })).rejects.toThrow(/^BAD_USER_INPUT: .*input.role/);
    await expect(rig.mutate(here.operator, 'grantRole', { userId: ann.userId, role: 'MERCHANT', grants: ['*'] })).rejects.toThrow(/^BAD_USER_INPUT: .*input.grants.0/);
    for (const field of ['grantRole', 'revokeRole'] as const) {
      await expect(rig.mutate(here.operator, field, { userId: far.userId, role: 'OPERATOR' })).rejects.toThrow('NOT_FOUND: No such user.');
      await expect(rig.mutate(ann.asker, field, { userId: ann.userId, role: 'OPERATOR' })).rejects.toThrow(/^FORBIDDEN/);
      await expect(rig.mutate(here.guest, field, { userId: ann.userId, role: 'OPERATOR' })).rejects.toThrow(/^UNAUTHENTICATED/);
    }
    expect(await rolesOf(far.userId)).toEqual({ roles: ['SHOPPER'], grants: [] });
  });
});

describe('revokeRole', () => {
  it('takes a role away, and the rights beyond it with the last that works here [AUTH-07]', async () => {
    const { tenant, operator } = someTenant();
    const [ann, bea] = [await rig.shopper(tenant), await rig.shopper(tenant)];
    await rig.mutate(operator, 'grantRole', { userId: bea.userId, role: 'OPERATOR' });
    await rig.mutate(operator, 'grantRole', { userId: ann.userId, role: 'MERCHANT', grants: ['orders.manage'] });
    await rig.mutate(operator, 'grantRole', { userId: ann.userId, role: 'OPERATOR' });
    await rig.mutate(operator, 'revokeRole', { userId: ann.userId, role: 'OPERATOR' });
    expect(await rolesOf(ann.userId)).toEqual({ roles: ['SHOPPER', 'MERCHANT'], grants: ['orders.manage'] });
    await rig.mutate(operator, 'revokeRole', { userId: ann.userId, role: 'MERCHANT' });
    expect(await rolesOf(ann.userId)).toEqual({ roles: ['SHOPPER'], grants: [] });
    const said = (await rig.said(tenant.id, 'viewer-changed')).length;
    await rig.mutate(operator, 'revokeRole', { userId: ann.userId, role: 'MERCHANT' });
    expect(await rig.said(tenant.id, 'viewer-changed')).toHaveLength(said);
    expect(await staffCounts(tenant.id)).toEqual([1, 2, 1]);
  });

  it('leaves the last operator, also when both step down at the same time [AUTH-07]', async () => {
    const { tenant, operator } = someTenant();
    const people = [await rig.shopper(tenant), await rig.shopper(tenant)];
    for (const { userId } of people) await rig.mutate(operator, 'grantRole', { userId, role: 'OPERATOR' });
    const outcomes = await Promise.all(people.map(({ userId }) => rig.mutate(operator, 'revokeRole', { userId, role: 'OPERATOR' })));
    expect(outcomes.map((o) => o.__typename).sort()).toEqual(['LastOperator', 'User']);
    const last = people[outcomes.findIndex((o) => o.__typename === 'LastOperator')];
    for (const field of ['deactivateUser', 'eraseUser'] as const) expect(await rig.mutate(operator, field, { userId: last?.userId })).toMatchObject({ __typename: 'LastOperator' });
  });
});

describe('inviteUser', () => {
  it('mails an invitation to somebody new, by whose token they choose a password [AUTH-07, USER-01]', async () => {
    const { tenant, guest, operator } = someTenant();
    const email = someEmail('boss');
    const invited = await rig.mutate(operator, 'inviteUser', { email: email.toUpperCase(), name: 'Boss', role: 'OPERATOR' });
    expect(invited).toMatchObject({ __typename: 'User', email, name: 'Boss', emailVerifiedAt: null });
    expect(await rig.mails(tenant.id)).toMatchObject([{ kind: 'INVITATION', to: email }]);
    await rig.mutate(guest, 'resetPassword', { token: await rig.mailed(tenant.id, 'INVITATION'), password: goodPassword });
    expect((await rig.signIn(tenant, email)).asker.viewer?.roles).toEqual(['OPERATOR']);
    expect(await staffCounts(tenant.id)).toEqual([1]);
  });

  it('mails two hundred people a day at most, of each marketplace for itself', async () => {
    const [{ tenant, operator }, there] = [someTenant(), someTenant()];
    const invite = (asker = operator) => rig.mutate(asker, 'inviteUser', { email: someEmail(), role: 'SHOPPER' });
    await rig.subgraph.query(`insert into identity.attempt (tenant_id, id, kind, subject, began_at, count) select $1::text, 'invite:day:' || s.subject, 'invite:day', s.subject, $2, 199 from (select encode(sha256(convert_to($1::text, 'UTF8')), 'hex') as subject) s`, [tenant.id, rig.clock.now()]);
    expect(await invite()).toMatchObject({ __typename: 'User' });
    expect(await invite()).toMatchObject({ __typename: 'TooManyAttempts', retryAfterSeconds: 86_400 });
    expect(await rig.mails(tenant.id)).toHaveLength(1);
    expect(await invite(there.operator)).toMatchObject({ __typename: 'User' });
    rig.clock.advance(86_400_000);
    expect(await invite()).toMatchObject({ __typename: 'User' });
  });

  it('gives the role to somebody who has an account, and no mail', async () => {
    const { tenant, operator } = someTenant();
    const ann = await rig.shopper(tenant);
    expect(await rig.mutate(operator, 'inviteUser', { email: ann.email, role: 'OPERATOR' })).toMatchObject({ id: ann.userId });
    expect(await rolesOf(ann.userId)).toMatchObject({ roles: ['SHOPPER', 'OPERATOR'] });
    expect((await rig.mails(tenant.id)).filter((m) => m.kind === 'INVITATION')).toEqual([]);
    await rig.signIn(tenant, ann.email);
  });

  it('hands no role to a stranger who registered the address before: the mail decides whose account it is', async () => {
    const { tenant, guest, operator } = someTenant();
    const email = someEmail('boss');
    await rig.mutate(guest, 'register', { email, password: goodPassword });
    const stranger = await rig.signIn(tenant, email);
    await rig.mutate(operator, 'inviteUser', { email, role: 'OPERATOR' });
    expect(await rig.mutate(guest, 'signIn', { email, password: goodPassword })).toMatchObject({ __typename: 'WrongCredentials' });
    expect(await rig.mutate(guest, 'refreshSession', { refreshToken: stranger.refreshToken })).toMatchObject({ __typename: 'SessionEnded' });
    await rig.mutate(guest, 'resetPassword', { token: await rig.mailed(tenant.id, 'INVITATION'), password: 'another good one 9' });
    await rig.signIn(tenant, email, 'another good one 9');
  });

  it('stops at the plan\'s limit of operators, but mails again who was invited already [TEN-02]', async () => {
    const { tenant, operator } = someTenant({ limits: { staff: 1 } });
    const email = someEmail('boss');
    await rig.mutate(operator, 'inviteUser', { email, role: 'OPERATOR' });
    expect(await rig.mutate(operator, 'inviteUser', { email: someEmail('second'), role: 'OPERATOR' })).toMatchObject({ __typename: 'StaffLimitReached', limit: 1 });
    expect(await rig.mutate(operator, 'inviteUser', { email: someEmail('shopper'), role: 'SHOPPER' })).toMatchObject({ __typename: 'User' });
    expect(await rig.mutate(operator, 'inviteUser', { email, role: 'OPERATOR' })).toMatchObject({ __typename: 'User' });
    expect((await rig.mails(tenant.id)).filter((m) => m.to === email)).toHaveLength(2);
  });

  it('leaves no way round the limit: who is switched on again needs a place [TEN-02]', async () => {
    const { tenant, operator } = someTenant({ limits: { staff: 2 } });
    const [ann, bea, cleo] = [await rig.shopper(tenant), await rig.shopper(tenant), await rig.shopper(tenant)];
    for (const { userId } of [ann, bea]) await rig.mutate(operator, 'grantRole', { userId, role: 'OPERATOR' });
    await rig.mutate(operator, 'deactivateUser', { userId: ann.userId });
    await rig.mutate(operator, 'grantRole', { userId: cleo.userId, role: 'OPERATOR' });
    expect(await rig.mutate(operator, 'reactivateUser', { userId: ann.userId })).toMatchObject({ __typename: 'StaffLimitReached', limit: 2 });
    await rig.mutate(operator, 'revokeRole', { userId: cleo.userId, role: 'OPERATOR' });
    expect(await rig.mutate(operator, 'reactivateUser', { userId: ann.userId })).toMatchObject({ __typename: 'User' });
    expect(await staffCounts(tenant.id)).toEqual([1, 2, 1, 2, 1, 2]);
  });

  it('refuses other roles, and everybody but operators', async () => {
    const { tenant, guest, operator } = someTenant();
    const ann = await rig.shopper(tenant);
    for (const role of ['PLATFORM', 'MERCHANT', 'PARTNER']) await expect(rig.mutate(operator, 'inviteUser', { email: someEmail(), role })).rejects.toThrow(/^BAD_USER_INPUT: .*input.role/);
    await expect(rig.mutate(ann.asker, 'inviteUser', { email: someEmail(), role: 'OPERATOR' })).rejects.toThrow(/^FORBIDDEN/);
    await expect(rig.mutate(guest, 'inviteUser', { email: someEmail(), role: 'OPERATOR' })).rejects.toThrow(/^UNAUTHENTICATED/);
  });
});

describe('a marketplace that was opened', () => {
  const opened = async (tenantId: string, email?: string) => {
    const { keys } = JSON.parse(rig.subgraph.env['HAAT_SEALING_PUBLIC_KEYS'] ?? '') as { keys: { kid: string }[] };
    const key = keys.find((k) => k.kid.startsWith('identity:')) ?? {};
    const sealedOwnerEmail = email && (await seal(key, { tenantId, purpose: tenantOpened.key }, email));
    return { tenantId, slug: 'opened', name: 'Opened', status: 'OPEN' as const, currency: 'BDT', locales: ['bn', 'en'], timeZone: 'Asia/Dhaka', plan: 'STARTER', features: [], limits: {}, hosts: [], sealedOwnerEmail };
  };

  it('has its first operator invited, in its own language, once [TEN-01, AUTH-07]', async () => {
    const { tenant, guest } = someTenant();
    const email = someEmail('owner');
    const event = { aggregate: { id: tenant.id, version: 1 }, payload: await opened(tenant.id, email.toUpperCase()) };
    expect(await rig.subgraph.hear(tenantOpened, tenant.id, event)).toEqual(['applied']);
    expect(await rig.subgraph.hear(tenantOpened, tenant.id, event)).toEqual(['stale']);
    expect(await rig.mails(tenant.id)).toMatchObject([{ kind: 'INVITATION', to: email, locale: 'bn' }]);
    expect(await staffCounts(tenant.id)).toEqual([1]);
    await rig.mutate(guest, 'resetPassword', { token: await rig.mailed(tenant.id, 'INVITATION'), password: goodPassword });
    expect((await rig.signIn(tenant, email)).asker.viewer?.roles).toEqual(['OPERATOR']);
  });

  it('invites nobody where no owner was named, and fails where the address was sealed for another marketplace', async () => {
    const [here, there] = [someTenant(), someTenant()];
    expect(await rig.subgraph.hear(tenantOpened, here.tenant.id, { aggregate: { id: here.tenant.id, version: 1 }, payload: await opened(here.tenant.id) })).toEqual(['applied']);
    const foreign = { ...(await opened(here.tenant.id, someEmail())), tenantId: there.tenant.id };
    await expect(rig.subgraph.hear(tenantOpened, there.tenant.id, { aggregate: { id: there.tenant.id, version: 1 }, payload: foreign })).rejects.toThrow(/Sealed for another/);
    expect([await rig.mails(here.tenant.id), await rig.mails(there.tenant.id)]).toEqual([[], []]);
  });
});
