import { Cached } from '@haat/kit/cached';
import { Public } from '@haat/kit/access';
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import type { SearchContext } from '../context.js';
import { suggest } from './suggest.js';
import { Suggestion } from './suggestion.js';

/** What somebody may be about to write. */
@Resolver(() => Suggestion)
export class SuggestResolver {
  @Public()
  @Cached(60)
  @Query(() => [Suggestion], { nullable: true, description: 'What a few letters may become: queries, categories, vendors, then products.' })
  suggest(
    @Ctx() ctx: SearchContext, @Arg('prefix', () => String, { description: 'What was written so far, at most 200 characters.' }) prefix: string,
    @Arg('first', () => Int, { nullable: true, description: 'How many suggestions, 1 to 20; 8 when left out.' }) first?: number,
  ): Promise<Suggestion[]> {
    return suggest(ctx, prefix, first);
  }
}
