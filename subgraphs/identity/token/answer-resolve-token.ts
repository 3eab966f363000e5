import { tokenResolve } from '@haat/schema/asks/identity';
import { defineAnswer } from '@haat/kit/define';
import type { Viewer } from '@haat/kit/identity';
import { IsNull } from 'typeorm';
import type { IdentityContext } from '../context.js';
import { ApiToken } from './api-token.js';

/** A use within this time of the last one is not written down, in minutes. */
const lastUsedMinutes = 5;

/** Who shows an API token, by its hash; null when there is none, or it is revoked or too old. */
export const answerResolveToken = defineAnswer(tokenResolve, async (ctx: IdentityContext, { hash }) => {
  const token = await ctx.db.findOneBy(ApiToken, { tenantId: ctx.tenant.id, hash, revokedAt: IsNull() });
  const now = ctx.clock.now();
  if (!token || (token.expiresAt && token.expiresAt <= now)) return { token: null };
  await rememberUse(ctx, token, now);
  return { token: { viewer: viewerOf(token), kind: token.kind, expiresAt: token.expiresAt?.toISOString() ?? null, ...(token.allowedAddresses.length > 0 && { allowedAddresses: token.allowedAddresses }) } };
});

/** A program of one vendor holds its rights there and nowhere else. */
function viewerOf({ id: tokenId, kind, grants, partnerAppId, vendorId }: ApiToken): Viewer {
  const rights = vendorId === null ? { grants, vendors: [] } : { grants: [], vendors: [{ id: vendorId, grants }] };
  return { kind: 'TOKEN', tokenId, roles: kind === 'PARTNER' ? ['PARTNER'] : [], ...rights, ...(partnerAppId !== null && { partnerAppId }) };
}

async function rememberUse(ctx: IdentityContext, token: ApiToken, now: Date): Promise<void> {
  if (token.lastUsedAt && now.getTime() - token.lastUsedAt.getTime() < lastUsedMinutes * 60_000) return;
  await ctx.transaction((tx) => tx.db.update(ApiToken, { tenantId: ctx.tenant.id, id: token.id }, { lastUsedAt: now }));
}
