import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@haat/kit/testing/eventually';
import { ChangePlan, CreateApiToken, InviteUser, OpenTenant, PlanAndUsage, ResetPassword, WhoAmI, type OpenTenantInput, type Role } from '@haat/operator-client/generated/operations';
import { Shop } from '@haat/storefront-client/generated/operations';
import { act, obtain } from '../support/act.js';
import { codeOf } from '../support/graph.js';
import { mails, mailTo } from '../support/mailbox.js';
import { runOperation, tryOperation } from '../support/run-operation.js';
import { demoPassword, signIn, someAddress, someEmail, type Person } from '../support/sign-in.js';
import { startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

const slug = 'handloom';
const ownerEmail = someEmail('farzana');

describe('the platform opens a shop, and its operator takes it over', () => {
  let marketplace: TestMarketplace;
  let platform: Person;
  let operator: Person;
  beforeAll(async () => {
    marketplace = await startTestMarketplace();
    platform = await signIn(marketplace.door, 'haat', 'platform@haat.example');
  });
  afterAll(() => marketplace.close());

  const open = (input: Partial<OpenTenantInput> = {}) => act(marketplace.door, platform, OpenTenant, { slug, name: 'Handloom House', currency: 'BDT', locale: 'bn', ownerEmail, ...input });
  const shop = async () => (await runOperation(marketplace.door, operator, PlanAndUsage, {})).tenant;
  const used = async (meter: string) => (await shop())?.usage?.find((each) => each.meter === meter)?.used;
  const invite = (email: string, role: Role = 'OPERATOR') => act(marketplace.door, operator, InviteUser, { email, role });

  it('serves at once at its own host, once however often it is asked for [TEN-01, EVT-08]', async () => {
    expect(codeOf(await tryOperation(marketplace.door, { tenant: slug }, Shop, {}))).toBe('TENANT_UNKNOWN');
    const opened = await open({ idempotencyKey: 'handloom-once' });
    expect(opened).toMatchObject({ __typename: 'Tenant', slug, currency: 'BDT', locale: 'bn' });
    expect(await open({ idempotencyKey: 'handloom-once' })).toEqual(opened);
    expect(await open()).toMatchObject({ __typename: 'SlugTaken', slug });
    const { tenant } = await eventually(() => runOperation(marketplace.door, { tenant: slug }, Shop, {}), 5_000);
    expect(tenant).toMatchObject({ slug, name: 'Handloom House' });
  });

  it('invites the first operator by mail, who sets a password and signs in [EVT-01]', async () => {
    const { door } = marketplace;
    const invitation = await mailTo(marketplace, ownerEmail, 'INVITATION');
    expect((await mails(marketplace)).filter((mail) => mail.to === ownerEmail)).toHaveLength(1);
    const guest = { tenant: slug, headers: someAddress() };
    const elsewhere = await act(door, { tenant: 'nordic' }, ResetPassword, { token: invitation.secret, password: demoPassword });
    expect(elsewhere.__typename).toBe('InvalidToken');
    expect((await act(door, guest, ResetPassword, { token: invitation.secret, password: 'short' })).__typename).toBe('WeakPassword');
    expect((await act(door, guest, ResetPassword, { token: invitation.secret, password: demoPassword })).__typename).toBe('ResetPasswordSucceeded');
    operator = await signIn(door, slug, ownerEmail);
    expect((await runOperation(door, operator, WhoAmI, {})).viewer?.roles).toEqual(['OPERATOR']);
  });

  it('lets the operator add staff up to the limit of the plan, and no further [TEN-02]', async () => {
    const limit = (await shop())?.plan?.limits.find(({ meter }) => meter === 'staff')?.limit ?? 0;
    expect(limit).toBe(3);
    for (let staff = 1; staff < limit; staff++) expect((await invite(someEmail('staff'))).__typename).toBe('User');
    expect(await invite(someEmail('staff'))).toMatchObject({ __typename: 'StaffLimitReached', limit });
    const atOnce = await Promise.all(Array.from({ length: 5 }, () => invite(someEmail('staff'))));
    expect(atOnce.map((outcome) => outcome.__typename)).toEqual(Array(5).fill('StaffLimitReached'));
  });

  it('shows what is used, as told by whoever counts it [TEN-09]', async () => {
    await expect.poll(() => used('staff'), { timeout: 5_000 }).toBe(3);
    await obtain(marketplace.door, operator, CreateApiToken, { name: 'Stock import', kind: 'MACHINE', grants: ['stock.write'] }, 'CreateApiTokenSucceeded');
    await expect.poll(() => used('apiTokens'), { timeout: 5_000 }).toBe(1);
  });

  it('has room again when the platform gives it a larger plan', async () => {
    const tenantId = (await shop())?.id ?? '';
    await obtain(marketplace.door, platform, ChangePlan, { tenantId, planKey: 'GROWTH' }, 'Tenant');
    await expect.poll(async () => (await invite(someEmail('staff'))).__typename, { timeout: 5_000 }).toBe('User');
    await expect.poll(() => used('staff'), { timeout: 5_000 }).toBe(4);
  });
});
