import { ForwardPageArgs } from '@haat/kit/page';
import { pageOf } from '@haat/kit/page-of';
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CatalogContext } from '../context.js';
import { BuyBoxEntry } from '../offer/buy-box.type.js';
import { bestOfferOf, buyBoxOf } from '../offer/buy-box.js';
import { offersOf } from '../offer/find-offers.js';
import { Offer, OfferConnection } from '../offer/offer.type.js';
import { Product, ProductVariant } from './product.type.js';

/** The forms of a product, and who sells them. */
@Resolver(() => ProductVariant)
export class VariantResolver {
  @FieldResolver(() => Product, { description: 'The product that it is a form of.' })
  product(@Root() { row }: ProductVariant, @Ctx() ctx: CatalogContext) {
    return Product.of(row, ctx.locale);
  }

  @FieldResolver(() => OfferConnection, { description: 'Who sells it and on which terms; shoppers see what is for sale.' })
  async offers(@Root() { id, row }: ProductVariant, @Ctx() ctx: CatalogContext, @Args(() => ForwardPageArgs) args: ForwardPageArgs) {
    const rows = await offersOf(ctx, id, row);
    return pageOf(rows.map((offer) => Offer.of(offer)), { args, tenantId: ctx.tenant.id, list: `offers of ${id}`, keyOf: (offer) => offer.id });
  }

  @FieldResolver(() => Offer, { nullable: true, description: 'The offer that shops show first: of those that can be bought the cheapest, then of the best vendor.' })
  bestOffer(@Root() { id, row }: ProductVariant, @Ctx() ctx: CatalogContext) {
    return bestOfferOf(ctx, id, row);
  }

  @FieldResolver(() => [BuyBoxEntry], { nullable: true, description: 'All its offers by their places with the reasons; for vendors who sell it, and operators.' })
  buyBox(@Root() { id, row }: ProductVariant, @Ctx() ctx: CatalogContext) {
    return buyBoxOf(ctx, id, row);
  }
}
