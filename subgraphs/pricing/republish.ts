import { priceChanged, promotionStarted } from '@haat/schema/events/pricing';
import type { RepublishOptions } from '@haat/kit/define';
import type { PricingTx } from './context.js';
import { republishPrices } from './offer-price/republish-prices.js';
import { republishPromotions } from './promotion/republish-promotions.js';

/** Says what everybody pays and which promotions count again, for read models to be rebuilt. */
export async function republishPricing(tx: PricingTx, { event }: RepublishOptions): Promise<void> {
  if (event === undefined || event === priceChanged.key) await republishPrices(tx);
  if (event === undefined || event === promotionStarted.key) await republishPromotions(tx);
}
