import { Allow } from '@haat/kit/access';
import { ForwardPageArgs, type Page } from '@haat/kit/page';
import { keysetPage } from '@haat/kit-postgres/keyset-page';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { mayPrice, pricesEverything, pricesGrant, pricingVendors } from '../access/may.js';
import type { PricingContext } from '../context.js';
import { EndFlashSaleInput, EndFlashSaleResult, endFlashSale } from './end-flash-sale.js';
import { FlashSale, FlashSaleConnection, FlashSaleOffer } from './flash-sale.js';
import { ScheduleFlashSaleInput, ScheduleFlashSaleResult, scheduleFlashSale } from './schedule-flash-sale.js';

/** Flash sales, which staff see and schedule. */
@Resolver(() => FlashSale)
export class FlashSaleResolver {
  @Allow('OPERATOR', 'MERCHANT', { grant: pricesGrant })
  @Query(() => FlashSaleConnection, { nullable: true, description: 'Flash sales, the one made last in front: all for operators, those with offers of their own vendors for merchants.' })
  flashSales(@Ctx() ctx: PricingContext, @Args(() => ForwardPageArgs) args: ForwardPageArgs): Promise<Page<FlashSale>> {
    const qb = ctx.db.createQueryBuilder(FlashSale, 's');
    if (!pricesEverything(ctx.viewer)) qb.where(withOffersOf, { vendorIds: pricingVendors(ctx.viewer) });
    return keysetPage({ qb, order: [{ column: 's.createdAt', direction: 'DESC' }, { column: 's.id', direction: 'DESC' }], args, tenantId: ctx.tenant.id });
  }

  @FieldResolver(() => [FlashSaleOffer], { description: 'What is in the sale: all of it for operators, offers of their own vendors for merchants.' })
  async offers(@Root() { id }: FlashSale, @Ctx() ctx: PricingContext): Promise<FlashSaleOffer[]> {
    const rows = await ctx.loaders.offersByFlashSale.load(id);
    return rows.filter(({ vendorId }) => mayPrice(ctx.viewer, vendorId)).map(({ row }) => row);
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: pricesGrant })
  @Mutation(() => ScheduleFlashSaleResult, { description: 'Schedules a sale for a time, with prices and pieces for each offer; merchants of their own offers.' })
  scheduleFlashSale(@Ctx() ctx: PricingContext, @Arg('input', () => ScheduleFlashSaleInput) input: ScheduleFlashSaleInput): Promise<object> {
    const { idempotencyKey, ...wish } = input;
    const key = idempotencyKey ?? ctx.idempotencyKey;
    return ctx.transaction((tx) => scheduleFlashSale(tx, input), key ? { idempotency: { operation: 'scheduleFlashSale', key, input: wish } } : {});
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: pricesGrant })
  @Mutation(() => EndFlashSaleResult, { description: 'Ends a flash sale for good, before its time; orders keep what they got. Merchants end those of their own offers alone.' })
  endFlashSale(@Ctx() ctx: PricingContext, @Arg('input', () => EndFlashSaleInput) input: EndFlashSaleInput): Promise<object> {
    return ctx.transaction((tx) => endFlashSale(tx, input));
  }
}

const withOffersOf = 'exists (select 1 from flash_sale_offer o join offer_fact f on f.id = o.offer_id where o.flash_sale_id = s.id and f.vendor_id = any(:vendorIds))';
