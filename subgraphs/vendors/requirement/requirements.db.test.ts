import { offerChanged } from '@haat/schema/events/catalog';
import { newId } from '@haat/kit/id';
import { countStatements, type StatementCount } from '@haat/kit-postgres/testing/statement-count';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VendorsRig, type Market } from '../testing/vendors-rig.js';

let rig: VendorsRig;
let statements: StatementCount;
beforeAll(async () => {
  statements = countStatements();
  rig = await VendorsRig.start();
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  statements[Symbol.dispose]();
});

type Vendor = Awaited<ReturnType<VendorsRig['applied']>>;
const requirement = '... on Requirement { rule { key } status note documentUrl answers { key value } submittedAt decidedAt checkUrl } ... on RequirementNotMet { missing }';
const set = (market: Market, ...requirements: Record<string, unknown>[]) => rig.mutate(market.operator, 'setVendorRequirements', { requirements: requirements.map((one) => ({ key: String(one['kind']).toLowerCase().replaceAll('_', '-'), title: 'Asked', ...one })) }, '... on SetVendorRequirementsSucceeded { requirements { id key kind isRequired } } ... on RequirementInUse { key }');
const submit = ({ id, owner }: Vendor, key: string, more: object = {}) => rig.mutate(owner, 'submitRequirement', { vendorId: id, key, ...more }, requirement);
const review = (market: Market, { id }: Vendor, key: string, decision: string, note?: string) => rig.mutate(market.operator, 'reviewRequirement', { vendorId: id, key, decision, note }, requirement);
const statusOf = async (market: Market, { id }: Vendor) => (await rig.read<{ vendor: { status: string } }>(market.operator, `{ vendor(id: "${id}") { status } }`)).vendor.status;
const terms = { kind: 'ACCEPT_TERMS', termsUrl: 'https://terms.example/1' };

describe('an applicant', () => {
  it('hands in what is asked, is sent back, and sells once everything is in order [VEN-01, VEN-02]', async () => {
    const market = rig.market();
    await set(market, terms, { kind: 'DOCUMENT', key: 'licence' }, { kind: 'OPERATOR_REVIEW' }, { kind: 'ATTESTATION', text: 'We are we.', isRequired: false });
    const vendor = await rig.applied(market);
    const approve = () => rig.mutate(market.operator, 'approveVendor', { vendorId: vendor.id }, '... on RequirementsOpen { requirements { rule { key } } } ... on Vendor { status }');
    expect(await approve()).toMatchObject({ __typename: 'RequirementsOpen', requirements: [{ rule: { key: 'accept-terms' } }, { rule: { key: 'licence' } }] });
    expect(await submit(vendor, 'accept-terms', { isAccepted: true })).toMatchObject({ status: 'ACCEPTED' });
    expect(await statusOf(market, vendor)).toBe('ONBOARDING');
    expect(await submit(vendor, 'licence', { documentUrl: 'https://papers.example/1.pdf' })).toMatchObject({ status: 'PENDING', documentUrl: 'https://papers.example/1.pdf' });
    expect(await statusOf(market, vendor)).toBe('READY_FOR_REVIEW');
    expect(await review(market, vendor, 'licence', 'REJECTED', 'Unreadable.')).toMatchObject({ status: 'REJECTED', note: 'Unreadable.' });
    expect(await statusOf(market, vendor)).toBe('ONBOARDING');
    await submit(vendor, 'licence', { documentUrl: 'https://papers.example/2.pdf' });
    expect(await approve()).toMatchObject({ __typename: 'RequirementsOpen', requirements: [{ rule: { key: 'licence' } }] });
    expect(await review(market, vendor, 'licence', 'ACCEPTED')).toMatchObject({ status: 'ACCEPTED', note: null });
    expect(await approve()).toMatchObject({ __typename: 'Vendor', status: 'APPROVED' });
    expect((await rig.said(market, 'vendor-changed')).map((p) => p['status'])).toEqual(['PENDING', 'ONBOARDING', 'READY_FOR_REVIEW', 'ONBOARDING', 'READY_FOR_REVIEW', 'APPROVED']);
    expect(await rig.read(vendor.owner, `{ vendor(id: "${vendor.id}") { requirements { rule { key } status } } }`)).toMatchObject({ vendor: { requirements: [{ status: 'ACCEPTED' }, { status: 'ACCEPTED' }, { rule: { key: 'operator-review' }, status: null }, { status: null }] } });
  });

  it('that was turned down asks again', async () => {
    const market = rig.market();
    const vendor = await rig.applied(market);
    const again = () => rig.mutate(vendor.owner, 'reapplyAsVendor', { vendorId: vendor.id }, '... on Vendor { status decisionReason }');
    expect(await again()).toMatchObject({ __typename: 'VendorStatusConflict' });
    await rig.mutate(market.operator, 'rejectVendor', { vendorId: vendor.id, reason: 'Not now.' });
    expect(await again()).toMatchObject({ status: 'READY_FOR_REVIEW', decisionReason: null });
  });

  it('that was invited is on its way when its owner accepts [VEN-01]', async () => {
    const market = rig.market();
    await set(market, terms);
    const vendor = await rig.mutate(market.operator, 'inviteVendor', { slug: `inv-${market.tenant.slug.slice(2, 12)}`, name: 'Asked Crafts', ownerEmail: 'boss@crafts.example' }, '... on Vendor { id status members { email role status } }');
    expect(vendor).toMatchObject({ status: 'INVITED', members: [{ email: 'boss@crafts.example', role: 'OWNER', status: 'INVITED' }] });
    const [said] = await rig.said(market, 'vendor-member-invited');
    const { secret } = (await rig.subgraph.unseal('notifications', { tenantId: market.tenant.id, purpose: 'vendors.vendor-member-invited.v1' }, String(said?.['sealed']))) as { secret: string };
    expect(await rig.mutate(rig.person(market), 'acceptInvitation', { token: secret }, '... on VendorMember { vendor { status } }')).toMatchObject({ vendor: { status: 'ONBOARDING' } });
    await expect(rig.mutate(rig.person(market), 'inviteVendor', { slug: 'some-vendor', name: 'x', ownerEmail: 'a@b.example' })).rejects.toThrow(/^FORBIDDEN/);
  });
});

describe('each kind', () => {
  it.each<[string, Record<string, unknown>, object, object]>([
    ['ACCEPT_TERMS', { termsUrl: 'https://terms.example' }, { isAccepted: false }, { isAccepted: true }],
    ['ATTESTATION', { text: 'We are we.' }, {}, { isAccepted: true }],
    ['DOCUMENT', {}, {}, { documentUrl: 'https://papers.example/1.pdf' }],
    ['CUSTOM_FIELDS', { fields: [{ key: 'vat', label: 'VAT number' }, { key: 'fax', label: 'Fax', isRequired: false }] }, { answers: [{ key: 'fax', value: '1' }] }, { answers: [{ key: 'vat', value: 'BD1' }] }],
    ['IDENTITY_CHECK', {}, {}, { subject: { legalName: 'Rafiq Islam', country: 'BD' } }],
    ['BUSINESS_CHECK', {}, { subject: { legalName: 'Crafts Ltd', country: 'BD' } }, { subject: { legalName: 'Crafts Ltd', country: 'BD', registrationNumber: 'C-1' } }],
  ])('%s says what is missing, and takes what is there [VEN-02]', async (kind, rule, lacking, whole) => {
    const market = rig.market();
    await set(market, { kind, key: 'it', ...rule });
    const vendor = await rig.applied(market);
    expect(await submit(vendor, 'it', lacking)).toMatchObject({ __typename: 'RequirementNotMet' });
    expect(await submit(vendor, 'it', whole)).toMatchObject({ __typename: 'Requirement', status: ['ACCEPT_TERMS', 'ATTESTATION'].includes(kind) ? 'ACCEPTED' : 'PENDING' });
  });

  it('of the settings looks at the settings [VEN-02]', async () => {
    const market = rig.market();
    await set(market, { kind: 'COMPLETE_PROFILE' }, { kind: 'BILLING_ADDRESS' }, { kind: 'RETURNS_ADDRESS' });
    const vendor = await rig.applied(market);
    expect(await submit(vendor, 'complete-profile')).toMatchObject({ missing: ['about', 'logoUrl', 'contactEmail'] });
    expect(await submit(vendor, 'billing-address')).toMatchObject({ missing: ['billingAddress'] });
    const address = { line1: 'House 1', city: 'Dhaka', country: 'BD' };
    await rig.mutate(vendor.owner, 'changeStoreSettings', { vendorId: vendor.id, about: 'Clay.', logoUrl: 'https://a.example/l.png', contactEmail: 'a@b.example', billingAddress: address, returnsAddress: address });
    for (const key of ['complete-profile', 'billing-address', 'returns-address']) expect(await submit(vendor, key)).toMatchObject({ status: 'ACCEPTED' });
  });

  it('MINIMUM_PRODUCTS counts the products that catalog says are offered [VEN-02]', async () => {
    const market = rig.market();
    await set(market, { kind: 'MINIMUM_PRODUCTS', minimum: 2 });
    const vendor = await rig.applied(market);
    const offer = (id: string, productId: string, version: number, status: 'DRAFT' | 'ARCHIVED' = 'DRAFT') => rig.subgraph.hear(offerChanged, market.tenant.id, { aggregate: { id, version }, payload: { offerId: id, productId, variantId: newId('var'), vendorId: vendor.id, vendorSku: id, status, shippingProfile: 'standard' } });
    const [one, two, three] = [newId('ofr'), newId('ofr'), newId('ofr')];
    await offer(one, 'p1', 1);
    await offer(two, 'p1', 1);
    expect(await submit(vendor, 'minimum-products')).toMatchObject({ missing: ['products'] });
    await offer(three, 'p2', 1);
    await offer(three, 'p2', 2, 'ARCHIVED');
    expect(await submit(vendor, 'minimum-products')).toMatchObject({ missing: ['products'] });
    await offer(two, 'p2', 2);
    expect(await submit(vendor, 'minimum-products')).toMatchObject({ status: 'ACCEPTED' });
  });
});

describe('reviewRequirement', () => {
  it('waives what was never handed in, but accepts nothing that is not there [VEN-02]', async () => {
    const market = rig.market();
    await set(market, { kind: 'DOCUMENT' }, { kind: 'OPERATOR_REVIEW' });
    const vendor = await rig.applied(market);
    expect(await review(market, vendor, 'document', 'ACCEPTED')).toMatchObject({ __typename: 'RequirementNotMet', missing: ['document'] });
    expect(await review(market, vendor, 'operator-review', 'ACCEPTED')).toMatchObject({ status: 'ACCEPTED' });
    expect(await review(market, vendor, 'document', 'WAIVED', 'Known to us.')).toMatchObject({ status: 'WAIVED', note: 'Known to us.' });
    expect(await statusOf(market, vendor)).toBe('READY_FOR_REVIEW');
    await expect(review(market, vendor, 'document', 'REJECTED')).rejects.toThrow(/note/);
    await expect(review(market, vendor, 'document', 'PENDING')).rejects.toThrow(/decision/);
    await expect(review(market, vendor, 'nothing', 'WAIVED')).rejects.toThrow('NOT_FOUND: No such requirement.');
    await expect(rig.mutate(vendor.owner, 'reviewRequirement', { vendorId: vendor.id, key: 'document', decision: 'WAIVED' })).rejects.toThrow(/^FORBIDDEN/);
  });
});

describe('setVendorRequirements', () => {
  it('replaces what is asked, keeps what was handed in, and keeps the kind of what is in use [VEN-02]', async () => {
    const market = rig.market();
    await set(market, terms, { kind: 'DOCUMENT', key: 'it' });
    const vendor = await rig.applied(market);
    await submit(vendor, 'it', { documentUrl: 'https://papers.example/1.pdf' });
    expect(await set(market, { kind: 'OPERATOR_REVIEW', key: 'it' })).toMatchObject({ __typename: 'RequirementInUse', key: 'it' });
    await set(market, terms);
    expect(await rig.read(market.guest, '{ vendorRequirements { key } }')).toEqual({ vendorRequirements: [{ key: 'accept-terms' }] });
    await expect(submit(vendor, 'it', { documentUrl: 'https://papers.example/1.pdf' })).rejects.toThrow(/^NOT_FOUND/);
    await set(market, { kind: 'DOCUMENT', key: 'it' }, terms);
    expect(await rig.read(vendor.owner, `{ vendor(id: "${vendor.id}") { requirements { rule { key } status } } }`)).toEqual({ vendor: { requirements: [{ rule: { key: 'it' }, status: 'PENDING' }, { rule: { key: 'accept-terms' }, status: null }] } });
  });

  it('names what will not do, and is for operators', async () => {
    const market = rig.market();
    await expect(set(market, { kind: 'MINIMUM_PRODUCTS' }, { kind: 'ACCEPT_TERMS' }, { kind: 'CUSTOM_FIELDS' }, { kind: 'ATTESTATION' })).rejects.toThrow(/minimum.*termsUrl.*fields.*text/);
    await expect(set(market, { kind: 'DOCUMENT', key: 'a' }, { kind: 'DOCUMENT', key: 'a' })).rejects.toThrow(/each key once/);
    await expect(rig.mutate(rig.person(market), 'setVendorRequirements', { requirements: [] })).rejects.toThrow(/^FORBIDDEN/);
  });
});

describe('requirements of many vendors', () => {
  it('take as many statements for a hundred as for five', async () => {
    const market = rig.market();
    await set(market, terms);
    await rig.subgraph.query(
      `insert into vendors.vendor (tenant_id, id, slug, name, status, currency, score, payout_interval, stored_metadata)
       select $1, 'ven_' || n, 'many-' || n, 'Many ' || n, 'PENDING', 'BDT', 500, 'WEEKLY', '[]' from generate_series(1, 100) n`, [market.tenant.id],
    );
    const page = (first: number) => statements.during(() => rig.read(market.operator, `{ vendors(first: ${first}) { nodes { requirements { rule { key } status } settings { acceptsAfterHours } } } }`));
    await page(1);
    expect(await page(5)).toBe(await page(100));
  });
});
