import { Allow } from '@haat/kit/access';
import { Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { SearchContext } from '../context.js';
import { rebuildIndex, RebuildSearchIndexResult } from './rebuild-index.js';
import { findSearchIndex, SearchIndex } from './search-index.js';

/** The index, for staff. */
@Resolver(() => SearchIndex)
export class RebuildResolver {
  @Allow('OPERATOR', { grant: 'search.manage' })
  @Query(() => SearchIndex, { nullable: true, description: 'How the search index stands, and how far one in the making is; for staff.' })
  searchIndex(@Ctx() ctx: SearchContext): Promise<SearchIndex> {
    return findSearchIndex(ctx.db);
  }

  @Allow('OPERATOR', { grant: 'search.manage' })
  @Mutation(() => RebuildSearchIndexResult, { description: 'Builds the search index anew beside the one that is read, which is replaced when the new one is whole.' })
  rebuildSearchIndex(@Ctx() ctx: SearchContext): Promise<object> {
    return ctx.transaction(rebuildIndex);
  }
}
