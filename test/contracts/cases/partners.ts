import { randomInt } from 'node:crypto';
import { mutate } from '../../support/mutate.js';
import { someAddress } from '../../support/sign-in.js';
import { inOwnTenant, is, mutation, type Arranged, type Sample, type WallCase } from '../case.js';
import type { World } from '../world.js';

const app = '... on PartnerApp { id name status quota { pointsPerDay } }';
const operation = '... on RegisteredOperation { id name status }';

function someWish() {
  return { name: `Partner ${randomInt(1e12).toString(36)}`, contactEmail: 'erp@partner.example' };
}

/** A program that an operator registered. */
async function registered(world: World): Promise<{ readonly owner: Arranged['owner']; readonly id: string; readonly name: string }> {
  const owner = await world.operator();
  const made = await mutate(world.door, owner, 'registerPartner', { ...someWish(), approvesBelow: 0 }, app);
  return { owner, id: String(made['id']), name: String(made['name']) };
}

/** A program with an operation that waits for a decision. */
async function waiting(world: World): Promise<Arranged> {
  const { owner, id } = await registered(world);
  const made = await mutate(world.door, owner, 'registerOperations', { partnerAppId: id, texts: ['query Shop { tenant { name } }'] }, `... on RegisterOperationsSucceeded { operations { id } }`);
  const [first] = made['operations'] as { id: string }[];
  return { owner, variables: { input: { registeredOperationId: first?.id } }, marks: [id, String(first?.id)] };
}

/** A token of a program, as its program shows it: it is nobody's but the program's. */
async function token(world: World): Promise<Arranged> {
  const { owner, id, name } = await registered(world);
  const made = await mutate(world.door, owner, 'createApiToken', { name: 'ERP', kind: 'PARTNER', grants: ['orders.read'], partnerAppId: id }, '... on CreateApiTokenSucceeded { secret }');
  return { owner: { ...owner, role: 'SHOPPER', token: String(made['secret']), headers: someAddress() }, variables: {}, marks: [id, name] };
}

function deciding(field: string, more: Readonly<Record<string, unknown>> = {}): WallCase {
  return {
    field: `Mutation.${field}`, document: mutation(field, app), succeeded: is('PartnerApp'),
    arrange: async (world) => {
      const { owner, id } = await registered(world);
      return { owner, variables: { input: { partnerAppId: id, ...more } }, marks: [id] };
    },
  };
}

function judging(field: string, more: Readonly<Record<string, unknown>> = {}): WallCase {
  return {
    field: `Mutation.${field}`, document: mutation(field, operation), succeeded: is('RegisteredOperation'),
    arrange: async (world) => {
      const arranged = await waiting(world);
      return { ...arranged, variables: { input: { ...(arranged.variables['input'] as object), ...more } } };
    },
  };
}

const reason = 'For the record.';

/** How partners keeps strangers out. */
export const cases: readonly WallCase[] = [
  {
    field: 'Query.partnerApps', document: '{ partnerApps(first: 100) { nodes { id name } } }',
    arrange: async (world) => {
      const { owner, id } = await registered(world);
      return { owner, variables: {}, marks: [id] };
    },
    succeeded: (value, { marks }) => JSON.stringify(value).includes(marks[0] ?? '-'),
    exceptions: inOwnTenant('Operators see the programs of their own marketplace.'),
  },
  {
    field: 'Query.partnerApp', document: 'query($id: ID!) { partnerApp(id: $id) { id name operations { nodes { id text } } usage { points } } }',
    arrange: async (world) => {
      const { owner, id } = await registered(world);
      return { owner, variables: { id }, marks: [id] };
    },
    succeeded: (value, { marks }) => value['id'] === marks[0],
  },
  {
    throughTheDoorOnly: 'Whose token it is stands in the context that the gateway signs.',
    field: 'Query.myPartnerApp', document: '{ myPartnerApp { id name contactEmail } }', arrange: token,
    succeeded: (value, { marks }) => value['id'] === marks[0],
    exceptions: { 'a partner\'s token': { kind: 'own', why: 'Each token sees its own program, and one without a program none.' } },
  },
  {
    field: 'Mutation.registerPartner', document: mutation('registerPartner', app), succeeded: is('PartnerApp'),
    arrange: async (world) => ({ owner: await world.operator(), variables: { input: someWish() }, marks: [] }),
    exceptions: inOwnTenant('Operators register programs in their own marketplace.'),
  },
  deciding('changePartnerQuota', { pointsPerDay: 2_000_000 }),
  deciding('suspendPartner', { reason }),
  deciding('resumePartner'),
  deciding('revokePartner', { reason }),
  {
    throughTheDoorOnly: 'The gateway measures each operation.',
    field: 'Mutation.registerOperations', document: mutation('registerOperations', '... on RegisterOperationsSucceeded { operations { id name } }'), succeeded: is('RegisterOperationsSucceeded'),
    arrange: async (world) => {
      const { owner, id } = await registered(world);
      return { owner, variables: { input: { partnerAppId: id, texts: ['query Shop { tenant { name } }'] } }, marks: [id] };
    },
  },
  judging('approveOperation'),
  judging('rejectOperation', { reason }),
  judging('withdrawOperation'),
];

/** Entities that others may ask partners for. */
export const samples = {
  PartnerApp: async (world: World): Promise<Sample> => ({ tenant: 'acme', key: { id: (await registered(world)).id }, select: 'name' }),
};
