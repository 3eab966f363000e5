import { Allow } from '@haat/kit/access';
import { ForwardPageArgs, type Page } from '@haat/kit/page';
import { keysetPage } from '@haat/kit-postgres/keyset-page';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { pricesEverything, pricesGrant, pricingVendors } from '../access/may.js';
import type { PricingContext } from '../context.js';
import { CreatePriceListInput, CreatePriceListResult, createPriceList, EndPriceListInput, EndPriceListResult, endPriceList } from './create-price-list.js';
import { PriceList, PriceListConnection } from './price-list.js';

/** Price lists, which staff see and operators make. */
@Resolver()
export class PriceListResolver {
  @Allow('OPERATOR', 'MERCHANT', { grant: pricesGrant })
  @Query(() => PriceListConnection, { nullable: true, description: 'Price lists, the one made first in front: all for operators, those open to their own vendors for merchants.' })
  priceLists(@Ctx() ctx: PricingContext, @Args(() => ForwardPageArgs) args: ForwardPageArgs): Promise<Page<PriceList>> {
    const qb = ctx.db.createQueryBuilder(PriceList, 'l');
    if (!pricesEverything(ctx.viewer)) qb.where('(cardinality(l.vendorIds) = 0 or l.vendorIds && :vendorIds)', { vendorIds: pricingVendors(ctx.viewer) });
    return keysetPage({ qb, order: [{ column: 'l.createdAt', direction: 'ASC' }, { column: 'l.id', direction: 'ASC' }], args, tenantId: ctx.tenant.id });
  }

  @Allow('OPERATOR', { grant: pricesGrant })
  @Mutation(() => CreatePriceListResult, { description: 'Makes a price list, whose prices setPrices sets.' })
  createPriceList(@Ctx() ctx: PricingContext, @Arg('input', () => CreatePriceListInput) input: CreatePriceListInput): Promise<object> {
    return ctx.transaction((tx) => createPriceList(tx, input));
  }

  @Allow('OPERATOR', { grant: pricesGrant })
  @Mutation(() => EndPriceListResult, { description: 'Ends a price list for good: its prices hold no more.' })
  endPriceList(@Ctx() ctx: PricingContext, @Arg('input', () => EndPriceListInput) input: EndPriceListInput): Promise<object> {
    return ctx.transaction((tx) => endPriceList(tx, input));
  }
}
