import { priceChanged } from '@haat/schema/events/pricing';
import { defineConsumer } from '@haat/kit/define';
import type { EventEnvelope } from '@haat/schema/event';
import type { z } from 'zod';
import type { SearchTx } from '../context.js';
import { saveOffer } from './save-offer.js';

/** An offer costs something else, or cannot be bought without a price. */
export const onPriceChanged = defineConsumer('on-price-changed', priceChanged, (tx: SearchTx, { aggregate, payload }: EventEnvelope<z.infer<typeof priceChanged.payload>>) => {
  const { offerId, productId, vendorId, currency, price } = payload;
  return saveOffer(tx, sql, [offerId, productId, vendorId, aggregate.version, price?.currentMinor ?? null, price?.compareAtMinor ?? null, currency]);
});

const sql = `
  insert into offer_fact as o (id, version, product_id, vendor_id, price_version, price_minor, compare_at_minor, currency) values ($1, -1, $2, $3, $4, $5, $6, $7)
  on conflict (tenant_id, id) do update set price_version = excluded.price_version, price_minor = excluded.price_minor, compare_at_minor = excluded.compare_at_minor,
    currency = excluded.currency, product_id = coalesce(o.product_id, excluded.product_id), updated_at = now()
  where o.price_version <= excluded.price_version returning product_id`;
