import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@haat/kit/testing/eventually';
import { codeOf, dataOf } from '../support/graph.js';
import { mails, mailTo } from '../support/mailbox.js';
import { mutate } from '../support/mutate.js';
import { demoPassword, signIn, someAddress, someEmail, type Person } from '../support/sign-in.js';
import { startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

const slug = 'handloom';
const ownerEmail = someEmail('farzana');
const shop = '{ tenant { slug name currency locale plan { key limits { meter limit } } usage { meter used limit } } }';

interface Shop {
  readonly tenant: { readonly slug: string; readonly plan: { readonly limits: { meter: string; limit: number }[] }; readonly usage: { meter: string; used: number; limit: number }[] };
}

describe('the platform opens a shop, and its operator takes it over', () => {
  let marketplace: TestMarketplace;
  let platform: Person;
  let operator: Person;
  beforeAll(async () => {
    marketplace = await startTestMarketplace();
    platform = await signIn(marketplace.door, 'haat', 'platform@haat.example');
  });
  afterAll(() => marketplace.close());

  const open = (input: Record<string, unknown> = {}) =>
    mutate(marketplace.door, platform, 'openTenant', { slug, name: 'Handloom House', currency: 'BDT', locale: 'bn', ownerEmail, ...input }, '... on Tenant { id slug currency locale } ... on SlugTaken { slug }');
  const used = async (meter: string) => dataOf(await marketplace.door.ask<Shop>(operator, shop)).tenant.usage.find((each) => each.meter === meter)?.used;
  const invite = (email: string, role = 'OPERATOR') => mutate(marketplace.door, operator, 'inviteUser', { email, role }, '... on User { id } ... on StaffLimitReached { limit }');

  it('serves at once at its own host, once however often it is asked for [TEN-01, EVT-08]', async () => {
    expect(codeOf(await marketplace.door.ask({ tenant: slug }, '{ tenant { slug } }'))).toBe('TENANT_UNKNOWN');
    const opened = await open({ idempotencyKey: 'handloom-once' });
    expect(opened).toMatchObject({ __typename: 'Tenant', slug, currency: 'BDT', locale: 'bn' });
    expect(await open({ idempotencyKey: 'handloom-once' })).toEqual(opened);
    expect(await open()).toMatchObject({ __typename: 'SlugTaken', slug });
    const seen = await eventually(async () => dataOf(await marketplace.door.ask({ tenant: slug }, '{ tenant { slug name } }')), 5_000);
    expect(seen).toEqual({ tenant: { slug, name: 'Handloom House' } });
  });

  it('invites the first operator by mail, who sets a password and signs in [EVT-01]', async () => {
    const { door } = marketplace;
    const invitation = await mailTo(marketplace, ownerEmail, 'INVITATION');
    expect((await mails(marketplace)).filter((mail) => mail.to === ownerEmail)).toHaveLength(1);
    const guest = { tenant: slug, headers: someAddress() };
    const elsewhere = await mutate(door, { tenant: 'nordic' }, 'resetPassword', { token: invitation.secret, password: demoPassword });
    expect(elsewhere.__typename).toBe('InvalidToken');
    expect((await mutate(door, guest, 'resetPassword', { token: invitation.secret, password: 'short' })).__typename).toBe('WeakPassword');
    expect((await mutate(door, guest, 'resetPassword', { token: invitation.secret, password: demoPassword })).__typename).toBe('ResetPasswordSucceeded');
    operator = await signIn(door, slug, ownerEmail);
    expect(dataOf(await door.ask(operator, '{ viewer { roles } }'))).toEqual({ viewer: { roles: ['OPERATOR'] } });
  });

  it('lets the operator add staff up to the limit of the plan, and no further [TEN-02]', async () => {
    const { tenant } = dataOf(await marketplace.door.ask<Shop>(operator, shop));
    const limit = tenant.plan.limits.find(({ meter }) => meter === 'staff')?.limit ?? 0;
    expect(limit).toBe(3);
    for (let staff = 1; staff < limit; staff++) expect((await invite(someEmail('staff'))).__typename).toBe('User');
    expect(await invite(someEmail('staff'))).toMatchObject({ __typename: 'StaffLimitReached', limit });
    const atOnce = await Promise.all(Array.from({ length: 5 }, () => invite(someEmail('staff'))));
    expect(atOnce.map((outcome) => outcome.__typename)).toEqual(Array(5).fill('StaffLimitReached'));
  });

  it('shows what is used, as told by whoever counts it [TEN-09]', async () => {
    await expect.poll(() => used('staff'), { timeout: 5_000 }).toBe(3);
    await mutate(marketplace.door, operator, 'createApiToken', { name: 'Stock import', kind: 'MACHINE', grants: ['stock.write'] });
    await expect.poll(() => used('apiTokens'), { timeout: 5_000 }).toBe(1);
  });

  it('has room again when the platform gives it a larger plan', async () => {
    const tenantId = dataOf(await marketplace.door.ask<{ tenant: { id: string } }>(operator, '{ tenant { id } }')).tenant.id;
    await mutate(marketplace.door, platform, 'changePlan', { tenantId, planKey: 'GROWTH' });
    await expect.poll(async () => (await invite(someEmail('staff'))).__typename, { timeout: 5_000 }).toBe('User');
    await expect.poll(() => used('staff'), { timeout: 5_000 }).toBe(4);
  });
});
