import { Allow } from '@haat/kit/access';
import { parsed } from '@haat/kit/input';
import { searchCharactersMax } from '@haat/kit/limits';
import { ForwardPageArgs, type Page } from '@haat/kit/page';
import { keysetPage } from '@haat/kit-postgres/keyset-page';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { z } from 'zod';
import { promotesEverything, promotionsGrant, promotingVendors } from '../access/may.js';
import type { PricingContext } from '../context.js';
import { normalCode } from '../engine/coupon-code.js';
import { Coupon, CouponConnection } from './coupon.js';
import { CreateCouponsInput, CreateCouponsResult } from './create-coupons.input.js';
import { createCoupons } from './create-coupons.js';
import { EndCouponInput, EndCouponResult, endCoupon } from './end-coupon.js';

const searchText = z.string().trim().max(searchCharactersMax);

/** Coupons: operators have all, merchants those of their own vendors' promotions that the platform bears no part of. */
@Resolver()
export class CouponResolver {
  @Allow('OPERATOR', 'MERCHANT', { grant: promotionsGrant })
  @Query(() => CouponConnection, { nullable: true, description: 'Coupons, the one made last in front: all for operators, those of promotions that they bear alone for merchants.' })
  coupons(@Ctx() ctx: PricingContext, @Args(() => ForwardPageArgs) args: ForwardPageArgs, @Arg('search', () => String, { nullable: true, description: 'What codes begin with, at most 100 characters.' }) search?: string): Promise<Page<Coupon>> {
    const qb = ctx.db.createQueryBuilder(Coupon, 'c');
    if (search) qb.where('starts_with(c.code, :begin)', { begin: normalCode(parsed(searchText, search, ['search'])) });
    if (!promotesEverything(ctx.viewer)) qb.andWhere('exists (select from promotion p where p.tenant_id = c.tenant_id and p.id = c.promotion_id and p.vendor_id = any(:vendorIds) and p.platform_ppm = 0)', { vendorIds: promotingVendors(ctx.viewer) });
    return keysetPage({ qb, order: [{ column: 'c.createdAt', direction: 'DESC' }, { column: 'c.id', direction: 'DESC' }], args, tenantId: ctx.tenant.id });
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: promotionsGrant })
  @Mutation(() => CreateCouponsResult, { description: 'Makes one coupon with a chosen code, or a batch with random ones.' })
  createCoupons(@Ctx() ctx: PricingContext, @Arg('input', () => CreateCouponsInput) input: CreateCouponsInput): Promise<object> {
    const { idempotencyKey, ...wish } = input;
    const key = idempotencyKey ?? ctx.idempotencyKey;
    return ctx.transaction((tx) => createCoupons(tx, input), key ? { idempotency: { operation: 'createCoupons', key, input: wish } } : {});
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: promotionsGrant })
  @Mutation(() => EndCouponResult, { description: 'Switches a coupon off for good; orders that used it keep what they got.' })
  endCoupon(@Ctx() ctx: PricingContext, @Arg('input', () => EndCouponInput) input: EndCouponInput): Promise<object> {
    return ctx.transaction((tx) => endCoupon(tx, input));
  }
}
