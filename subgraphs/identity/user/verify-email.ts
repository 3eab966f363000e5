import { createHash } from 'node:crypto';
import { emailVerified } from '@haat/schema/events/identity';
import { resultOf } from '@haat/kit/result';
import { Field, InputType, ObjectType } from 'type-graphql';
import { InvalidToken, takeCode } from '../code/take-code.js';
import type { IdentityTx } from '../context.js';
import { User } from './user.js';

/** The token from the mail. */
@InputType({ description: 'The token that arrived by mail after registering.' })
export class VerifyEmailInput {
  @Field(() => String, { description: 'Token of the mail, good for a day and once.' })
  token: string;
}

/** The address is proved. */
@ObjectType({ description: 'The e-mail address is proved; orders made with it as a guest join the account.' })
export class VerifyEmailSucceeded {
  @Field(() => String, { description: 'The address that is now proved.' })
  email: string;
}

/** Proved, or the token is no good. */
export const VerifyEmailResult = resultOf('VerifyEmailResult', 'The address is proved, or the token is not good.', [VerifyEmailSucceeded, InvalidToken]);

/** Takes the token for the proof that the person reads mail at that address. */
export async function verifyEmail(tx: IdentityTx, input: VerifyEmailInput): Promise<VerifyEmailSucceeded | InvalidToken> {
  const taken = await takeCode(tx, ['VERIFY_EMAIL'], input.token);
  if (!taken) return InvalidToken.of();
  await markVerified(tx, taken.user);
  return Object.assign(new VerifyEmailSucceeded(), { email: taken.user.email ?? '' });
}

/** Marks the address as proved, once, and says so. */
export async function markVerified(tx: IdentityTx, user: User): Promise<void> {
  if (user.emailVerifiedAt) return;
  const changed = { emailVerifiedAt: tx.clock.now(), version: user.version + 1 };
  // Only these columns: saving the whole row would put back what the caller changed since it was read, a new password first.
  await tx.db.update(User, { tenantId: tx.tenant.id, id: user.id }, changed);
  Object.assign(user, changed);
  await tx.emit(emailVerified, { aggregate: { id: user.id, version: user.version }, payload: { userId: user.id, ...(user.email && { emailHash: hashOfEmail(user.email) }) } });
}

/** As orders of guests carry it, so that they are found without the address travelling. */
function hashOfEmail(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('hex');
}
