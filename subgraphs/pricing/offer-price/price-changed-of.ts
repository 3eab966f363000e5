import type { priceChanged } from '@haat/schema/events/pricing';
import type { z } from 'zod';
import type { OfferPriceRow } from './offer-price.row.js';

/** A row as the event `price-changed` says it. */
export function priceChangedOf(row: OfferPriceRow): z.infer<typeof priceChanged.payload> {
  const { offerId, productId, variantId, vendorId, currency, currentMinor, compareAtMinor, lowestMinor, isTaxIncluded, endsAt } = row;
  const price = currentMinor === null ? undefined : {
    currentMinor, taxIncluded: isTaxIncluded,
    ...(compareAtMinor !== null && { compareAtMinor }), ...(lowestMinor !== null && { lowest30DaysMinor: lowestMinor }), ...(endsAt && { endsAt: endsAt.toISOString() }),
  };
  return { offerId, productId, variantId, vendorId, currency, ...(price && { price }) };
}
