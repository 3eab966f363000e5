import { newId } from '@haat/kit/id';
import type { IdentityTx } from '../context.js';
import { User } from '../user/user.js';
import { issueAccessToken } from './access-token.js';
import { endUnusedSessions } from './end-session.js';
import { hashOf, randomSecret } from './random-secret.js';
import { openSessionsMax, RefreshToken, Session } from './session.js';
import { SignInSucceeded } from './sign-in-result.js';

const agentLengthMax = 400;

/** Opens a session for somebody who has proved who they are, and whose account is locked: what closes it ends this session too. Where there are as many as there may be, it takes the place of the one not used for longest. */
export async function openSession(tx: IdentityTx, user: User): Promise<SignInSucceeded> {
  const now = tx.clock.now();
  await endUnusedSessions(tx, user.id, openSessionsMax - 1);
  const session = await tx.db.save(tx.db.create(Session, {
    tenantId: tx.tenant.id, id: newId('ses', now), version: 1, userId: user.id, agent: tx.clientAgent?.slice(0, agentLengthMax) ?? null, address: tx.clientAddress ?? null,
    lastSeenAt: now, authenticatedAt: now, expiresAt: expiry(tx), endedAt: null, endReason: null,
  }));
  const refreshToken = randomSecret();
  await keepToken(tx, session.id, refreshToken);
  return tokensFor(tx, { user, session, refreshToken });
}

/** Makes a refresh token good, once, for a session. */
export async function keepToken(tx: IdentityTx, sessionId: string, refreshToken: string): Promise<void> {
  await tx.db.insert(RefreshToken, {
    tenantId: tx.tenant.id, id: newId('tok', tx.clock.now()), version: 1, sessionId, hash: hashOf(refreshToken), usedAt: null, request: null, sealedNext: null,
  });
}

/** What a session is given. */
export interface Given {
  readonly user: User;
  readonly session: Session;
  readonly refreshToken: string;
}

/** A short access token, beside a refresh token that is kept. */
export async function tokensFor(tx: IdentityTx, { user, session, refreshToken }: Given): Promise<SignInSucceeded> {
  const access = await issueAccessToken(tx, { userId: user.id, sessionId: session.id });
  return SignInSucceeded.of({ accessToken: access.token, accessTokenExpiresAt: access.expiresAt, refreshToken, user, session });
}

/** When a session that is used now would end by itself. */
export function expiry(tx: IdentityTx): Date {
  return new Date(tx.clock.now().getTime() + tx.config.SESSION_DAYS * 86_400_000);
}
