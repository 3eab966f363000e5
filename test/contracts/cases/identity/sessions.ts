import { mailTo } from '../../../support/mailbox.js';
import { mutate } from '../../../support/mutate.js';
import { signIn } from '../../../support/sign-in.js';
import { bearer, is, mutation, open, type WallCase } from '../../case.js';

/** Sessions: beginning, refreshing and ending them. */
export const sessionCases: readonly WallCase[] = [
  {
    field: 'Mutation.requestSignInCode',
    document: mutation('requestSignInCode', '... on RequestSignInCodeSucceeded { message }'),
    arrange: async (world) => {
      const owner = await world.shopper();
      return { owner, variables: { input: { email: owner.email } }, marks: [owner.userId, owner.email] };
    },
    succeeded: is('RequestSignInCodeSucceeded'),
    exceptions: {
      ...bearer('Anybody may have a code sent to its owner, and is told the same in any case.'),
      'the same role in another tenant': { kind: 'own', why: 'The same answer as for an address that nobody has.' },
    },
  },
  {
    field: 'Mutation.signInWithCode',
    document: mutation('signInWithCode', '... on SignInSucceeded { viewer { user { id } } }'),
    arrange: async (world) => {
      const owner = await world.shopper();
      await mutate(world.door, { tenant: 'acme' }, 'requestSignInCode', { email: owner.email });
      const { secret } = await mailTo(world.marketplace, owner.email, 'SIGN_IN_CODE');
      return { owner, variables: { input: { email: owner.email, code: secret } }, marks: [owner.userId, owner.email] };
    },
    succeeded: is('SignInSucceeded'),
    exceptions: bearer('Who reads the mail at that address has the code.'),
  },
  {
    field: 'Mutation.refreshSession',
    document: mutation('refreshSession', '... on SignInSucceeded { viewer { user { id } session { id } } }'),
    arrange: async (world) => {
      const owner = await world.shopper();
      return { owner, variables: { input: { refreshToken: owner.refreshToken } }, marks: [owner.userId, owner.email, owner.sessionId] };
    },
    succeeded: is('SignInSucceeded'),
    exceptions: bearer('Who has the refresh token is signed in.'),
  },
  {
    field: 'Mutation.signOut',
    document: 'mutation { signOut { __typename ... on SignOutSucceeded { sessionId } } }',
    arrange: async (world) => {
      const owner = await world.shopper();
      return { owner, variables: {}, marks: [owner.userId, owner.sessionId] };
    },
    succeeded: (value, { owner }) => value['sessionId'] === owner.sessionId,
    exceptions: open('Everybody may sign out of their own session.'),
  },
  {
    field: 'Mutation.endSession',
    document: mutation('endSession', '... on EndSessionSucceeded { sessionId }'),
    arrange: async (world) => {
      const owner = await world.shopper();
      const { sessionId } = await signIn(world.door, owner.tenant, owner.email);
      return { owner, variables: { input: { sessionId } }, marks: [sessionId, owner.userId] };
    },
    succeeded: is('EndSessionSucceeded'),
  },
];
