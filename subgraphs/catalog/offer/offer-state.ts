import type { OfferState } from '@haat/schema/events/catalog';
import type { NewOfferRow } from './offer.row.js';

/** What an event says of an offer. */
export function offerStateOf({ _id, productId, variantId, vendorId, vendorSku, status, weightGrams, maxPerOrder, shippingProfile }: NewOfferRow): OfferState {
  return { offerId: _id, productId, variantId, vendorId, vendorSku, status, weightGrams, maxPerOrder, shippingProfile };
}
