import { randomInt } from 'node:crypto';
import { vendorInvitationTo } from '../../support/mailbox.js';
import { mutate } from '../../support/mutate.js';
import { someEmail } from '../../support/sign-in.js';
import { inOwnTenant, is, mutation, onOneself, open, type Arranged, type SubgraphCases } from '../case.js';
import type { World } from '../world.js';

const vendor = '... on Vendor { id slug status settings { contactEmail } }';
const theirs = (why: string) => ({ kind: 'theirs' as const, why });

/** Somebody with a vendor of their own, who changes it. */
async function byMerchant(world: World, input: Record<string, unknown> = {}) {
  const owner = await world.merchant();
  const { vendorId } = owner;
  return { owner, variables: { input: { vendorId, ...input } }, marks: [vendorId, owner.userId], vendorId };
}

/** A vendor that the operator changes. `steps` lead it to where it has to stand. */
async function byOperator(world: World, input: Record<string, unknown> = {}, steps: readonly string[] = []): Promise<Arranged> {
  const { vendorId, owner } = await byMerchant(world);
  const operator = await world.operator();
  for (const field of steps) await mutate(world.door, operator, field, { vendorId, ...(/approve|restore/.test(field) ? {} : { reason: 'For the record.' }) });
  return { owner: operator, variables: { input: { vendorId, ...input } }, marks: [vendorId, owner.userId] };
}

/** The same in a tenant of its own, whose rules are set. */
async function rulesOf(world: World, input: Record<string, unknown>): Promise<Arranged> {
  const { id, operator } = await world.newTenant();
  return { owner: operator, variables: { input }, marks: [id] };
}

/** Asks for one document in acme, so that something can be handed in. */
async function asking(world: World): Promise<void> {
  const requirements = [{ key: 'licence', kind: 'DOCUMENT', title: 'Licence', isRequired: false }];
  await mutate(world.door, await world.operator(), 'setVendorRequirements', { requirements });
}

const someSlug = () => `wall-${randomInt(1e12).toString(36)}`;

/** A colleague who was invited by the owner of a vendor. */
async function withColleague(world: World, input: Record<string, unknown> = {}) {
  const arranged = await byMerchant(world);
  const email = someEmail('colleague');
  const member = await mutate(world.door, arranged.owner, 'inviteVendorMember', { vendorId: arranged.vendorId, email, role: 'STAFF' }, '... on VendorMember { id }');
  return { ...arranged, email, variables: { input: { vendorId: arranged.vendorId, memberId: member['id'], ...input } }, marks: [...arranged.marks, String(member['id']), email] };
}

const reason = 'For the record.';
const document = { key: 'licence', documentUrl: 'https://papers.example/1.pdf' };

/** How vendors keeps strangers out, other vendors' merchants as well. */
export const cases: SubgraphCases['cases'] = [
  {
    field: 'Query.vendor', when: 'that was never approved',
    document: 'query($id: ID) { vendor(id: $id) { id slug settings { contactEmail } members { id } requirements { status } payoutSettings { interval } } }',
    arrange: async (world) => {
      const { owner, vendorId, marks } = await byMerchant(world);
      return { owner, variables: { id: vendorId }, marks };
    },
    succeeded: (value) => value['settings'] !== null && value['members'] !== null && value['payoutSettings'] !== null,
  },
  {
    field: 'Query.vendor', when: 'that sells, asked for what its merchants see',
    document: 'query($id: ID) { vendor(id: $id) { settings { contactEmail } members { id } requirements { status } payoutSettings { interval } decisionReason } }',
    arrange: async (world) => {
      const { owner, vendorId } = await byMerchant(world);
      await mutate(world.door, await world.operator(), 'approveVendor', { vendorId });
      return { owner, variables: { id: vendorId }, marks: [] };
    },
    succeeded: (value) => [value['settings'], value['members'], value['requirements'], value['payoutSettings']].some((part) => part !== null),
  },
  {
    field: 'Query.vendors',
    document: 'query($search: String) { vendors(search: $search) { nodes { id slug } } }',
    arrange: async (world) => {
      const operator = await world.operator();
      const slug = someSlug();
      const made = await mutate(world.door, await world.shopper(), 'applyAsVendor', { slug, name: 'Hidden' }, '... on Vendor { id }');
      return { owner: operator, variables: { search: slug }, marks: [String(made['id'])] };
    },
    succeeded: (value, { marks }) => JSON.stringify(value).includes(marks[0] ?? ''),
    exceptions: open('Everybody lists the vendors that sell; applicants are for operators.'),
  },
  {
    field: 'Query.vendorRequirements',
    document: '{ vendorRequirements { key title } }',
    arrange: async (world) => {
      const arranged = await rulesOf(world, {});
      await mutate(world.door, arranged.owner, 'setVendorRequirements', { requirements: [{ key: 'papers', kind: 'DOCUMENT', title: 'Papers' }] });
      return { ...arranged, variables: {} };
    },
    succeeded: (value) => JSON.stringify(value).includes('papers'),
    exceptions: {
      'the same role in another tenant': { kind: 'own', why: 'What their own marketplace asks.' }, 'another viewer of the tenant': theirs('Who wants to apply reads it.'),
      'a guest': theirs('Who wants to apply reads it.'), 'a partner\'s token': theirs('Who wants to apply reads it.'),
    },
  },
  {
    field: 'Query.commissionSettings',
    document: '{ commissionSettings { version rules { id name } } }',
    arrange: async (world) => {
      const arranged = await rulesOf(world, {});
      const set = await mutate(world.door, arranged.owner, 'setCommissionRules', { rules: [{ name: 'All', ratePpm: 100_000 }] }, '... on CommissionSettings { rules { id } }');
      return { ...arranged, variables: {}, marks: [...arranged.marks, (set['rules'] as { id: string }[])[0]?.id ?? ''] };
    },
    succeeded: (value) => JSON.stringify(value).includes('"All"'),
    exceptions: inOwnTenant('An operator sees what their own marketplace takes.'),
  },
  {
    field: 'Mutation.applyAsVendor',
    document: mutation('applyAsVendor', '... on Vendor { status } ... on SlugTaken { slug }'),
    arrange: async (world) => ({ owner: await world.shopper(), variables: { input: { slug: someSlug(), name: 'Somebody' } }, marks: [] }),
    succeeded: (value) => value['__typename'] === 'Vendor' || value['__typename'] === 'SlugTaken',
    exceptions: onOneself('Whoever is signed in applies for themselves.'),
  },
  { field: 'Mutation.inviteVendor', document: mutation('inviteVendor', '... on Vendor { status } ... on SlugTaken { slug }'), arrange: async (world) => ({ owner: await world.operator(), variables: { input: { slug: someSlug(), name: 'Asked', ownerEmail: someEmail('boss') } }, marks: [] }), succeeded: (value) => value['__typename'] === 'Vendor' || value['__typename'] === 'SlugTaken', exceptions: inOwnTenant('An operator invites to their own marketplace.') },
  { field: 'Mutation.approveVendor', document: mutation('approveVendor', vendor), arrange: (world) => byOperator(world), succeeded: is('Vendor') },
  { field: 'Mutation.rejectVendor', document: mutation('rejectVendor', vendor), arrange: (world) => byOperator(world, { reason }), succeeded: is('Vendor') },
  { field: 'Mutation.suspendVendor', document: mutation('suspendVendor', vendor), arrange: (world) => byOperator(world, { reason }, ['approveVendor']), succeeded: is('Vendor') },
  { field: 'Mutation.restoreVendor', document: mutation('restoreVendor', vendor), arrange: (world) => byOperator(world, {}, ['approveVendor', 'suspendVendor']), succeeded: is('Vendor') },
  { field: 'Mutation.closeVendor', document: mutation('closeVendor', vendor), arrange: (world) => byOperator(world, { reason }), succeeded: is('Vendor') },
  { field: 'Mutation.setVendorMetadata', document: mutation('setVendorMetadata', vendor), arrange: (world) => byOperator(world, { entries: [{ key: 'erp', value: '1' }] }), succeeded: is('Vendor') },
  { field: 'Mutation.changeStoreSettings', document: mutation('changeStoreSettings', vendor), arrange: (world) => byMerchant(world, { name: 'Other name' }), succeeded: is('Vendor') },
  { field: 'Mutation.changePayoutSettings', document: mutation('changePayoutSettings', vendor), arrange: (world) => byMerchant(world, { interval: 'MONTHLY' }), succeeded: is('Vendor') },
  {
    field: 'Mutation.submitRequirement',
    document: mutation('submitRequirement', '... on Requirement { status documentUrl }'),
    arrange: async (world) => {
      await asking(world);
      return byMerchant(world, document);
    },
    succeeded: is('Requirement'),
  },
  {
    field: 'Mutation.reviewRequirement',
    document: mutation('reviewRequirement', '... on Requirement { status }'),
    arrange: async (world) => {
      await asking(world);
      return byOperator(world, { key: 'licence', decision: 'WAIVED' });
    },
    succeeded: is('Requirement'),
  },
  { field: 'Mutation.reapplyAsVendor', document: mutation('reapplyAsVendor', `${vendor} ... on VendorStatusConflict { now: status }`), arrange: async (world) => {
    const { owner, vendorId, variables, marks } = await byMerchant(world);
    await mutate(world.door, await world.operator(), 'rejectVendor', { vendorId, reason });
    return { owner, variables, marks };
  }, succeeded: (value) => value['__typename'] !== undefined },
  { field: 'Mutation.setVendorRequirements', document: mutation('setVendorRequirements', '... on SetVendorRequirementsSucceeded { requirements { key } }'), arrange: (world) => rulesOf(world, { requirements: [{ key: 'papers', kind: 'DOCUMENT', title: 'Papers' }] }), succeeded: is('SetVendorRequirementsSucceeded'), exceptions: inOwnTenant('An operator asks what their own marketplace asks.') },
  { field: 'Mutation.setCommissionRules', document: mutation('setCommissionRules', '... on CommissionSettings { version }'), arrange: (world) => rulesOf(world, { rules: [] }), succeeded: is('CommissionSettings'), exceptions: inOwnTenant('An operator sets what their own marketplace takes.') },
  { field: 'Mutation.inviteVendorMember', document: mutation('inviteVendorMember', '... on VendorMember { id email }'), arrange: (world) => byMerchant(world, { email: someEmail('new'), role: 'STAFF' }), succeeded: is('VendorMember') },
  { field: 'Mutation.changeVendorMember', document: mutation('changeVendorMember', '... on VendorMember { id role email }'), arrange: (world) => withColleague(world, { role: 'EDITOR' }), succeeded: is('VendorMember') },
  { field: 'Mutation.removeVendorMember', document: mutation('removeVendorMember', '... on VendorMember { id }'), arrange: async (world) => {
    const { owner, vendorId, email, marks } = await withColleague(world);
    const second = await mutate(world.door, owner, 'inviteVendorMember', { vendorId, email: `x${email}`, role: 'STAFF' }, '... on VendorMember { id }');
    return { owner, variables: { input: { vendorId, memberId: second['id'] } }, marks };
  }, succeeded: is('VendorMember') },
  {
    field: 'Mutation.acceptInvitation',
    document: mutation('acceptInvitation', '... on VendorMember { id vendor { slug } }'),
    arrange: async (world) => {
      const { owner: inviter, vendorId, email } = await withColleague(world);
      const token = await vendorInvitationTo(world.marketplace, email);
      return { owner: await world.shopper(), variables: { input: { token } }, marks: [vendorId, inviter.userId] };
    },
    succeeded: is('VendorMember'),
    exceptions: { 'another viewer of the tenant': theirs('Whoever shows the secret of the mail is invited.') },
  },
];

/** Their walls stand between vendors, too. */
export const isApartByVendor = true;

/** Entities that others may ask vendors for. */
export const samples: SubgraphCases['samples'] = {
  Vendor: async (world) => ({ tenant: 'acme', key: { id: (await world.merchant()).vendorId }, select: 'slug' }),
};
