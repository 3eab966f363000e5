import { parsed } from '@haat/kit/input';
import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import type { IdentityContext, IdentityTx } from '../context.js';
import { issueCode } from '../code/issue-code.js';
import { hashPassword, isPassword, needsRehash } from '../password/hash-password.js';
import { passwordBytesMax } from '../password/password-policy.js';
import { stillProved } from '../password/still-proved.js';
import { hasTotp } from '../totp/totp-factor.js';
import { emailAddress } from '../user/email-address.js';
import { User } from '../user/user.js';
import { countAttempts, forgetAttempts } from './attempts.js';
import { openSession } from './open-session.js';
import { signInAttempts } from './sign-in-attempts.js';
import { AccountDisabled, SecondFactorMethod, SecondFactorRequired, TooManyAttempts, WrongCredentials, type SignInSucceeded } from './sign-in-result.js';

/** What every way to sign in may come to. */
export type SignInOutcome = SignInSucceeded | SecondFactorRequired | WrongCredentials | TooManyAttempts | AccountDisabled;

/** Who signs in. */
@InputType({ description: 'E-mail address and password of an account here.' })
export class SignInInput {
  @Field(() => String, { description: 'The e-mail address, in any spelling of upper and lower case.' })
  email: string;

  @Field(() => String, { description: 'The password, at most 256 bytes.' })
  password: string;
}

const rules = z.object({
  email: emailAddress,
  password: z.string().min(1).refine((text) => Buffer.byteLength(text) <= passwordBytesMax, `expected at most ${passwordBytesMax} bytes`),
});

/** Signs in by password. Tries are counted before the password is looked at, by account and by network address. */
export async function signIn(ctx: IdentityContext, input: SignInInput): Promise<SignInOutcome> {
  const { email, password } = parsed(rules, input);
  const attempts = await signInAttempts(ctx, email);
  const { waitSeconds } = await countAttempts(ctx, attempts);
  if (waitSeconds > 0) return TooManyAttempts.of(waitSeconds);
  const user = await ctx.db.findOneBy(User, { tenantId: ctx.tenant.id, email });
  if (!(await isPassword(user?.passwordHash, password)) || !user) return WrongCredentials.of();
  if (user.status !== 'ACTIVE') return AccountDisabled.of();
  await forgetAttempts(ctx, attempts[1]);
  if (user.passwordHash && needsRehash(user.passwordHash)) await rehash(ctx, user, password);
  return ctx.transaction(async (tx) => {
    const proved = await stillProved(tx, user);
    return proved ? passFirstFactor(tx, proved) : WrongCredentials.of();
  });
}

/** The first factor of a locked account was right: a session, or the question for the second factor. */
export async function passFirstFactor(tx: IdentityTx, user: User): Promise<SignInSucceeded | SecondFactorRequired> {
  if (!(await hasTotp(tx, user.id))) return openSession(tx, user);
  const { secret } = await issueCode(tx, user, 'SECOND_FACTOR');
  const methods = [SecondFactorMethod.TOTP, SecondFactorMethod.RECOVERY_CODE];
  return Object.assign(new SecondFactorRequired(), { message: 'Show your second factor to finish.', challenge: secret, methods });
}

/** Keeps a hash by today's parameters. Another sign-in at the same moment may have been first: then its hash counts, when it is of this password. */
async function rehash(ctx: IdentityContext, user: User, password: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  const account = { tenantId: user.tenantId, id: user.id };
  const { affected } = await ctx.transaction((tx) => tx.db.update(User, { ...account, passwordHash: user.passwordHash ?? undefined }, { passwordHash }));
  const kept = affected === 1 ? passwordHash : (await ctx.db.findOneBy(User, account))?.passwordHash;
  if (kept && (affected === 1 || (await isPassword(kept, password)))) user.passwordHash = kept;
}
