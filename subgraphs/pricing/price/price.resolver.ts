import { Allow } from '@haat/kit/access';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { pricesGrant } from '../access/may.js';
import type { PricingContext } from '../context.js';
import { SetPricesInput, SetPricesResult } from './set-prices.input.js';
import { setPrices } from './set-prices.js';

/** Prices as vendors and operators set them. */
@Resolver()
export class PriceResolver {
  @Allow('OPERATOR', 'MERCHANT', { grant: pricesGrant })
  @Mutation(() => SetPricesResult, { description: 'Sets up to 250 prices, all or none: of the own vendors\' offers, or of any for operators.' })
  setPrices(@Ctx() ctx: PricingContext, @Arg('input', () => SetPricesInput) input: SetPricesInput): Promise<object> {
    // The same key may come in the input once and by header the next time.
    const { idempotencyKey, ...wish } = input;
    const key = idempotencyKey ?? ctx.idempotencyKey;
    return ctx.transaction((tx) => setPrices(tx, input), key ? { idempotency: { operation: 'setPrices', key, input: wish } } : {});
  }
}
