import { viewerChanged } from '@haat/schema/events/identity';
import { Problem } from '@haat/kit/problem';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { DateTime } from '@haat/kit/scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
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

/** It ended by itself. */
@ObjectType({ implements: Problem, description: 'The API token had run out by itself, so there was nothing to end.' })
export class ApiTokenExpired extends Problem {
  @Field(() => DateTime, { description: 'When the token ran out, in UTC.' })
  expiredAt: Date;
}

/** The ended token, or that it had ended. */
export const RevokeApiTokenResult = resultOf('RevokeApiTokenResult', 'The API token, now good for nothing, or that it had run out.', [ApiToken, ApiTokenExpired]);

/** Ends a token at once. Ending an ended one changes nothing. */
export async function revokeApiToken(tx: IdentityTx, input: RevokeApiTokenInput): Promise<ApiToken | ApiTokenExpired> {
  // Counting is the lock: two who revoke at once follow each other.
  await countedTokens(tx);
  const token = await tx.db.findOneBy(ApiToken, { tenantId: tx.tenant.id, id: input.tokenId });
  if (!token) throw notFound('API token');
  if (token.revokedAt) return token;
  if (token.expiresAt && token.expiresAt <= tx.clock.now()) return Object.assign(new ApiTokenExpired(), { message: 'The API token had run out already.', expiredAt: token.expiresAt });
  Object.assign(token, { revokedAt: tx.clock.now(), version: token.version + 1 });
  const saved = await tx.db.save(token);
  await tx.emit(viewerChanged, { aggregate: { id: saved.id, version: saved.version }, payload: { tokenId: saved.id } });
  await sayUsage(tx, 'apiTokens', await countedTokens(tx));
  return saved;
}
