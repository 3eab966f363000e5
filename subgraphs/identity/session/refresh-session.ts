import { resultOf } from '@haat/kit/result';
import { Field, InputType } from 'type-graphql';
import { IsNull } from 'typeorm';
import type { IdentityTx } from '../context.js';
import { User } from '../user/user.js';
import { endSessions, lockedSession } from './end-session.js';
import { expiry, tokensFor } from './open-session.js';
import { hashOf } from './random-secret.js';
import { RefreshToken, type Session } from './session.js';
import { SessionEnded } from './session-ended.js';
import { SignInSucceeded } from './sign-in-result.js';

/** The token that is given for new ones. */
@InputType({ description: 'The refresh token that is given for new tokens.' })
export class RefreshSessionInput {
  @Field(() => String, { description: 'The refresh token of the last sign-in or refresh; good once.' })
  refreshToken: string;
}

/** New tokens, or the session is over. */
export const RefreshSessionResult = resultOf('RefreshSessionResult', 'New tokens for the same session, or the session is over.', [SignInSucceeded, SessionEnded]);

/**
 * Gives a refresh token for new tokens. A second use of one, even at the same moment, means that two have it: the whole
 * session ends (OAuth 2.0 Security Best Current Practice, RFC 9700 section 4.14).
 */
export async function refreshSession(tx: IdentityTx, input: RefreshSessionInput): Promise<SignInSucceeded | SessionEnded> {
  const hash = hashOf(input.refreshToken.slice(0, 200));
  const token = await tx.db.findOneBy(RefreshToken, { tenantId: tx.tenant.id, hash });
  const session = token && (await lockedSession(tx, { id: token.sessionId }));
  if (!token || !session || session.endedAt || session.expiresAt <= tx.clock.now()) return SessionEnded.of();
  const taken = await tx.db.update(RefreshToken, { tenantId: tx.tenant.id, id: token.id, usedAt: IsNull() }, { usedAt: tx.clock.now() });
  if (taken.affected !== 1) return reused(tx, session);
  const user = await tx.db.findOneBy(User, { tenantId: tx.tenant.id, id: session.userId, status: 'ACTIVE' });
  if (!user) return SessionEnded.of();
  Object.assign(session, { lastSeenAt: tx.clock.now(), expiresAt: expiry(tx) });
  return tokensFor(tx, user, await tx.db.save(session));
}

async function reused(tx: IdentityTx, session: Session): Promise<SessionEnded> {
  tx.log.warn({ session: session.id }, 'A refresh token was used twice; the session is ended.');
  await endSessions(tx, [session], 'TOKEN_REUSED');
  return SessionEnded.of();
}
