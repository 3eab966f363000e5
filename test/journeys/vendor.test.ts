import { vendorDescribe } from '@haat/schema/asks/vendors';
import { eventually } from '@haat/kit/testing/eventually';
import { startVerificationSimulator, type VerificationSimulator } from '@haat/local/verification/verification-simulator';
import { AcceptInvitation, ApplyAsVendor, InviteVendorMember, SubmitRequirement, VendorTeam, WhoAmI } from '@haat/merchant-client/generated/operations';
import { ApproveVendor, RestoreVendor, SetVendorRequirements, SuspendVendor, VendorReview } from '@haat/operator-client/generated/operations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, obtain } from '../support/act.js';
import { caughtMail } from '../support/caught-mail.js';
import { vendorInvitationTo } from '../support/mailbox.js';
import { runOperation } from '../support/run-operation.js';
import { newShopper, signIn, someEmail, type Person } from '../support/sign-in.js';
import { putAsk } from '../support/put-ask.js';
import { startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

const secret = 'callback-secret';

describe('somebody applies as a vendor', () => {
  let marketplace: TestMarketplace;
  let provider: VerificationSimulator;
  let operator: Person;
  let owner: Person;
  let colleague: Person;
  let vendorId: string;
  beforeAll(async () => {
    provider = await startVerificationSimulator({ key: 'provider-key', secret });
    marketplace = await startTestMarketplace({ VERIFICATION_URL: provider.url, VERIFICATION_KEY: 'provider-key', VERIFICATION_SECRETS: secret, VERIFICATION_POLL_SECONDS: '1' });
    provider.door = marketplace.url;
    operator = await signIn(marketplace.door, 'acme', 'operator@acme.example');
    owner = await newShopper(marketplace.door, 'acme', 'Salma');
    colleague = await newShopper(marketplace.door, 'acme', 'Jamal');
  });
  afterAll(async () => {
    await marketplace?.close();
    await provider?.[Symbol.asyncDispose]();
  });

  const vendorsOf = async (who: Person) => (await runOperation(marketplace.door, who, WhoAmI, {})).viewer;
  const teamOf = async (who: Person) => (await runOperation(marketplace.door, who, VendorTeam, { id: vendorId })).vendor?.members;
  const read = async () => (await runOperation(marketplace.door, operator, VendorReview, { id: vendorId })).vendor;
  const check = (legalName: string) => act(marketplace.door, owner, SubmitRequirement, { vendorId, key: 'company', subject: { legalName, country: 'BD', registrationNumber: 'C-1' } });

  it('and is a merchant of their own vendor soon after [VEN-01, VEN-09]', async () => {
    await obtain(marketplace.door, operator, SetVendorRequirements, { requirements: [{ key: 'terms', kind: 'ACCEPT_TERMS', title: 'Terms', termsUrl: 'https://acme.example/terms' }, { key: 'company', kind: 'BUSINESS_CHECK', title: 'Your company' }] }, 'SetVendorRequirementsSucceeded');
    vendorId = (await obtain(marketplace.door, owner, ApplyAsVendor, { slug: 'tangail-looms', name: 'Tangail Looms' }, 'Vendor')).id;
    expect(await eventually(async () => { const viewer = await vendorsOf(owner); return viewer?.vendors?.length ? viewer : undefined; }, 5_000)).toMatchObject({ roles: ['SHOPPER', 'MERCHANT'], vendors: [{ id: vendorId, name: 'Tangail Looms' }] });
    expect(await teamOf(owner)).toMatchObject([{ role: 'OWNER' }]);
  });

  it('has what is required checked by the provider: rejected, delayed, repeated and contradicted, each decided once [VEN-02]', async () => {
    expect(await act(marketplace.door, owner, SubmitRequirement, { vendorId, key: 'terms', isAccepted: true })).toMatchObject({ status: 'ACCEPTED' });
    await check('Reject Looms Ltd');
    await expect.poll(read, { timeout: 10_000 }).toMatchObject({ status: 'ONBOARDING', requirements: [{ status: 'ACCEPTED' }, { status: 'REJECTED', note: 'The papers do not match.' }] });
    await check('Delay Looms Ltd');
    expect(await read()).toMatchObject({ status: 'READY_FOR_REVIEW', requirements: [{}, { status: 'PENDING' }] });
    provider.answered.length = 0;
    await check('Repeat Looms Ltd');
    await expect.poll(() => provider.answered, { timeout: 10_000 }).toEqual([204, 204, 204, 204]);
    expect(await read()).toMatchObject({ status: 'READY_FOR_REVIEW', requirements: [{}, { status: 'ACCEPTED', note: null }] });
    provider.release();
    expect(await read()).toMatchObject({ requirements: [{}, { status: 'ACCEPTED' }] });
  });

  it('is asked for where the provider says nothing, and believes no callback that is not signed [VEN-02, SEC-05]', async () => {
    await check('Silent Looms Ltd');
    const forged = await marketplace.door.fetch('/hooks/vendors/verification/acme', { method: 'POST', headers: { host: 'acme.localhost', 'content-type': 'application/json', 'x-verification-signature': 't=1,v1=00' }, body: '{"clientReference":"x","id":"y","status":"passed"}' });
    expect(forged.status).toBe(401);
    await expect.poll(read, { timeout: 10_000 }).toMatchObject({ requirements: [{}, { status: 'ACCEPTED' }] });
  });

  it('sells once the operators approve [VEN-01]', async () => {
    expect(await act(marketplace.door, operator, ApproveVendor, { vendorId })).toMatchObject({ status: 'APPROVED', openNow: true });
  });

  it('invites a colleague by mail, who accepts and sees the vendor [VEN-09]', async () => {
    const email = someEmail('jamal');
    await obtain(marketplace.door, owner, InviteVendorMember, { vendorId, email, name: 'Jamal', role: 'STAFF' }, 'VendorMember');
    const token = await vendorInvitationTo(marketplace, email);
    expect(await act(marketplace.door, colleague, AcceptInvitation, { token })).toMatchObject({ status: 'ACTIVE', vendor: { name: 'Tangail Looms' } });
    await expect.poll(() => vendorsOf(colleague), { timeout: 5_000 }).toMatchObject({ roles: ['SHOPPER', 'MERCHANT'], vendors: [{ id: vendorId }] });
    const caught = await caughtMail(email, /join-vendor/);
    expect(caught.text).toMatch(/Tangail Looms[\s\S]*\/join-vendor#token=/);
    expect(caught.text).toContain(token);
  });

  it('is off sale for a checkout the moment it is suspended, and on sale again when restored [VEN-01]', async () => {
    const described = async () => (await putAsk(marketplace, 'acme', vendorDescribe, { vendorIds: [vendorId] })).vendors[0];
    expect(await described()).toMatchObject({ openNow: true });
    await obtain(marketplace.door, operator, SuspendVendor, { vendorId, reason: 'Complaints.' }, 'Vendor');
    expect(await described()).toMatchObject({ openNow: false, whyClosed: 'SUSPENDED' });
    await obtain(marketplace.door, operator, RestoreVendor, { vendorId }, 'Vendor');
    expect(await described()).toMatchObject({ openNow: true, whyClosed: null });
  });
});
