import { demoPassword, someEmail } from '../../../support/sign-in.js';
import { mutate } from '../../../support/mutate.js';
import { mailTo } from '../../../support/mailbox.js';
import { bearer, is, mutation, onOneself, open, type WallCase } from '../../case.js';
import type { World } from '../../world.js';

const address = { country: 'BD', line1: 'House 7, Road 3', city: 'Dhaka', postalCode: '1209' };
const self = 'Whoever is signed in changes what is their own.';

async function somebody(world: World, input: Record<string, unknown>) {
  const owner = await world.shopper();
  return { owner, variables: { input }, marks: [owner.userId, owner.email] };
}

async function savedAddress(world: World, input: (id: string) => Record<string, unknown>) {
  const owner = await world.shopper();
  const saved = await mutate(world.door, owner, 'saveAddress', { address, label: 'home' }, '... on SavedAddress { id }');
  const id = String(saved['id']);
  return { owner, variables: { input: input(id) }, marks: [id, owner.userId] };
}

/** A person's own account: registering, profile, addresses, erasure. */
export const accountCases: readonly WallCase[] = [
  {
    field: 'Mutation.register',
    document: mutation('register', '... on RegisterSucceeded { message }'),
    arrange: async (world) => {
      const known = await world.shopper();
      return { owner: known, variables: { input: { email: known.email, password: 'another-2026-password' } }, marks: [known.userId] };
    },
    succeeded: is('RegisterSucceeded'),
    exceptions: open('Anybody may register, and is not told whether the address has an account.'),
  },
  {
    field: 'Mutation.verifyEmail',
    document: mutation('verifyEmail', '... on VerifyEmailSucceeded { email }'),
    arrange: async (world) => {
      const owner = await world.shopper();
      const { secret } = await mailTo(world.marketplace, owner.email, 'VERIFY_EMAIL');
      return { owner, variables: { input: { token: secret } }, marks: [owner.userId, owner.email] };
    },
    succeeded: is('VerifyEmailSucceeded'),
    exceptions: bearer('Who reads the mail at that address has the token.'),
  },
  { field: 'Mutation.changeProfile', document: mutation('changeProfile', '... on User { id email name }'), arrange: (world) => somebody(world, { name: 'Ayesha' }), succeeded: is('User'), exceptions: onOneself(self) },
  { field: 'Mutation.changePreferences', document: mutation('changePreferences', '... on User { id preferences { wantsMarketing } }'), arrange: (world) => somebody(world, { wantsMarketing: true }), succeeded: is('User'), exceptions: onOneself(self) },
  {
    field: 'Mutation.saveAddress', when: 'of a new address',
    document: mutation('saveAddress', '... on SavedAddress { id label address { line1 } }'),
    arrange: (world) => somebody(world, { address }),
    succeeded: is('SavedAddress'),
    exceptions: onOneself(self),
  },
  {
    field: 'Mutation.saveAddress', when: 'in place of another',
    document: mutation('saveAddress', '... on SavedAddress { id label address { line1 } }'),
    arrange: (world) => savedAddress(world, (id) => ({ id, address, label: 'work' })),
    succeeded: is('SavedAddress'),
  },
  { field: 'Mutation.removeAddress', document: mutation('removeAddress', '... on RemoveAddressSucceeded { id }'), arrange: (world) => savedAddress(world, (id) => ({ id })), succeeded: is('RemoveAddressSucceeded') },
  {
    field: 'Mutation.eraseUser', when: 'of oneself, by id',
    document: mutation('eraseUser', '... on EraseUserSucceeded { userId }'),
    arrange: async (world) => {
      const owner = await world.shopper();
      return { owner, variables: { input: { userId: owner.userId } }, marks: [owner.userId, owner.email] };
    },
    succeeded: is('EraseUserSucceeded'),
  },
  {
    field: 'Query.viewer',
    document: '{ viewer { kind user { id email sessions { id } } session { id } } }',
    arrange: async (world) => {
      const owner = await world.shopper();
      return { owner, variables: {}, marks: [owner.userId, owner.email, owner.sessionId] };
    },
    succeeded: (value, { marks }) => marks.every((mark) => JSON.stringify(value).includes(mark)),
    exceptions: open('Everybody may ask who they are.'),
  },
  {
    field: 'Mutation.signIn',
    document: mutation('signIn', '... on SignInSucceeded { viewer { user { id email } } }'),
    arrange: async (world) => {
      const owner = await world.shopper();
      return { owner, variables: { input: { email: owner.email, password: demoPassword } }, marks: [owner.userId, owner.email] };
    },
    succeeded: is('SignInSucceeded'),
    exceptions: bearer('Who knows the password signs in.'),
  },
  {
    field: 'Mutation.signIn', when: 'with a password that is not theirs',
    document: mutation('signIn', '... on SignInSucceeded { viewer { user { id email } } }'),
    arrange: async (world) => {
      const owner = await world.shopper();
      return { owner, variables: { input: { email: someEmail('nobody'), password: demoPassword } }, marks: [owner.userId, owner.email] };
    },
    succeeded: is('WrongCredentials'),
    exceptions: open('Anybody may try, and is told the same.'),
  },
];
