import { keysetPage } from '@haat/kit-postgres/keyset-page';
import { Allow } from '@haat/kit/access';
import { PageArgs } from '@haat/kit/page';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { SearchContext } from '../context.js';
import { Boost, BoostConnection } from './boost.js';
import { RemoveBoostInput, RemoveBoostResult, removeBoost } from './remove-boost.js';
import { SaveBoostInput, SaveBoostResult, saveBoost } from './save-boost.js';

/** Boosts, for staff. */
@Resolver(() => Boost)
export class BoostResolver {
  @Allow('OPERATOR', { grant: 'search.manage' })
  @Query(() => BoostConnection, { nullable: true, description: 'The boosts of this marketplace; for staff.' })
  boosts(@Ctx() ctx: SearchContext, @Args(() => PageArgs) args: PageArgs): Promise<object> {
    const qb = ctx.db.createQueryBuilder(Boost, 'b');
    return keysetPage({ qb, order: [{ column: 'b.createdAt', direction: 'ASC' }, { column: 'b.id', direction: 'ASC' }], args, tenantId: ctx.tenant.id });
  }

  @Allow('OPERATOR', { grant: 'search.manage' })
  @Mutation(() => SaveBoostResult, { description: 'Says how products are put forward, back, in front or out of what is found. SearchHit.explanation tells what it does.' })
  saveBoost(@Ctx() ctx: SearchContext, @Arg('input', () => SaveBoostInput) input: SaveBoostInput): Promise<object> {
    return ctx.transaction((tx) => saveBoost(tx, input));
  }

  @Allow('OPERATOR', { grant: 'search.manage' })
  @Mutation(() => RemoveBoostResult, { description: 'Takes a boost away at once.' })
  removeBoost(@Ctx() ctx: SearchContext, @Arg('input', () => RemoveBoostInput) input: RemoveBoostInput): Promise<object> {
    return ctx.transaction((tx) => removeBoost(tx, input));
  }
}
