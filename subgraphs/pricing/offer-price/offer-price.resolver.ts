import { Cached } from '@haat/kit/cached';
import { Money } from '@haat/kit/money';
import { MoneyRange } from '@haat/kit/shared-types';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { PricingContext } from '../context.js';
import { Offer, OfferPrice, ProductVariant } from './offer-price.type.js';

/** What an offer costs. */
@Resolver(() => Offer)
export class OfferResolver {
  @Cached(10)
  @FieldResolver(() => OfferPrice, { nullable: true, description: 'What everybody pays for one piece now; null where the offer has no price and cannot be bought.' })
  async price(@Root() { id }: Offer, @Ctx() ctx: PricingContext): Promise<OfferPrice | null> {
    const row = await ctx.loaders.pricesByOffer.load(id);
    return row && OfferPrice.of(row);
  }
}

/** What the offers of a variant cost. */
@Resolver(() => ProductVariant)
export class VariantResolver {
  @Cached(10)
  @FieldResolver(() => MoneyRange, { nullable: true, description: 'The lowest and the highest price of its offers that are for sale; null where none has a price.' })
  async priceRange(@Root() { id }: ProductVariant, @Ctx() ctx: PricingContext): Promise<MoneyRange | null> {
    const rows = (await ctx.loaders.pricesByVariant.load(id)).filter(({ currentMinor }) => currentMinor !== null);
    const [first] = rows;
    if (!first) return null;
    const amounts = rows.map(({ currentMinor }) => currentMinor ?? 0);
    return Object.assign(new MoneyRange(), { min: Money.of(Math.min(...amounts), first.currency), max: Money.of(Math.max(...amounts), first.currency) });
  }
}
