import { Allow } from '@haat/kit/access';
import { PageArgs } from '@haat/kit/page';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { manageGrant, readGrant } from '../access/may.js';
import type { CatalogContext } from '../context.js';
import { Product } from '../product/product.type.js';
import { seesProduct } from '../product/find-products.js';
import { ChangeRequestStatus } from './change-request.row.js';
import { ChangeRequest, ChangeRequestConnection, ProposedChange } from './change-request.type.js';
import { CancelProductChangeInput, CancelProductChangeResult, cancelProductChange, ConfirmProductChangeInput, ConfirmProductChangeResult, confirmProductChange, DeclineProductChangeInput, DeclineProductChangeResult, declineProductChange } from './decide-change-request.js';
import { findChangeRequest, listChangeRequests, proposedChangesOf } from './find-change-requests.js';
import { RequestProductChangeInput, RequestProductChangeResult, requestProductChange } from './request-product-change.js';

/** Changes of shared products that vendors ask for. */
@Resolver(() => ChangeRequest)
export class ChangeRequestResolver {
  @Allow('OPERATOR', 'MERCHANT', { grant: readGrant }, { grant: manageGrant })
  @Query(() => ChangeRequest, { nullable: true, description: 'One request, for its vendor and for those who keep the page.' })
  changeRequest(@Ctx() ctx: CatalogContext, @Arg('id', () => ID, { description: 'The request to be read; begins with chg_.' }) id: string) {
    return findChangeRequest(ctx, id);
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: readGrant }, { grant: manageGrant })
  @Query(() => ChangeRequestConnection, { nullable: true, description: 'Requests of a vendor, or all of them for those who run the marketplace.' })
  changeRequests(
    @Ctx() ctx: CatalogContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('vendorId', () => ID, { nullable: true, description: 'The vendor who asks; only operators may leave it out.' }) vendorId?: string,
    @Arg('productId', () => ID, { nullable: true, description: 'Only requests about this product.' }) productId?: string,
    @Arg('status', () => ChangeRequestStatus, { nullable: true, description: 'Only requests of which this became.' }) status?: ChangeRequestStatus,
  ) {
    return listChangeRequests(ctx, page, { vendorId, productId, status });
  }

  @FieldResolver(() => Product, { nullable: true, description: 'The product that is to be changed, as it is now.' })
  async product(@Root() { productId }: ChangeRequest, @Ctx() ctx: CatalogContext) {
    const row = await ctx.loaders.productsById.load(productId);
    return row && seesProduct(ctx, row) ? Product.of(row, ctx.locale) : null;
  }

  @FieldResolver(() => [ProposedChange], { description: 'What would change, beside what the product says now.' })
  changes(@Root() request: ChangeRequest, @Ctx() ctx: CatalogContext) {
    return proposedChangesOf(ctx, request);
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Mutation(() => RequestProductChangeResult, { description: 'Asks those who keep a product page to change it.' })
  requestProductChange(@Ctx() ctx: CatalogContext, @Arg('input', () => RequestProductChangeInput) input: RequestProductChangeInput): Promise<object> {
    return ctx.transaction((tx) => requestProductChange(tx, input));
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Mutation(() => ConfirmProductChangeResult, { description: 'Does what a vendor asked for, at once.' })
  confirmProductChange(@Ctx() ctx: CatalogContext, @Arg('input', () => ConfirmProductChangeInput) input: ConfirmProductChangeInput): Promise<object> {
    return ctx.transaction((tx) => confirmProductChange(tx, input));
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Mutation(() => DeclineProductChangeResult, { description: 'Declines what a vendor asked for, with a reason.' })
  declineProductChange(@Ctx() ctx: CatalogContext, @Arg('input', () => DeclineProductChangeInput) input: DeclineProductChangeInput): Promise<object> {
    return ctx.transaction((tx) => declineProductChange(tx, input));
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: manageGrant })
  @Mutation(() => CancelProductChangeResult, { description: 'Takes back what a vendor asked for.' })
  cancelProductChange(@Ctx() ctx: CatalogContext, @Arg('input', () => CancelProductChangeInput) input: CancelProductChangeInput): Promise<object> {
    return ctx.transaction((tx) => cancelProductChange(tx, input));
  }
}
