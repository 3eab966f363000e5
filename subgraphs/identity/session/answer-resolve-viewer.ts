import { keysList, viewerResolve } from '@haat/schema/asks/identity';
import { defineAnswer } from '@haat/kit/define';
import { IsNull } from 'typeorm';
import type { IdentityContext } from '../context.js';
import { User } from '../user/user.js';
import { publicKeys } from './access-token.js';
import { Session } from './session.js';
import { signedViewerOf } from './viewer-of.js';

/** A use within this time of the last one is not written down, in minutes. */
const lastSeenMinutes = 5;

/** What the person behind a session may do now; null when the session or the account is over. */
export const answerResolveViewer = defineAnswer(viewerResolve, async (ctx: IdentityContext, { userId, sessionId }) => {
  const session = await ctx.db.findOneBy(Session, { tenantId: ctx.tenant.id, id: sessionId, userId, endedAt: IsNull() });
  const user = session && (await ctx.db.findOneBy(User, { tenantId: ctx.tenant.id, id: userId, status: 'ACTIVE' }));
  const now = ctx.clock.now();
  if (!session || !user || session.expiresAt <= now) return { viewer: null };
  if (now.getTime() - session.lastSeenAt.getTime() > lastSeenMinutes * 60_000) {
    await ctx.transaction((tx) => tx.db.update(Session, { tenantId: ctx.tenant.id, id: sessionId }, { lastSeenAt: now }));
  }
  return { viewer: signedViewerOf(user, session) };
});

/** The keys access tokens are verified with. */
export const answerListKeys = defineAnswer(keysList, async (ctx: IdentityContext) => ({
  keys: (await publicKeys(ctx.config.ACCESS_TOKEN_KEYS)).map((key) => ({ ...key })),
}));
