import { partnerResolve } from '@haat/schema/asks/partners';
import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { badInput, notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { DateTime } from '@haat/kit/scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { IsNull, MoreThan } from 'typeorm';
import { z } from 'zod';
import type { IdentityContext, IdentityTx } from '../context.js';
import { sayUsage } from '../role/say-usage.js';
import { hashOf, randomSecret } from '../session/random-secret.js';
import { isAddressBlock } from './address-block.js';
import { ApiToken, ApiTokenKind } from './api-token.js';

/** What the token may do. */
@InputType({ description: 'What a new API token is for and may do.' })
export class CreateApiTokenInput {
  @Field(() => String, { description: 'What people call the token, 1 to 80 characters.' })
  name: string;

  @Field(() => ApiTokenKind, { description: 'Whose program the token is for.' })
  kind: ApiTokenKind;

  @Field(() => [String], { description: 'What it may do, 1 to 50 of catalog.manage, catalog.read, members.manage, orders.manage, payments.manage, payouts.manage, prices.manage, promotions.manage, search.manage, settings.manage, stock.manage, taxes.manage, users.manage and vendors.manage.' })
  grants: string[];

  @Field(() => [String], { nullable: true, description: 'Network addresses or blocks such as 192.0.2.0/24 it may be shown from, at most 20; from anywhere when left out.' })
  allowedAddresses?: string[] | null;

  @Field(() => DateTime, { nullable: true, description: 'When the token stops being good; never when left out.' })
  expiresAt?: Date | null;

  @Field(() => ID, { nullable: true, description: 'The partner\'s program that the token belongs to, for kind PARTNER; it is held to its operations and quota.' })
  partnerAppId?: string | null;
}

/** The token and, this once, its secret. */
@ObjectType({ description: 'The new token with its secret, which is never shown again.' })
export class CreateApiTokenSucceeded {
  @Field(() => ApiToken, { description: 'The token as it is listed from now on.' })
  token: ApiToken;

  @Field(() => String, { description: 'For the authorization header, as Bearer; shown only now.' })
  secret: string;
}

/** The plan allows no more. */
@ObjectType({ implements: Problem, description: 'The plan allows no more API tokens; revoke one or change the plan.' })
export class ApiTokenLimitReached extends Problem {
  @Field(() => Int, { description: 'How many API tokens the plan allows.' })
  limit: number;
}

/** The token, or the limit. */
export const CreateApiTokenResult = resultOf('CreateApiTokenResult', 'The new API token with its secret, or the limit of the plan.', [CreateApiTokenSucceeded, ApiTokenLimitReached]);

const rules = z.object({
  name: z.string().trim().min(1).max(80),
  kind: z.enum(ApiTokenKind),
  grants: z.array(z.string().regex(/^[a-z][a-z-]*\.[a-z][a-z-]*$/, 'expected a right such as orders.manage')).min(1).max(50),
  allowedAddresses: z.array(z.string().refine(isAddressBlock, 'expected an address or a block such as 192.0.2.0/24')).max(20).nullish(),
});

/** Whose program a new token is, asked before any transaction. */
export interface TokenOwner {
  readonly partnerAppId: string | null;
  /** The only vendor that the program reaches; null for the whole marketplace. */
  readonly vendorId: string | null;
}

/** Finds it. Refuses with `NOT_FOUND` a program that is not there or was revoked, with `BAD_USER_INPUT` one for a token of another kind. */
export async function ownerOfToken(ctx: IdentityContext, input: CreateApiTokenInput): Promise<TokenOwner> {
  const { partnerAppId } = parsed(z.object({ partnerAppId: idText.nullish() }), input);
  if (partnerAppId === null || partnerAppId === undefined) return { partnerAppId: null, vendorId: null };
  if (input.kind !== ApiTokenKind.PARTNER) throw badInput([{ path: ['input', 'partnerAppId'], message: 'expected only for a token of kind PARTNER' }]);
  const { partner } = await ctx.ask(partnerResolve, { partnerAppId });
  if (!partner || partner.status === 'REVOKED') throw notFound('partner app');
  return { partnerAppId, vendorId: partner.vendorId };
}

/** Makes a token. Its text names the tenant, so that it can be looked up inside that tenant's walls. */
export async function createApiToken(tx: IdentityTx, input: CreateApiTokenInput, owner: TokenOwner): Promise<CreateApiTokenSucceeded | ApiTokenLimitReached> {
  const wish = parsed(rules.extend({ expiresAt: z.date().min(tx.clock.now(), 'expected a moment to come').nullish() }), input);
  const used = await countedTokens(tx);
  const limit = tx.tenant.limits['apiTokens'];
  if (limit !== undefined && used >= limit) return Object.assign(new ApiTokenLimitReached(), { message: `The plan allows ${limit} API tokens.`, limit });
  const secret = `haat_${tx.tenant.slug}_${randomSecret()}`;
  const token = await tx.db.save(tx.db.create(ApiToken, {
    ...wish, ...owner, tenantId: tx.tenant.id, id: newId('tok', tx.clock.now()), version: 1, allowedAddresses: [...new Set(wish.allowedAddresses)], expiresAt: wish.expiresAt ?? null, revokedAt: null, lastUsedAt: null,
    hash: hashOf(secret), createdBy: tx.viewer.userId ?? null,
  }));
  await sayUsage(tx, 'apiTokens', used + 1);
  return Object.assign(new CreateApiTokenSucceeded(), { token, secret });
}

/** How many good tokens there are: one that ran out frees its place. The lock makes two that count at the same time follow each other. */
export async function countedTokens(tx: IdentityTx): Promise<number> {
  await tx.db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.tenant.id}:apiTokens`]);
  const good = { tenantId: tx.tenant.id, revokedAt: IsNull() };
  return tx.db.countBy(ApiToken, [{ ...good, expiresAt: IsNull() }, { ...good, expiresAt: MoreThan(tx.clock.now()) }]);
}
