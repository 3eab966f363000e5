import { closeCart } from './close-cart.js';
import { entriesOf } from './entries-of.js';
import { judgeCoupons } from './judge-coupons.js';
import { openCart } from './open-cart.js';
import type { PricedCart } from './priced-cart.js';
import type { PricingInput } from './pricing-input.js';
import { bestDeal, dealByPriority } from './stacking/best-deal.js';

/**
 * The numbers of a cart: prices, promotions, delivery, taxes, totals, and why. Pure. Refuses with `BAD_USER_INPUT` what goes beyond
 * 2^53 − 1 minor units.
 */
export function priceCart(input: PricingInput): PricedCart {
  const opened = openCart(input);
  const coupons = judgeCoupons(input);
  const entries = entriesOf(input, coupons);
  const deal = input.search === 'BEST_DEAL' ? bestDeal(opened, entries) : dealByPriority(opened, entries);
  return closeCart(deal, coupons.rejected);
}
