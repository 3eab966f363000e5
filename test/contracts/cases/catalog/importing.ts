import { eventually } from '@haat/kit/testing/eventually';
import { mutate } from '../../../support/mutate.js';
import { inOwnTenant, is, mutation, type Arranged, type WallCase } from '../../case.js';
import type { World } from '../../world.js';

const job = '... on ImportJob { id status } ... on ImportStatusRefused { now }';

/** An import that a vendor's owner began. */
async function begun(world: World, input: Record<string, unknown> = {}): Promise<Arranged & { readonly vendorId: string }> {
  const owner = await world.merchant();
  const { vendorId } = owner;
  const made = await mutate(world.door, owner, 'startImport', { vendorId, format: 'CSV' }, '... on ImportJob { id }');
  const importId = String(made['id']);
  return { owner, vendorId, variables: { input: { importId, ...input } }, marks: [importId] };
}

const showsMark: WallCase['succeeded'] = (value, { marks }) => JSON.stringify(value).includes(marks[0] ?? '-');

/** Imports and exports, which are their vendor's own. One without a file answers its owner that it waits for one. */
export const importingCases: readonly WallCase[] = [
  {
    field: 'Query.importJob', document: 'query($id: ID!) { importJob(id: $id) { id uploadPath } }',
    arrange: async (world) => {
      const { owner, marks } = await begun(world);
      return { owner, variables: { id: marks[0] }, marks };
    },
    succeeded: showsMark,
  },
  {
    field: 'Query.importJobs', document: 'query($vendorId: ID) { importJobs(vendorId: $vendorId) { nodes { id } } }',
    arrange: async (world) => {
      const { owner, marks, vendorId } = await begun(world);
      return { owner, variables: { vendorId }, marks };
    },
    succeeded: showsMark,
  },
  {
    field: 'Subscription.importProgressed', document: 'subscription($id: ID!) { importProgressed(id: $id) { status } }',
    arrange: async (world) => {
      const { owner, marks } = await begun(world);
      return { owner, variables: { id: marks[0] }, marks };
    },
    succeeded: (value) => value['isListening'] === true,
    exceptions: { 'another vendor\'s merchant': { kind: 'own', why: 'Merchants listen to imports; one that is not theirs answers nothing and ends the feed.' } },
  },
  {
    field: 'Mutation.startImport', document: mutation('startImport', '... on ImportJob { id }'),
    arrange: async (world) => ({ owner: await world.operator(), variables: { input: { format: 'JSONL' } }, marks: [] }),
    succeeded: is('ImportJob'), exceptions: inOwnTenant('An operator imports into their own shop.'),
  },
  {
    field: 'Mutation.startImport', when: 'for a vendor', document: mutation('startImport', '... on ImportJob { id }'),
    arrange: async (world) => {
      const owner = await world.merchant();
      return { owner, variables: { input: { vendorId: owner.vendorId, format: 'JSONL' } }, marks: [owner.vendorId] };
    },
    throughTheDoorOnly: 'A vendor of nobody has an import of nothing: the rule is what keeps it out.',
    succeeded: is('ImportJob'),
  },
  {
    field: 'Query.productExport', document: 'query($id: ID!) { productExport(id: $id) { id status } }',
    arrange: async (world) => {
      const owner = await world.merchant();
      const made = await mutate(world.door, owner, 'startProductExport', { vendorId: owner.vendorId }, '... on ProductExport { id }');
      // A worker writes it meanwhile: what is watched is one that is written.
      await eventually(async () => (await world.door.ask<{ productExport: { status: string } }>(owner, 'query($id: ID!) { productExport(id: $id) { status } }', { id: made['id'] })).data?.productExport.status === 'READY', 60_000);
      return { owner, variables: { id: made['id'] }, marks: [String(made['id'])] };
    },
    succeeded: showsMark,
  },
  {
    field: 'Mutation.startProductExport', document: mutation('startProductExport', '... on ProductExport { id vendorId }'),
    arrange: async (world) => {
      const owner = await world.merchant();
      return { owner, variables: { input: { vendorId: owner.vendorId } }, marks: [owner.vendorId] };
    },
    throughTheDoorOnly: 'A vendor of nobody has an export of nothing: the rule is what keeps it out.',
    succeeded: is('ProductExport'),
  },
  { field: 'Mutation.mapImport', document: mutation('mapImport', job), arrange: (world) => begun(world, { mapping: [] }), succeeded: is('ImportStatusRefused') },
  { field: 'Mutation.runImport', document: mutation('runImport', job), arrange: (world) => begun(world, { dryRun: true }), succeeded: is('ImportStatusRefused') },
  { field: 'Mutation.cancelImport', document: mutation('cancelImport', job), arrange: (world) => begun(world), succeeded: (value) => value['__typename'] === 'ImportJob' || value['now'] === 'CANCELLED' },
];
