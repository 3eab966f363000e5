import { Allow } from '@haat/kit/access';
import { notFound } from '@haat/kit/refusal';
import { ForwardPageArgs, type Page } from '@haat/kit/page';
import { keysetPage } from '@haat/kit-postgres/keyset-page';
import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { mayPrice, pricesGrant } from '../access/may.js';
import type { PricingContext } from '../context.js';
import { knownGoods } from '../facts/described-goods.js';
import { Price, PriceConnection } from './price.js';
import { SetPricesInput, SetPricesResult } from './set-prices.input.js';
import { setPrices } from './set-prices.js';

/** Prices as vendors and operators set them. */
@Resolver()
export class PriceResolver {
  @Allow('OPERATOR', 'MERCHANT', { grant: pricesGrant })
  @Query(() => PriceConnection, { nullable: true, description: 'The prices of an offer as they were set, with lists, tiers and times: to whoever may set them.' })
  async prices(@Ctx() ctx: PricingContext, @Arg('offerId', () => ID, { description: 'The offer whose prices these are; begins with ofr_.' }) offerId: string, @Args(() => ForwardPageArgs) args: ForwardPageArgs): Promise<Page<Price>> {
    const goods = (await knownGoods(ctx, [offerId])).get(offerId);
    if (!goods || !mayPrice(ctx.viewer, goods.vendorId)) throw notFound('offer');
    const qb = ctx.db.createQueryBuilder(Price, 'p').where('p.offerId = :offerId', { offerId });
    return keysetPage({ qb, order: [{ column: 'p.createdAt', direction: 'ASC' }, { column: 'p.id', direction: 'ASC' }], args, tenantId: ctx.tenant.id, key: offerId });
  }

  @Allow('OPERATOR', 'MERCHANT', { grant: pricesGrant })
  @Mutation(() => SetPricesResult, { description: 'Sets up to 250 prices, all or none: of the own vendors\' offers, or of any for operators.' })
  setPrices(@Ctx() ctx: PricingContext, @Arg('input', () => SetPricesInput) input: SetPricesInput): Promise<object> {
    // The same key may come in the input once and by header the next time.
    const { idempotencyKey, ...wish } = input;
    const key = idempotencyKey ?? ctx.idempotencyKey;
    return ctx.transaction((tx) => setPrices(tx, input), key ? { idempotency: { operation: 'setPrices', key, input: wish } } : {});
  }
}
