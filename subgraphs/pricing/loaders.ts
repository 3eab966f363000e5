import { subtotalByGroup } from './cart/subtotals.loaders.js';
import type { PricingContext } from './context.js';
import { offersByFlashSale } from './flash-sale/flash-sale.loaders.js';
import { pricesByOffer, pricesByVariant } from './offer-price/offer-price.loaders.js';

/** The loaders of one request. */
export interface PricingLoaders {
  readonly pricesByOffer: ReturnType<typeof pricesByOffer>;
  readonly pricesByVariant: ReturnType<typeof pricesByVariant>;
  readonly offersByFlashSale: ReturnType<typeof offersByFlashSale>;
  readonly subtotalByGroup: ReturnType<typeof subtotalByGroup>;
}

/** Makes them. */
export function pricingLoaders(ctx: PricingContext): PricingLoaders {
  return { pricesByOffer: pricesByOffer(ctx), pricesByVariant: pricesByVariant(ctx), offersByFlashSale: offersByFlashSale(ctx), subtotalByGroup: subtotalByGroup(ctx) };
}
