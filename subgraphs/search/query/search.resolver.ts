import { Cached } from '@haat/kit/cached';
import { Public } from '@haat/kit/access';
import { ForwardPageArgs } from '@haat/kit/page';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { SearchContext } from '../context.js';
import { countFacets } from './count-facets.js';
import { Facet } from './facet.js';
import { highlightsOf } from './highlights.js';
import { search } from './search.js';
import { Highlight, SearchConnection, SearchHit } from './search-hit.js';
import { SearchFilter, SearchSort } from './search-filter.js';

const filterText = 'Which products; all that shoppers see when left out.';
const sortText = 'In which order; by relevance when left out.';

/** Looking for products. */
@Resolver(() => SearchConnection)
export class SearchResolver {
  @Public()
  @Cached(30)
  @Query(() => SearchConnection, { nullable: true, description: 'Products that shoppers see, by words, filters and order. Mistyped words are put right, synonyms count, the last word may be a beginning.' })
  search(
    @Ctx() ctx: SearchContext, @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Arg('query', () => String, { nullable: true, description: 'The words to look for, or a whole SKU; at most 200 characters.' }) query?: string,
    @Arg('filter', () => SearchFilter, { nullable: true, description: filterText }) filter?: SearchFilter,
    @Arg('sort', () => SearchSort, { nullable: true, description: sortText }) sort?: SearchSort,
  ): Promise<SearchConnection> {
    return search(ctx, { query, filter, sort }, page);
  }

  @FieldResolver(() => [Facet], { description: 'By what the search can be narrowed, counted over all that was found; a facet disregards its own filter.' })
  facets(@Root() connection: SearchConnection, @Ctx() ctx: SearchContext): Promise<Facet[]> {
    return countFacets(ctx, connection.read, connection.filter);
  }
}

/** What belongs to one hit. */
@Resolver(() => SearchHit)
export class SearchHitResolver {
  @FieldResolver(() => [Highlight], { description: 'Where in its title and description the words were found.' })
  async highlights(@Root() hit: SearchHit, @Ctx() ctx: SearchContext): Promise<Highlight[]> {
    if (hit.read.whole === '') return [];
    const description = await ctx.loaders.descriptionByProduct.load(hit.productId);
    return highlightsOf([{ field: 'title', text: hit.product?.title }, { field: 'description', text: description }], hit.read.readings);
  }
}
