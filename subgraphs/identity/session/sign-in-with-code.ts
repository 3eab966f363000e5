import { parsed } from '@haat/kit/input';
import { Field, InputType, ObjectType } from 'type-graphql';
import { resultOf } from '@haat/kit/result';
import { z } from 'zod';
import type { IdentityContext, IdentityTx } from '../context.js';
import { hashFor, mailCode } from '../code/issue-code.js';
import { SecretCode } from '../code/secret-code.js';
import { emailAddress } from '../user/email-address.js';
import { forgetRegistrant } from '../user/forget-registrant.js';
import { lockedUser } from '../user/locked-user.js';
import { User } from '../user/user.js';
import { markVerified } from '../user/verify-email.js';
import { countAttempts } from './attempts.js';
import { evenly } from './evenly.js';
import { accountHere, addressAttempts, mailAttempts } from './sign-in-attempts.js';
import { passFirstFactor, type SignInOutcome } from './sign-in.js';
import { TooManyAttempts, WrongCredentials } from './sign-in-result.js';

/** How many wrong guesses one code takes. */
const codeTriesMax = 5;

/** Where the code goes. */
@InputType({ description: 'Where a one-time code for signing in is to go.' })
export class RequestSignInCodeInput {
  @Field(() => String, { description: 'E-mail address of the account; the code is good for five minutes.' })
  email: string;
}

/** The same whether or not there is an account. */
@ObjectType({ description: 'If there is such an account, a code is on its way to it.' })
export class RequestSignInCodeSucceeded {
  @Field(() => String, { description: 'What to tell the person who asked.' })
  message: string;
}

/** The request, or too many of them. */
export const RequestSignInCodeResult = resultOf('RequestSignInCodeResult', 'The same for known and unknown accounts, or too many requests.', [RequestSignInCodeSucceeded, TooManyAttempts]);

/** The code that came. */
@InputType({ description: 'The one-time code that arrived, and for which account.' })
export class SignInWithCodeInput {
  @Field(() => String, { description: 'E-mail address that the code was sent to.' })
  email: string;

  @Field(() => String, { description: 'The six digits that arrived, at most five tries.' })
  code: string;
}

const rules = z.object({ email: emailAddress, code: z.string().regex(/^\d{6}$/, 'expected six digits') });

/** Mails a code when there is such an account: one a minute, ten a day. Says the same in any case. */
export async function requestSignInCode(ctx: IdentityContext, input: RequestSignInCodeInput): Promise<RequestSignInCodeSucceeded | TooManyAttempts> {
  const { email } = parsed(rules.pick({ email: true }), input);
  const subject = await accountHere(ctx, email);
  const { waitSeconds } = await countAttempts(ctx, [
    mailAttempts(ctx, 'code:address'),
    { kind: 'code:minute', subject, max: 1, windowMinutes: 1 },
    { kind: 'code:day', subject, max: 10, windowMinutes: 24 * 60 },
  ]);
  if (waitSeconds > 0) return TooManyAttempts.of(waitSeconds);
  await evenly(() => ctx.transaction(async (tx) => {
    const user = await tx.db.findOneBy(User, { tenantId: tx.tenant.id, email, status: 'ACTIVE' });
    if (user) await mailCode(tx, user, 'SIGN_IN_CODE');
  }));
  return Object.assign(new RequestSignInCodeSucceeded(), { message: 'If there is an account for this address, a code is on its way.' });
}

/**
 * Signs in by a mailed code. A wrong guess is counted with the code, and five end it. Guesses at the password do not count:
 * the code is the way in for somebody whose password strangers are guessing.
 */
export async function signInWithCode(ctx: IdentityContext, input: SignInWithCodeInput): Promise<SignInOutcome> {
  const { email, code } = parsed(rules, input);
  const { waitSeconds } = await countAttempts(ctx, [addressAttempts(ctx, 'sign-in:address')]);
  if (waitSeconds > 0) return TooManyAttempts.of(waitSeconds);
  return evenly(() => ctx.transaction((tx) => takeSignInCode(tx, email, code)));
}

async function takeSignInCode(tx: IdentityTx, email: string, code: string): Promise<SignInOutcome> {
  const wrong = WrongCredentials.of('The code is wrong or too old.');
  const user = await lockedUser(tx, { email, status: 'ACTIVE' });
  const kept = user && (await tx.db.createQueryBuilder(SecretCode, 'c').setLock('pessimistic_write')
    .where('c.userId = :userId and c.purpose = :purpose and c.usedAt is null and c.expiresAt > :now', { userId: user.id, purpose: 'SIGN_IN_CODE', now: tx.clock.now() }).getOne());
  if (!user || !kept) return wrong;
  const isRight = kept.hash === hashFor('SIGN_IN_CODE', user.id, code);
  kept.tries += 1;
  if (isRight || kept.tries >= codeTriesMax) kept.usedAt = tx.clock.now();
  await tx.db.save(kept);
  if (!isRight) return wrong;
  await forgetRegistrant(tx, user);
  await markVerified(tx, user);
  return passFirstFactor(tx, user);
}
