import { parsed } from '@haat/kit/input';
import { resultOf } from '@haat/kit/result';
import { Field, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { IdentityContext, IdentityTx } from '../context.js';
import { isPassword } from '../password/hash-password.js';
import { stillProvedInSession } from '../password/still-proved.js';
import { countAttempts, forgetAttempts } from '../session/attempts.js';
import { proofAttempts } from '../session/sign-in-attempts.js';
import { TooManyAttempts, WrongCredentials } from '../session/sign-in-result.js';
import { ownAccount } from '../user/own-account.js';
import type { User } from '../user/user.js';
import { RecoveryCode, TotpFactor } from './totp-factor.js';

/** Proof that it is the person. */
@InputType({ description: 'Proof that it is the person who removes the second factor.' })
export class RemoveTotpInput {
  @Field(() => String, { description: 'The present password of the viewer.' })
  password: string;
}

/** Removed. */
@ObjectType({ description: 'The second factor and its recovery codes are gone.' })
export class RemoveTotpSucceeded {
  @Field(() => String, { description: 'What to tell the person who removed it.' })
  message: string;
}

/** Removed, or why not. */
export const RemoveTotpResult = resultOf('RemoveTotpResult', 'The second factor is removed, or why it is not.', [RemoveTotpSucceeded, WrongCredentials, TooManyAttempts]);

/** Removes the viewer's second factor. */
export async function removeTotp(ctx: IdentityContext, input: RemoveTotpInput): Promise<RemoveTotpSucceeded | WrongCredentials | TooManyAttempts> {
  const { password } = parsed(z.object({ password: z.string().max(10_000) }), input);
  const user = await ownAccount(ctx);
  const attempts = proofAttempts(ctx, user.id);
  const { waitSeconds } = await countAttempts(ctx, attempts);
  if (waitSeconds > 0) return TooManyAttempts.of(waitSeconds);
  if (!(await isPassword(user.passwordHash, password))) return wrongPassword();
  await forgetAttempts(ctx, attempts[0]);
  return ctx.transaction((tx) => remove(tx, user));
}

async function remove(tx: IdentityTx, user: User): Promise<RemoveTotpSucceeded | WrongCredentials> {
  if (!(await stillProvedInSession(tx, user))) return wrongPassword();
  await tx.db.delete(TotpFactor, { tenantId: tx.tenant.id, userId: user.id });
  await tx.db.delete(RecoveryCode, { tenantId: tx.tenant.id, userId: user.id });
  return Object.assign(new RemoveTotpSucceeded(), { message: 'The second factor is removed.' });
}

function wrongPassword(): WrongCredentials {
  return WrongCredentials.of('The password is wrong.');
}
