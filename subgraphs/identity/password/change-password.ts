import { parsed } from '@haat/kit/input';
import { resultOf } from '@haat/kit/result';
import { Field, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { IdentityContext, IdentityTx } from '../context.js';
import { countAttempts, forgetAttempts } from '../session/attempts.js';
import { proofAttempts } from '../session/sign-in-attempts.js';
import { TooManyAttempts, WrongCredentials } from '../session/sign-in-result.js';
import { ownAccount } from '../user/own-account.js';
import type { User } from '../user/user.js';
import { hashPassword, isPassword } from './hash-password.js';
import { weaknesses } from './password-policy.js';
import { setPassword } from './set-password.js';
import { stillProvedInSession } from './still-proved.js';
import { WeakPassword } from './weak-password.js';

/** The old and the new password. */
@InputType({ description: 'The present password and the new one.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The present password of the viewer.' })
  currentPassword: string;

  @Field(() => String, { description: 'New password of at least 10 characters and at most 256 bytes.' })
  newPassword: string;
}

/** Changed. */
@ObjectType({ description: 'The password is changed; every other session of the account has ended.' })
export class ChangePasswordSucceeded {
  @Field(() => String, { description: 'What to tell the person who changed it.' })
  message: string;
}

/** Changed, or why not. */
export const ChangePasswordResult = resultOf('ChangePasswordResult', 'The password is changed, or why it is not.', [ChangePasswordSucceeded, WrongCredentials, WeakPassword, TooManyAttempts]);

const rules = z.object({ currentPassword: z.string().max(10_000), newPassword: z.string().max(10_000) });

/**
 * Changes the viewer's own password, and ends their other sessions. Tries are counted apart from those of
 * strangers at the door, who must not keep the person from it.
 */
export async function changePassword(ctx: IdentityContext, input: ChangePasswordInput): Promise<ChangePasswordSucceeded | WrongCredentials | WeakPassword | TooManyAttempts> {
  const { currentPassword, newPassword } = parsed(rules, input);
  const user = await ownAccount(ctx);
  const attempts = proofAttempts(ctx, user.id);
  const { waitSeconds } = await countAttempts(ctx, attempts);
  if (waitSeconds > 0) return TooManyAttempts.of(waitSeconds);
  if (!(await isPassword(user.passwordHash, currentPassword))) return wrongPassword();
  await forgetAttempts(ctx, attempts[0]);
  const reasons = weaknesses(newPassword, user.email);
  if (reasons.length > 0) return WeakPassword.of(reasons);
  const passwordHash = await hashPassword(newPassword);
  return ctx.transaction((tx) => change(tx, user, passwordHash));
}

async function change(tx: IdentityTx, user: User, passwordHash: string): Promise<ChangePasswordSucceeded | WrongCredentials> {
  const proved = await stillProvedInSession(tx, user);
  if (!proved) return wrongPassword();
  await setPassword(tx, proved, passwordHash, tx.viewer.sessionId);
  return Object.assign(new ChangePasswordSucceeded(), { message: 'The password is changed.' });
}

function wrongPassword(): WrongCredentials {
  return WrongCredentials.of('The present password is wrong.');
}
