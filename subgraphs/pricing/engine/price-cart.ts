import type { PricedCart } from './priced-cart.js';
import type { PricingInput } from './pricing-input.js';
import { Refusal } from '@haat/kit/refusal';

/**
 * The numbers of a cart: prices, promotions, delivery, taxes, totals, and why. Pure. Refuses with `BAD_USER_INPUT` what goes beyond
 * 2^53 − 1 minor units.
 */
export function priceCart(input: PricingInput): PricedCart {
  throw new Refusal('INTERNAL', `No prices in ${input.currency} yet.`);
}
