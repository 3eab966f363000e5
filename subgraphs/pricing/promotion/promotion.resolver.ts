import { Allow } from '@haat/kit/access';
import { ForwardPageArgs, type Page } from '@haat/kit/page';
import { keysetPage } from '@haat/kit-postgres/keyset-page';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { promotesEverything, promotionsGrant, promotingVendors } from '../access/may.js';
import type { PricingContext } from '../context.js';
import { CreatePromotionInput, CreatePromotionResult, createPromotion } from './create-promotion.js';
import { EndPromotionInput, EndPromotionResult, endPromotion } from './end-promotion.js';
import { Promotion, PromotionConnection } from './promotion.js';

/** Promotions: operators have all, merchants their own vendors'. */
@Resolver()
export class PromotionResolver {
  @Allow('OPERATOR', 'MERCHANT', { grant: promotionsGrant })
  @Query(() => PromotionConnection, { nullable: true, description: 'Promotions, the one made last in front: all for operators, those of their own vendors for merchants.' })
  promotions(@Ctx() ctx: PricingContext, @Args(() => ForwardPageArgs) args: ForwardPageArgs): Promise<Page<Promotion>> {
    const qb = ctx.db.createQueryBuilder(Promotion, 'p');
    if (!promotesEverything(ctx.viewer)) qb.where('p.vendorId = any(:vendorIds)', { vendorIds: promotingVendors(ctx.viewer) });
    return keysetPage({ qb, order: [{ column: 'p.createdAt', direction: 'DESC' }, { column: 'p.id', direction: 'DESC' }], args, tenantId: ctx.tenant.id });
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: promotionsGrant })
  @Mutation(() => CreatePromotionResult, { description: 'Makes a promotion; merchants make those of their own vendors, which bear them.' })
  createPromotion(@Ctx() ctx: PricingContext, @Arg('input', () => CreatePromotionInput) input: CreatePromotionInput): Promise<object> {
    const { idempotencyKey, ...wish } = input;
    const key = idempotencyKey ?? ctx.idempotencyKey;
    return ctx.transaction((tx) => createPromotion(tx, input), key ? { idempotency: { operation: 'createPromotion', key, input: wish } } : {});
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: promotionsGrant })
  @Mutation(() => EndPromotionResult, { description: 'Ends a promotion for good, before its time; orders keep what they got.' })
  endPromotion(@Ctx() ctx: PricingContext, @Arg('input', () => EndPromotionInput) input: EndPromotionInput): Promise<object> {
    return ctx.transaction((tx) => endPromotion(tx, input));
  }
}
