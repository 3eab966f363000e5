import { parsed } from '@haat/kit/input';
import { resultOf } from '@haat/kit/result';
import { Field, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { mailCode } from '../code/issue-code.js';
import { holderOf, InvalidToken, takeCode } from '../code/take-code.js';
import type { IdentityContext, IdentityTx } from '../context.js';
import { countAttempts, forgetAttempts } from '../session/attempts.js';
import { evenly } from '../session/evenly.js';
import { accountHere, mailAttempts, passwordGuesses } from '../session/sign-in-attempts.js';
import { TooManyAttempts } from '../session/sign-in-result.js';
import { emailAddress } from '../user/email-address.js';
import { forgetRegistrant } from '../user/forget-registrant.js';
import { User } from '../user/user.js';
import { markVerified } from '../user/verify-email.js';
import { hashPassword } from './hash-password.js';
import { weaknesses } from './password-policy.js';
import { setPassword } from './set-password.js';
import { WeakPassword } from './weak-password.js';

/** Whose password was forgotten. */
@InputType({ description: 'Whose password was forgotten.' })
export class RequestPasswordResetInput {
  @Field(() => String, { description: 'E-mail address of the account; the link is good for an hour.' })
  email: string;
}

/** The same whether or not there is an account. */
@ObjectType({ description: 'If there is such an account, a link is on its way to it.' })
export class RequestPasswordResetSucceeded {
  @Field(() => String, { description: 'What to tell the person who asked.' })
  message: string;
}

/** Requested, or too often. */
export const RequestPasswordResetResult = resultOf('RequestPasswordResetResult', 'The same for known and unknown accounts, or too many requests.', [RequestPasswordResetSucceeded, TooManyAttempts]);

/** The token from the mail, and the new password. */
@InputType({ description: 'The token of a reset or invitation mail, and the new password.' })
export class ResetPasswordInput {
  @Field(() => String, { description: 'Token of the mail, good once: a reset for an hour, an invitation for a week.' })
  token: string;

  @Field(() => String, { description: 'New password of at least 10 characters and at most 256 bytes.' })
  password: string;
}

/** The password is set. */
@ObjectType({ description: 'The new password is set, and every session of the account has ended.' })
export class ResetPasswordSucceeded {
  @Field(() => String, { description: 'The e-mail address to sign in with.' })
  email: string;
}

/** Set, or why not. */
export const ResetPasswordResult = resultOf('ResetPasswordResult', 'The password is set, or why it is not.', [ResetPasswordSucceeded, InvalidToken, WeakPassword]);

/** Mails a link when there is such an account, five an hour at most. Says the same in any case. */
export async function requestPasswordReset(ctx: IdentityContext, input: RequestPasswordResetInput): Promise<RequestPasswordResetSucceeded | TooManyAttempts> {
  const { email } = parsed(z.object({ email: emailAddress }), input);
  const { waitSeconds } = await countAttempts(ctx, [mailAttempts(ctx, 'reset:address'), { kind: 'reset:hour', subject: await accountHere(ctx, email), max: 5, windowMinutes: 60 }]);
  if (waitSeconds > 0) return TooManyAttempts.of(waitSeconds);
  await evenly(() => ctx.transaction(async (tx) => {
    const user = await tx.db.findOneBy(User, { tenantId: tx.tenant.id, email, status: 'ACTIVE' });
    if (user) await mailCode(tx, user, 'RESET_PASSWORD');
  }));
  return Object.assign(new RequestPasswordResetSucceeded(), { message: 'If there is an account for this address, a link is on its way.' });
}

/**
 * Sets a password by a mailed token, of a reset or an invitation. Whoever was signed in is signed out. Without a good token
 * nothing is hashed: hashing is dear, and anybody may call this.
 */
export async function resetPassword(ctx: IdentityContext, input: ResetPasswordInput): Promise<ResetPasswordSucceeded | InvalidToken | WeakPassword> {
  const { token, password } = parsed(z.object({ token: z.string().max(200), password: z.string().max(10_000) }), input);
  const holder = await holderOf(ctx, purposes, token);
  if (!holder) return InvalidToken.of();
  const reasons = weaknesses(password, holder.email);
  if (reasons.length > 0) return WeakPassword.of(reasons);
  const passwordHash = await hashPassword(password);
  const outcome = await ctx.transaction((tx) => setByToken(tx, token, passwordHash));
  // Guesses at the old password must not keep its owner from using the new one.
  if (outcome instanceof ResetPasswordSucceeded) await forgetAttempts(ctx, { kind: passwordGuesses, subject: outcome.email });
  return outcome;
}

const purposes = ['RESET_PASSWORD', 'INVITATION'] as const;

async function setByToken(tx: IdentityTx, token: string, passwordHash: string): Promise<ResetPasswordSucceeded | InvalidToken> {
  const taken = await takeCode(tx, purposes, token);
  if (!taken) return InvalidToken.of();
  const { user } = taken;
  await forgetRegistrant(tx, user);
  await setPassword(tx, user, passwordHash);
  await markVerified(tx, user);
  return Object.assign(new ResetPasswordSucceeded(), { email: user.email ?? '' });
}
