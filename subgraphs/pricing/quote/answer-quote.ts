import { pricingQuote } from '@haat/schema/asks/pricing';
import { defineAnswer } from '@haat/kit/define';
import type { PricingContext } from '../context.js';
import { quotedCart } from './quoted-cart.js';

/** Prices a cart. What the engine answers beyond the contract does not leave. */
export const answerQuote = defineAnswer(pricingQuote, async (ctx: PricingContext, wish) => {
  const { cart, unknownOffers, regionsExpected } = await quotedCart(ctx, wish);
  return pricingQuote.output.parse({ ...cart, regionsExpected, withoutPrice: [...cart.withoutPrice, ...unknownOffers] });
});
