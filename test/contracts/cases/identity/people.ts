import { mutate } from '../../../support/mutate.js';
import { someEmail } from '../../../support/sign-in.js';
import { inOwnTenant, is, mutation, type WallCase } from '../../case.js';
import type { World } from '../../world.js';

const user = '... on User { id email name }';

/** A person of acme, and its operator who may change them. */
async function staffed(world: World, input: Record<string, unknown> = {}, role: 'OPERATOR' | 'SHOPPER' = 'SHOPPER') {
  const [{ id, email }, owner] = await Promise.all([world.invited(role), world.operator()]);
  return { owner, variables: { input: { userId: id, ...input } }, marks: [id, email] };
}

/** People as staff see and change them. */
export const peopleCases: readonly WallCase[] = [
  {
    field: 'Query.user', when: 'of oneself',
    document: 'query($id: ID!) { user(id: $id) { id email name } }',
    arrange: async (world) => {
      const owner = await world.shopper();
      return { owner, variables: { id: owner.userId }, marks: [owner.userId, owner.email] };
    },
    succeeded: (value, { owner }) => value['email'] === owner.email,
  },
  {
    field: 'Query.user', when: 'by an operator',
    document: 'query($id: ID!) { user(id: $id) { id email name } }',
    arrange: async (world) => {
      const { owner, variables, marks } = await staffed(world);
      return { owner, variables: { id: variables.input.userId }, marks };
    },
    succeeded: (value, { marks }) => value['email'] === marks[1],
  },
  {
    field: 'Query.users',
    document: 'query($search: String) { users(search: $search) { totalCount nodes { id email } } }',
    arrange: async (world) => {
      const { owner, marks } = await staffed(world);
      return { owner, variables: { search: marks[1] }, marks };
    },
    succeeded: (value, { marks }) => marks.every((mark) => JSON.stringify(value).includes(mark)),
    exceptions: inOwnTenant('An operator searches among their own people.'),
  },
  {
    field: 'Mutation.inviteUser',
    document: mutation('inviteUser', '... on User { id }'),
    arrange: async (world) => {
      const { id, email } = await world.invited();
      return { owner: await world.operator(), variables: { input: { email, role: 'SHOPPER' } }, marks: [id] };
    },
    succeeded: is('User'),
    exceptions: inOwnTenant('The same address there is another person.'),
  },
  { field: 'Mutation.grantRole', document: mutation('grantRole', user), arrange: (world) => staffed(world, { role: 'MERCHANT' }), succeeded: is('User') },
  { field: 'Mutation.revokeRole', document: mutation('revokeRole', user), arrange: (world) => staffed(world, { role: 'OPERATOR' }, 'OPERATOR'), succeeded: is('User') },
  { field: 'Mutation.deactivateUser', document: mutation('deactivateUser', user), arrange: (world) => staffed(world), succeeded: is('User') },
  {
    field: 'Mutation.reactivateUser',
    document: mutation('reactivateUser', user),
    arrange: async (world) => {
      const arranged = await staffed(world);
      await mutate(world.door, arranged.owner, 'deactivateUser', arranged.variables.input);
      return arranged;
    },
    succeeded: is('User'),
  },
  { field: 'Mutation.eraseUser', when: 'by an operator', document: mutation('eraseUser', '... on EraseUserSucceeded { userId }'), arrange: (world) => staffed(world), succeeded: is('EraseUserSucceeded') },
  {
    field: 'Mutation.eraseUser', when: 'of oneself, without an id',
    document: mutation('eraseUser', '... on EraseUserSucceeded { userId }'),
    arrange: async (world) => {
      const owner = await world.shopper();
      return { owner, variables: { input: {} }, marks: [owner.userId, owner.email] };
    },
    succeeded: is('EraseUserSucceeded'),
    exceptions: {
      'the same role in another tenant': { kind: 'own', why: 'Whoever is signed in erases themselves.' },
      'another viewer of the tenant': { kind: 'own', why: 'Whoever is signed in erases themselves.' },
    },
  },
  {
    field: 'Mutation.setUserMetadata',
    document: mutation('setUserMetadata', '... on User { id metadata { key value } }'),
    arrange: (world) => staffed(world, { entries: [{ key: 'crm', value: someEmail('card'), isPrivate: true }] }),
    succeeded: is('User'),
  },
];
