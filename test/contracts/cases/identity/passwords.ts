import { TOTP, Secret } from 'otpauth';
import { mailTo } from '../../../support/mailbox.js';
import { mutate } from '../../../support/mutate.js';
import { demoPassword, trySignIn } from '../../../support/sign-in.js';
import { bearer, is, mutation, onOneself, type Arranged, type WallCase } from '../../case.js';
import type { World } from '../../world.js';

const nextPassword = 'another-2026-password';
const self = 'Whoever is signed in changes what is their own.';
const stepMs = 30_000;

function codeOf(secret: string, at = Date.now()): string {
  return new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 }).generate({ timestamp: at });
}

async function somebody(world: World): Promise<Arranged> {
  const owner = await world.shopper();
  return { owner, variables: {}, marks: [owner.userId, owner.email] };
}

/** Somebody whose app has a secret, not yet confirmed. */
async function withSecret(world: World) {
  const arranged = await somebody(world);
  const started = await mutate(world.door, arranged.owner, 'startTotp', undefined, '... on StartTotpSucceeded { secret }');
  return { ...arranged, secret: String(started['secret']) };
}

/** Somebody who is asked for a second factor. */
async function withTotp(world: World) {
  const arranged = await withSecret(world);
  await mutate(world.door, arranged.owner, 'confirmTotp', { code: codeOf(arranged.secret) });
  return arranged;
}

/** What proves who one is: passwords, mailed tokens, second factors. */
export const passwordCases: readonly WallCase[] = [
  {
    field: 'Mutation.requestPasswordReset',
    document: mutation('requestPasswordReset', '... on RequestPasswordResetSucceeded { message }'),
    arrange: async (world) => {
      const arranged = await somebody(world);
      return { ...arranged, variables: { input: { email: arranged.owner.email } } };
    },
    succeeded: is('RequestPasswordResetSucceeded'),
    exceptions: {
      ...bearer('Anybody may have a link sent to its owner, and is told the same in any case.'),
      'the same role in another tenant': { kind: 'own', why: 'The same answer as for an address that nobody has.' },
    },
  },
  {
    field: 'Mutation.resetPassword',
    document: mutation('resetPassword', '... on ResetPasswordSucceeded { email }'),
    arrange: async (world) => {
      const arranged = await somebody(world);
      await mutate(world.door, { tenant: 'acme' }, 'requestPasswordReset', { email: arranged.owner.email });
      const { secret } = await mailTo(world.marketplace, arranged.owner.email, 'RESET_PASSWORD');
      return { ...arranged, variables: { input: { token: secret, password: nextPassword } } };
    },
    succeeded: is('ResetPasswordSucceeded'),
    exceptions: bearer('Who reads the mail at that address has the token.'),
  },
  {
    field: 'Mutation.changePassword',
    document: mutation('changePassword', '... on ChangePasswordSucceeded { message }'),
    arrange: async (world) => ({ ...(await somebody(world)), variables: { input: { currentPassword: demoPassword, newPassword: nextPassword } } }),
    succeeded: is('ChangePasswordSucceeded'),
    exceptions: onOneself(self),
  },
  { field: 'Mutation.startTotp', document: 'mutation { startTotp { __typename ... on StartTotpSucceeded { secret uri } } }', arrange: somebody, succeeded: is('StartTotpSucceeded'), exceptions: onOneself(self) },
  {
    field: 'Mutation.confirmTotp',
    document: mutation('confirmTotp', '... on ConfirmTotpSucceeded { recoveryCodes }'),
    arrange: async (world) => {
      const { secret, ...arranged } = await withSecret(world);
      return { ...arranged, variables: { input: { code: codeOf(secret) } } };
    },
    succeeded: is('ConfirmTotpSucceeded'),
  },
  {
    field: 'Mutation.removeTotp',
    document: mutation('removeTotp', '... on RemoveTotpSucceeded { message }'),
    arrange: async (world) => {
      const { secret: _, ...arranged } = await withTotp(world);
      return { ...arranged, variables: { input: { password: demoPassword } } };
    },
    succeeded: is('RemoveTotpSucceeded'),
    exceptions: onOneself(self),
  },
  {
    field: 'Mutation.confirmSecondFactor',
    document: mutation('confirmSecondFactor', '... on SignInSucceeded { viewer { user { id } } }'),
    arrange: async (world) => {
      const { secret, ...arranged } = await withTotp(world);
      const asked = await trySignIn(world.door, 'acme', arranged.owner.email);
      const challenge = asked.__typename === 'SecondFactorRequired' ? asked.challenge : '';
      // The code of this half minute is used up by confirming.
      return { ...arranged, variables: { input: { challenge, code: codeOf(secret, Date.now() + stepMs) } } };
    },
    succeeded: is('SignInSucceeded'),
    exceptions: bearer('Who knows the password and has the app signs in.'),
  },
];
