import { Allow } from '@haat/kit/access';
import { keysetPage } from '@haat/kit-postgres/keyset-page';
import { connectionOf, PageArgs } from '@haat/kit/page';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { IdentityContext } from '../context.js';
import { ApiToken } from './api-token.js';
import { CreateApiTokenInput, CreateApiTokenResult, createApiToken, ownerOfToken } from './create-api-token.js';
import { RevokeApiTokenInput, RevokeApiTokenResult, revokeApiToken } from './revoke-api-token.js';

const { Connection: ApiTokenConnection } = connectionOf(ApiToken, { name: 'ApiToken', description: 'API tokens of the marketplace, the newest first.' });

/** API tokens. */
@Resolver()
export class TokenResolver {
  @Allow('OPERATOR', 'PLATFORM')
  @Query(() => ApiTokenConnection, { nullable: true, description: 'API tokens of this marketplace, revoked ones too, newest first.' })
  apiTokens(@Ctx() ctx: IdentityContext, @Args(() => PageArgs) page: PageArgs) {
    const qb = ctx.db.createQueryBuilder(ApiToken, 't');
    return keysetPage({ qb, order: [{ column: 't.id', direction: 'DESC' }], args: page, tenantId: ctx.tenant.id });
  }

  @Allow('OPERATOR', 'PLATFORM')
  @Mutation(() => CreateApiTokenResult, { description: 'Makes an API token; its secret is shown only in this answer.' })
  async createApiToken(@Ctx() ctx: IdentityContext, @Arg('input', () => CreateApiTokenInput) input: CreateApiTokenInput): Promise<object> {
    const owner = await ownerOfToken(ctx, input);
    return ctx.transaction((tx) => createApiToken(tx, input, owner));
  }

  @Allow('OPERATOR', 'PLATFORM')
  @Mutation(() => RevokeApiTokenResult, { description: 'Ends an API token at once.' })
  revokeApiToken(@Ctx() ctx: IdentityContext, @Arg('input', () => RevokeApiTokenInput) input: RevokeApiTokenInput): Promise<object> {
    return ctx.transaction((tx) => revokeApiToken(tx, input));
  }
}
