import { Allow, Public } from '@haat/kit/access';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { manageGrant } from '../access/may.js';
import type { CatalogContext } from '../context.js';
import { ChangeCollectionInput, ChangeCollectionResult, changeCollection } from './change-collection.js';
import { Collection } from './collection.type.js';
import { CreateCollectionInput, CreateCollectionResult, createCollection } from './create-collection.js';
import { findCollection } from './find-collections.js';

/** Products that are shown together. */
@Resolver(() => Collection)
export class CollectionResolver {
  @Public()
  @Query(() => Collection, { nullable: true, description: 'One collection, by its id or by its slug.' })
  collection(
    @Ctx() ctx: CatalogContext,
    @Arg('id', () => ID, { nullable: true, description: 'The collection by its id; wins over the slug.' }) id?: string,
    @Arg('slug', () => String, { nullable: true, description: 'The collection by its part of an address.' }) slug?: string,
  ) {
    return findCollection(ctx, { id, slug });
  }

  @Allow('OPERATOR', { grant: manageGrant })
  @Mutation(() => CreateCollectionResult, { description: 'Makes a collection of products, named one by one or found by a rule.' })
  createCollection(@Ctx() ctx: CatalogContext, @Arg('input', () => CreateCollectionInput) input: CreateCollectionInput): Promise<object> {
    return ctx.transaction((tx) => createCollection(tx, input));
  }

  @Allow('OPERATOR', { grant: manageGrant })
  @Mutation(() => ChangeCollectionResult, { description: 'Changes the words of a collection, or which products are in it.' })
  changeCollection(@Ctx() ctx: CatalogContext, @Arg('input', () => ChangeCollectionInput) input: ChangeCollectionInput): Promise<object> {
    return ctx.transaction((tx) => changeCollection(tx, input));
  }
}
