import { Cached } from '@haat/kit/cached';
import { Allow, Public } from '@haat/kit/access';
import { connectionOf, ForwardPageArgs, type Page } from '@haat/kit/page';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { manageGrant } from '../access/may.js';
import type { CatalogContext } from '../context.js';
import { documentPage } from '../document-page.js';
import { categories, type CategoryRow } from './category.row.js';
import { Category } from './category.type.js';
import { ChangeCategoryInput, ChangeCategoryResult, changeCategory } from './change-category.js';
import { CreateCategoryInput, CreateCategoryResult, createCategory } from './create-category.js';
import { findCategory } from './find-categories.js';

/** A page of categories. */
export const { Connection: CategoryConnection } = connectionOf(Category, { name: 'Category', description: 'Categories of all levels, the one made first in front.' });

/** The tree in which shoppers look. */
@Resolver(() => Category)
export class CategoryResolver {
  @Public()
  @Query(() => Category, { nullable: true, description: 'One category, by its id or by its slug, former slugs too.' })
  category(
    @Ctx() ctx: CatalogContext,
    @Arg('id', () => ID, { nullable: true, description: 'The category by its id; wins over the slug.' }) id?: string,
    @Arg('slug', () => String, { nullable: true, description: 'The category by its part of an address.' }) slug?: string,
  ) {
    return findCategory(ctx, { id, slug });
  }

  @Public()
  @Cached(60)
  @Query(() => CategoryConnection, { nullable: true, description: 'All categories of this marketplace, of every level.' })
  categories(@Ctx() ctx: CatalogContext, @Args(() => ForwardPageArgs) args: ForwardPageArgs): Promise<Page<Category>> {
    const options = { tenantId: ctx.tenant.id, list: 'categories', where: {}, orderBy: '_id', descending: false, args } as const;
    return documentPage(ctx.db.collection(categories), options, (row) => Category.of(row, ctx.locale));
  }

  @FieldResolver(() => Category, { nullable: true, description: 'The category above it; null at the top.' })
  async parent(@Root() { row }: Category, @Ctx() ctx: CatalogContext) {
    const parent = row.parentId === undefined ? null : await ctx.loaders.categoriesById.load(row.parentId);
    return parent && Category.of(parent, ctx.locale);
  }

  @FieldResolver(() => [Category], { description: 'The categories right below it, in their order.' })
  async children(@Root() { id }: Category, @Ctx() ctx: CatalogContext) {
    return shown(await ctx.loaders.categoriesByParent.load(id), ctx);
  }

  @FieldResolver(() => [Category], { description: 'The way down to it, from the top to its parent.' })
  async ancestors(@Root() { row }: Category, @Ctx() ctx: CatalogContext) {
    return shown(await Promise.all(row.ancestorIds.map((id) => ctx.loaders.categoriesById.load(id))), ctx);
  }

  @Allow('OPERATOR', { grant: manageGrant })
  @Mutation(() => CreateCategoryResult, { description: 'Makes a category, at the top or under another one.' })
  createCategory(@Ctx() ctx: CatalogContext, @Arg('input', () => CreateCategoryInput) input: CreateCategoryInput): Promise<object> {
    return ctx.transaction((tx) => createCategory(tx, input));
  }

  @Allow('OPERATOR', { grant: manageGrant })
  @Mutation(() => ChangeCategoryResult, { description: 'Changes names, slug or place among siblings of a category.' })
  changeCategory(@Ctx() ctx: CatalogContext, @Arg('input', () => ChangeCategoryInput) input: ChangeCategoryInput): Promise<object> {
    return ctx.transaction((tx) => changeCategory(tx, input));
  }
}

function shown(rows: readonly (CategoryRow | null)[], ctx: CatalogContext): Category[] {
  return rows.filter((row) => row !== null).map((row) => Category.of(row, ctx.locale));
}
