import { resultOf } from '@haat/kit/result';
import { Field, InputType } from 'type-graphql';
import { IsNull } from 'typeorm';
import type { IdentityTx } from '../context.js';
import { User } from '../user/user.js';
import { endSessions, lockedSession } from './end-session.js';
import { expiry, keepToken, tokensFor } from './open-session.js';
import { hashOf, randomSecret } from './random-secret.js';
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
 * session ends (OAuth 2.0 Security Best Current Practice, RFC 9700 section 4.14). The same request under its `Idempotency-Key`
 * is no second use: who lost the answer gets it again, for as long as nobody used what it gave.
 */
export async function refreshSession(tx: IdentityTx, input: RefreshSessionInput): Promise<SignInSucceeded | SessionEnded> {
  const given = input.refreshToken.slice(0, 200);
  const token = await tx.db.findOneBy(RefreshToken, { tenantId: tx.tenant.id, hash: hashOf(given) });
  const session = token && (await lockedSession(tx, { id: token.sessionId }));
  if (!token || !session || session.endedAt || session.expiresAt <= tx.clock.now()) return SessionEnded.of();
  const request = requestOf(tx, given);
  const next = randomSecret();
  const isFirst = await takeToken(tx, token.id, { request, next });
  const refreshToken = isFirst ? next : await givenBefore(tx, token.id, request);
  if (refreshToken === undefined) return reused(tx, session);
  const user = await tx.db.findOneBy(User, { tenantId: tx.tenant.id, id: session.userId, status: 'ACTIVE' });
  if (!user) return SessionEnded.of();
  if (isFirst) await keepToken(tx, session.id, refreshToken);
  Object.assign(session, { lastSeenAt: tx.clock.now(), expiresAt: expiry(tx) });
  return tokensFor(tx, { user, session: await tx.db.save(session), refreshToken });
}

/** What names a request that may be sent again; null without a key. Nobody who lacks the token can tell the key from it. */
function requestOf({ idempotencyKey }: IdentityTx, given: string): string | null {
  return idempotencyKey === undefined ? null : hashOf(JSON.stringify([given, idempotencyKey]));
}

/** Whether this is the first use. What is given for it is kept with it, sealed, when it may be asked for again. */
async function takeToken(tx: IdentityTx, id: string, { request, next }: { readonly request: string | null; readonly next: string }): Promise<boolean> {
  const sealedNext = request === null ? null : await tx.seal('identity', boundTo(tx.tenant.id), next);
  const taken = await tx.db.update(RefreshToken, { tenantId: tx.tenant.id, id, usedAt: IsNull() }, { usedAt: tx.clock.now(), request, sealedNext });
  return taken.affected === 1;
}

/** What the same request was given, while it is unused. Read behind the lock of the session, so it is what the first one committed. */
async function givenBefore(tx: IdentityTx, id: string, request: string | null): Promise<string | undefined> {
  const used = request === null ? null : await tx.db.findOneBy(RefreshToken, { tenantId: tx.tenant.id, id, request });
  if (!used?.sealedNext) return undefined;
  const next = (await tx.unseal(boundTo(tx.tenant.id), used.sealedNext)) as string;
  return (await tx.db.existsBy(RefreshToken, { tenantId: tx.tenant.id, hash: hashOf(next), usedAt: IsNull() })) ? next : undefined;
}

function boundTo(tenantId: string) {
  return { tenantId, purpose: 'identity.refresh-token' };
}

async function reused(tx: IdentityTx, session: Session): Promise<SessionEnded> {
  tx.log.warn({ session: session.id }, 'A refresh token was used twice; the session is ended.');
  await endSessions(tx, [session], 'TOKEN_REUSED');
  return SessionEnded.of();
}
