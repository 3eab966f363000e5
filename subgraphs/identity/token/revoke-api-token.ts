import { viewerChanged } from '@haat/schema/events/identity';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType } from 'type-graphql';
import type { IdentityTx } from '../context.js';
import { sayUsage } from '../role/say-usage.js';
import { ApiToken } from './api-token.js';
import { countedTokens } from './create-api-token.js';

/** Which token ends. */
@InputType({ description: 'Which API token is to end.' })
export class RevokeApiTokenInput {
  @Field(() => ID, { description: 'The token, as apiTokens lists it.' })
  tokenId: string;
}

/** The ended token. */
export const RevokeApiTokenResult = resultOf('RevokeApiTokenResult', 'The API token, now good for nothing.', [ApiToken]);

/** Ends a token at once. Ending an ended one changes nothing. */
export async function revokeApiToken(tx: IdentityTx, input: RevokeApiTokenInput): Promise<ApiToken> {
  // Counting is the lock: two who revoke at once follow each other.
  await countedTokens(tx);
  const token = await tx.db.findOneBy(ApiToken, { tenantId: tx.tenant.id, id: input.tokenId });
  if (!token) throw notFound('API token');
  if (token.revokedAt) return token;
  Object.assign(token, { revokedAt: tx.clock.now(), version: token.version + 1 });
  const saved = await tx.db.save(token);
  await tx.emit(viewerChanged, { aggregate: { id: saved.id, version: saved.version }, payload: { tokenId: saved.id } });
  await sayUsage(tx, 'apiTokens', await countedTokens(tx));
  return saved;
}
