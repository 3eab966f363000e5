import { Allow } from '@haat/kit/access';
import type { Page } from '@haat/kit/page';
import { connectionOf, ForwardPageArgs } from '@haat/kit/page';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { CatalogContext } from '../context.js';
import { documentPage } from '../document-page.js';
import { manageGrant, readGrant } from '../access/may.js';
import { DefineProductTypeInput, DefineProductTypeResult, defineProductType } from './define-product-type.js';
import { productTypes } from './product-type.row.js';
import { ProductType } from './product-type.type.js';

/** A page of product types. */
export const { Connection: ProductTypeConnection } = connectionOf(ProductType, { name: 'ProductType', description: 'Product types, ordered by their keys.' });

/** Product types: what staff reads and defines. */
@Resolver(() => ProductType)
export class ProductTypeResolver {
  @Allow('OPERATOR', 'MERCHANT', { grant: readGrant }, { grant: manageGrant })
  @Query(() => ProductTypeConnection, { nullable: true, description: 'The product types of this marketplace with their attributes; for staff.' })
  productTypes(@Ctx() ctx: CatalogContext, @Args(() => ForwardPageArgs) args: ForwardPageArgs): Promise<Page<ProductType>> {
    const options = { tenantId: ctx.tenant.id, list: 'productTypes', where: {}, orderBy: '_id', descending: false, args } as const;
    return documentPage(ctx.db.collection(productTypes), options, (row) => ProductType.of(row, ctx.locale));
  }

  @Allow('OPERATOR', { grant: manageGrant })
  @Mutation(() => DefineProductTypeResult, { description: 'Makes a product type or replaces it; kinds and units of known attributes stay.' })
  defineProductType(@Ctx() ctx: CatalogContext, @Arg('input', () => DefineProductTypeInput) input: DefineProductTypeInput): Promise<object> {
    return ctx.transaction((tx) => defineProductType(tx, input));
  }
}
