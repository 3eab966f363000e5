import { priceChanged } from '@haat/schema/events/pricing';
import { defineBatchConsumer } from '@haat/kit/define';
import type { EventEnvelope } from '@haat/schema/event';
import type { z } from 'zod';
import type { SearchTx } from '../context.js';
import { saveOffers } from './save-offers.js';

/** An offer costs something else, or cannot be bought without a price. */
export const onPriceChanged = defineBatchConsumer('on-price-changed', priceChanged, (tx: SearchTx, events: readonly EventEnvelope<z.infer<typeof priceChanged.payload>>[]) =>
  saveOffers(tx, sql, events.map(({ payload: { offerId, productId, vendorId, currency, price }, aggregate: { version } }) =>
    ({ id: offerId, product_id: productId, vendor_id: vendorId, price_version: version, price_minor: price?.currentMinor, compare_at_minor: price?.compareAtMinor, currency }))));

const sql = `
  insert into offer_fact as o (id, version, product_id, vendor_id, price_version, price_minor, compare_at_minor, currency)
  select id, -1, product_id, vendor_id, price_version, price_minor, compare_at_minor, currency
  from jsonb_to_recordset($1::jsonb) as r(id text, product_id text, vendor_id text, price_version bigint, price_minor bigint, compare_at_minor bigint, currency text) order by id
  on conflict (tenant_id, id) do update set price_version = excluded.price_version, price_minor = excluded.price_minor, compare_at_minor = excluded.compare_at_minor,
    currency = excluded.currency, product_id = coalesce(o.product_id, excluded.product_id), updated_at = now()
  where o.price_version <= excluded.price_version returning product_id`;
