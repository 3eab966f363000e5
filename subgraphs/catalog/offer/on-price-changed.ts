import { priceChanged } from '@haat/schema/events/pricing';
import { defineConsumer } from '@haat/kit/define';
import type { CatalogTx } from '../context.js';
import { offers } from './offer.row.js';

/** Keeps what everybody pays for an offer, for the buy box; an event that comes late does not take back a newer one. */
export const onPriceChanged = defineConsumer('on-price-changed', priceChanged, async (tx: CatalogTx, { aggregate: { version }, payload }) => {
  const { offerId, currency, price } = payload;
  await tx.db.collection(offers).change(offerId, (current) => {
    if (current.priced && current.priced.heardVersion >= version) return undefined;
    return { ...current, priced: { heardVersion: version, currency, ...(price && { currentMinor: price.currentMinor }) } };
  });
});
