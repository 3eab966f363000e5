import { vendorDescribe } from '@haat/schema/asks/vendors';
import { eventually } from '@haat/kit/testing/eventually';
import { startVerificationSimulator, type VerificationSimulator } from '@haat/local/verification/verification-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf } from '../support/graph.js';
import { vendorInvitationTo } from '../support/mailbox.js';
import { mutate } from '../support/mutate.js';
import { newShopper, signIn, someEmail, type Person } from '../support/sign-in.js';
import { putAsk } from '../support/put-ask.js';
import { startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';

const secret = 'callback-secret';
const requirement = '... on Requirement { status } ... on Problem { message }';

describe('somebody applies as a vendor', () => {
  let marketplace: TestMarketplace;
  let provider: VerificationSimulator;
  let [operator, owner, colleague]: Person[] = [];
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

  const as = (who: Person | undefined, field: string, input: Record<string, unknown>, select = '') => mutate(marketplace.door, who ?? { tenant: 'acme' }, field, input, select);
  const vendorsOf = async (who: Person | undefined) => dataOf(await marketplace.door.ask<{ viewer: { roles: string[]; vendors: { id: string; name: string; members: { role: string }[] | null }[] } }>(who ?? { tenant: 'acme' }, '{ viewer { roles vendors { id name members { role } } } }')).viewer;
  const read = async () => dataOf(await marketplace.door.ask<{ vendor: { status: string; openNow: boolean; requirements: { status: string | null; note: string | null }[] } }>(operator ?? { tenant: 'acme' }, 'query($id: ID) { vendor(id: $id) { status openNow requirements { status note } } }', { id: vendorId })).vendor;
  const check = (legalName: string) => as(owner, 'submitRequirement', { vendorId, key: 'company', subject: { legalName, country: 'BD', registrationNumber: 'C-1' } }, requirement);

  it('and is a merchant of their own vendor soon after [VEN-01, VEN-09]', async () => {
    await as(operator, 'setVendorRequirements', { requirements: [{ key: 'terms', kind: 'ACCEPT_TERMS', title: 'Terms', termsUrl: 'https://acme.example/terms' }, { key: 'company', kind: 'BUSINESS_CHECK', title: 'Your company' }] });
    vendorId = String((await as(owner, 'applyAsVendor', { slug: 'tangail-looms', name: 'Tangail Looms' }, '... on Vendor { id }'))['id']);
    expect(await eventually(async () => { const viewer = await vendorsOf(owner); return viewer.vendors.length > 0 ? viewer : undefined; }, 5_000)).toMatchObject({ roles: ['SHOPPER', 'MERCHANT'], vendors: [{ id: vendorId, name: 'Tangail Looms', members: [{ role: 'OWNER' }] }] });
  });

  it('has what is required checked by the provider: rejected, delayed, repeated and contradicted, each decided once [VEN-02]', async () => {
    expect(await as(owner, 'submitRequirement', { vendorId, key: 'terms', isAccepted: true }, requirement)).toMatchObject({ status: 'ACCEPTED' });
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

  it('is asked for where the provider says nothing, and believes no callback that is not signed [VEN-02]', async () => {
    await check('Silent Looms Ltd');
    const forged = await marketplace.door.fetch('/hooks/vendors/verification/acme', { method: 'POST', headers: { host: 'acme.localhost', 'content-type': 'application/json', 'x-verification-signature': 't=1,v1=00' }, body: '{"clientReference":"x","id":"y","status":"passed"}' });
    expect(forged.status).toBe(401);
    await expect.poll(read, { timeout: 10_000 }).toMatchObject({ requirements: [{}, { status: 'ACCEPTED' }] });
  });

  it('sells once the operators approve [VEN-01]', async () => {
    expect(await as(operator, 'approveVendor', { vendorId }, '... on Vendor { status openNow }')).toMatchObject({ status: 'APPROVED', openNow: true });
  });

  it('invites a colleague by mail, who accepts and sees the vendor [VEN-09]', async () => {
    const email = someEmail('jamal');
    await as(owner, 'inviteVendorMember', { vendorId, email, name: 'Jamal', role: 'STAFF' }, '... on VendorMember { status } ... on Problem { message }');
    const token = await vendorInvitationTo(marketplace, email);
    expect(await as(colleague, 'acceptInvitation', { token }, '... on VendorMember { status vendor { name } }')).toMatchObject({ status: 'ACTIVE', vendor: { name: 'Tangail Looms' } });
    await expect.poll(() => vendorsOf(colleague), { timeout: 5_000 }).toMatchObject({ roles: ['SHOPPER', 'MERCHANT'], vendors: [{ id: vendorId }] });
    const caught = await eventually(async () => (await caughtMails()).find((mail) => mail.to.some(({ address }) => address === email)), 10_000);
    expect(caught.text).toMatch(/Tangail Looms[\s\S]*\/join-vendor#token=/);
    expect(caught.text).toContain(token);
  });

  it('is off sale for a checkout the moment it is suspended, and on sale again when restored [VEN-01]', async () => {
    const described = async () => (await putAsk(marketplace, 'acme', vendorDescribe, { vendorIds: [vendorId] })).vendors[0];
    expect(await described()).toMatchObject({ openNow: true });
    await as(operator, 'suspendVendor', { vendorId, reason: 'Complaints.' });
    expect(await described()).toMatchObject({ openNow: false, whyClosed: 'SUSPENDED' });
    await as(operator, 'restoreVendor', { vendorId });
    expect(await described()).toMatchObject({ openNow: true, whyClosed: null });
  });
});

/** What the mail catcher of the run has. */
async function caughtMails(): Promise<{ text: string; to: { address: string }[] }[]> {
  return (await (await fetch(`${process.env['HAAT_TEST_MAIL_PAGE']}/email`)).json()) as never;
}
