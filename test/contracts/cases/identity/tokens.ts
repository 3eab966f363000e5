import { mutate } from '../../../support/mutate.js';
import { inOwnTenant, is, mutation, type WallCase } from '../../case.js';
import type { World } from '../../world.js';

async function issued(world: World) {
  const owner = await world.operator();
  const made = await mutate(world.door, owner, 'createApiToken', { name: 'Import', kind: 'MACHINE', grants: ['stock.write'] }, '... on CreateApiTokenSucceeded { secret token { id } }');
  const { id } = made['token'] as { id: string };
  return { owner, id, marks: [id, String(made['secret'])] };
}

/** Tokens for programs. */
export const tokenCases: readonly WallCase[] = [
  {
    field: 'Query.apiTokens',
    document: '{ apiTokens(first: 100) { nodes { id name grants } } }',
    arrange: async (world) => {
      const { owner, id } = await issued(world);
      return { owner, variables: {}, marks: [id] };
    },
    succeeded: (value, { marks }) => JSON.stringify(value).includes(marks[0] ?? ''),
    exceptions: inOwnTenant('An operator lists the tokens of their own.'),
  },
  {
    field: 'Mutation.createApiToken',
    document: mutation('createApiToken', '... on CreateApiTokenSucceeded { token { id } }'),
    arrange: async (world) => {
      const { owner, marks } = await issued(world);
      return { owner, variables: { input: { name: 'Another', kind: 'PARTNER', grants: ['orders.read'] } }, marks };
    },
    succeeded: is('CreateApiTokenSucceeded'),
    exceptions: inOwnTenant('An operator makes tokens of their own.'),
  },
  {
    field: 'Mutation.revokeApiToken',
    document: mutation('revokeApiToken', '... on ApiToken { id revokedAt }'),
    arrange: async (world) => {
      const { owner, id, marks } = await issued(world);
      return { owner, variables: { input: { tokenId: id } }, marks };
    },
    succeeded: is('ApiToken'),
  },
];
