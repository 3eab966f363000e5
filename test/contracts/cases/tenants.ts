import { randomInt } from 'node:crypto';
import { mutate } from '../../support/mutate.js';
import { someEmail } from '../../support/sign-in.js';
import { inOwnTenant, is, mutation, open, type Sample, type WallCase } from '../case.js';
import { idOf, type World } from '../world.js';

const tenant = '... on Tenant { id slug status plan { key } features { key isEnabled } usage { meter used } }';
const reason = 'For the record.';

/** A tenant of its own, changed by the platform. */
async function byPlatform(world: World, input: Record<string, unknown> = {}) {
  const { id, slug } = await world.newTenant();
  return { owner: world.platform, variables: { input: { tenantId: id, ...input } }, marks: [id, slug] };
}

/** A tenant of its own, changed by its operator. */
async function byOperator(world: World, input: Record<string, unknown>) {
  const { id, slug, operator } = await world.newTenant();
  return { owner: operator, variables: { input }, marks: [id, slug, operator.email] };
}

/** A claim on a host name, whose record DNS has. */
async function claimed(world: World) {
  const { id, slug, operator } = await world.newTenant();
  const host = someHost();
  const claim = await mutate(world.door, operator, 'addDomain', { host }, '... on Domain { id recordName recordValue }');
  world.dns.set(String(claim['recordName']), String(claim['recordValue']));
  return { owner: operator, variables: { input: { domainId: claim['id'] } }, marks: [id, slug, host, String(claim['id'])] };
}

function someHost(): string {
  return `shop-${randomInt(1e12).toString(36)}.example`;
}

/** How tenants keeps strangers out. */
export const cases: readonly WallCase[] = [
  {
    field: 'Query.tenant',
    document: `{ tenant { __typename id slug name plan { key } features { key } usage { meter used } domains { id host status recordValue } } }`,
    arrange: async (world) => {
      const { owner, marks } = await byOperator(world, {});
      return { owner, variables: {}, marks };
    },
    succeeded: (value, { marks }) => value['id'] === marks[0] && value['plan'] !== null && value['usage'] !== null,
    exceptions: {
      ...open('Everybody sees what shop they are in, and only operators its plan.'),
      ...{ 'another viewer of the tenant': { kind: 'theirs', why: 'The shop they are in.' }, 'a guest': { kind: 'theirs', why: 'The shop they are in.' }, 'a partner\'s token': { kind: 'theirs', why: 'The shop they are in.' } },
    },
  },
  {
    field: 'Query.tenant', when: 'asked for what only operators see',
    document: `{ tenant { plan { key } features { key } usage { meter used } } }`,
    arrange: async (world) => {
      const { owner } = await byOperator(world, {});
      return { owner, variables: {}, marks: [] };
    },
    succeeded: (value) => [value['plan'], value['features'], value['usage']].some((private_) => private_ !== null),
    exceptions: inOwnTenant('An operator sees the plan of their own.'),
  },
  {
    field: 'Query.tenants',
    document: 'query($search: String) { tenants(search: $search) { totalCount nodes { id slug } } }',
    arrange: async (world) => {
      const { slug, id } = await world.newTenant();
      return { owner: world.platform, variables: { search: slug }, marks: [id] };
    },
    succeeded: (value, { marks }) => JSON.stringify(value).includes(marks[0] ?? ''),
  },
  {
    field: 'Mutation.openTenant',
    document: mutation('openTenant', tenant),
    arrange: async (world) => {
      const input = { slug: `wall-${randomInt(1e12).toString(36)}`, name: 'Not yet', currency: 'EUR', locale: 'en', ownerEmail: someEmail('owner') };
      return { owner: world.platform, variables: { input }, marks: [input.slug] };
    },
    succeeded: is('Tenant'),
  },
  { field: 'Mutation.changePlan', document: mutation('changePlan', tenant), arrange: (world) => byPlatform(world, { planKey: 'GROWTH' }), succeeded: is('Tenant') },
  { field: 'Mutation.suspendTenant', document: mutation('suspendTenant', tenant), arrange: (world) => byPlatform(world, { reason }), succeeded: is('Tenant') },
  {
    field: 'Mutation.resumeTenant',
    document: mutation('resumeTenant', tenant),
    arrange: async (world) => {
      const arranged = await byPlatform(world);
      await mutate(world.door, world.platform, 'suspendTenant', { ...arranged.variables.input, reason });
      return arranged;
    },
    succeeded: is('Tenant'),
  },
  { field: 'Mutation.closeTenant', document: mutation('closeTenant', tenant), arrange: (world) => byPlatform(world, { reason }), succeeded: is('Tenant') },
  { field: 'Mutation.setFeature', when: 'by the platform', document: mutation('setFeature', tenant), arrange: (world) => byPlatform(world, { key: 'reviews', isEnabled: false }), succeeded: is('Tenant') },
  {
    field: 'Mutation.setFeature', when: 'by an operator',
    document: mutation('setFeature', tenant),
    arrange: async (world) => {
      const { id, slug, operator } = await world.newTenant();
      return { owner: operator, variables: { input: { tenantId: id, key: 'reviews', isEnabled: false } }, marks: [id, slug] };
    },
    succeeded: is('Tenant'),
  },
  {
    field: 'Mutation.addDomain',
    document: mutation('addDomain', '... on Domain { id status }'),
    arrange: (world) => byOperator(world, { host: someHost() }),
    succeeded: is('Domain'),
    exceptions: inOwnTenant('Several may claim a host; the first to prove it has it.'),
  },
  { field: 'Mutation.verifyDomain', document: mutation('verifyDomain', '... on Domain { id host status }'), arrange: claimed, succeeded: (value) => value['status'] === 'ACTIVE' },
  { field: 'Mutation.removeDomain', document: mutation('removeDomain', '... on RemoveDomainSucceeded { domainId }'), arrange: claimed, succeeded: is('RemoveDomainSucceeded') },
];

/** Entities that others may ask tenants for. */
export const samples = {
  Tenant: async (world: World): Promise<Sample> => ({ tenant: 'acme', key: { id: await idOf(world, 'acme') }, select: 'slug' }),
};

