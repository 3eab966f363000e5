import type { Page } from '@haat/kit/page';
import { ForwardPageArgs } from '@haat/kit/page';
import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { SearchContext } from '../context.js';
import { ProductConnection, type Product } from '../product/product.js';
import { SearchFilter, SearchSort } from '../query/search-filter.js';
import { Category, Collection } from './listing.js';

const filterText = 'Which of them; all that shoppers see when left out.';

/** What is found in a category. */
@Resolver(() => Category)
export class CategoryResolver {
  @FieldResolver(() => ProductConnection, { nullable: true, description: 'Products that shoppers find in it and below it, filtered and ordered.' })
  products(
    @Root() { id }: Category, @Ctx() ctx: SearchContext, @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Arg('filter', () => SearchFilter, { nullable: true, description: filterText }) filter?: SearchFilter,
    @Arg('sort', () => SearchSort, { nullable: true, description: 'In which order; by relevance when left out.' }) sort?: SearchSort,
  ): Promise<Page<Product> | null> {
    return ctx.loaders.productsByListing.load({ id, wish: { kind: 'category', page: { ...page }, filter, sort } });
  }
}

/** What belongs to a collection. */
@Resolver(() => Collection)
export class CollectionResolver {
  @FieldResolver(() => ProductConnection, { nullable: true, description: 'Products that shoppers find in it, filtered and ordered.' })
  products(
    @Root() { id }: Collection, @Ctx() ctx: SearchContext, @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Arg('filter', () => SearchFilter, { nullable: true, description: filterText }) filter?: SearchFilter,
    @Arg('sort', () => SearchSort, { nullable: true, description: 'In which order; in its own when left out.' }) sort?: SearchSort,
  ): Promise<Page<Product> | null> {
    return ctx.loaders.productsByListing.load({ id, wish: { kind: 'collection', page: { ...page }, filter, sort } });
  }
}
