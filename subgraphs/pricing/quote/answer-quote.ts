import { pricingQuote } from '@haat/schema/asks/pricing';
import { defineAnswer } from '@haat/kit/define';
import type { PricingContext } from '../context.js';
import { quotedCart } from './quoted-cart.js';

/** Prices a cart. What is more in the engine's answer than in the contract stays here. */
export const answerQuote = defineAnswer(pricingQuote, async (ctx: PricingContext, wish) => {
  const { cart, unknownOffers } = await quotedCart(ctx, wish);
  const { currency, taxIncluded, lines, vendors, totals, applied, rejected, redemptions, quotas, budgets, trace, withoutPrice } = cart;
  return pricingQuote.output.parse({ currency, taxIncluded, lines, vendors, totals, applied, rejected, redemptions, quotas, budgets, trace, withoutPrice: [...withoutPrice, ...unknownOffers] });
});
