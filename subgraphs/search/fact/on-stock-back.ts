import { stockBack, stockRanOut } from '@haat/schema/events/inventory';
import { defineBatchConsumer } from '@haat/kit/define';
import type { EventEnvelope } from '@haat/schema/event';
import type { z } from 'zod';
import type { SearchTx } from '../context.js';
import { saveOffers } from './save-offers.js';

type Availability = z.infer<typeof stockBack.payload>;

/** An offer can be bought again. */
export const onStockBack = defineBatchConsumer('on-stock-back', stockBack, saveStock);

/** Nothing of an offer is left. */
export const onStockRanOut = defineBatchConsumer('on-stock-ran-out', stockRanOut, saveStock);

function saveStock(tx: SearchTx, events: readonly EventEnvelope<Availability>[]): Promise<void> {
  return saveOffers(tx, sql, events.map(({ payload: { offerId, vendorId, available, backorder }, aggregate: { version } }) => ({ id: offerId, vendor_id: vendorId, stock_version: version, is_in_stock: available > 0 || backorder })));
}

const sql = `
  insert into offer_fact as o (id, version, vendor_id, stock_version, is_in_stock)
  select id, -1, vendor_id, stock_version, is_in_stock from jsonb_to_recordset($1::jsonb) as r(id text, vendor_id text, stock_version bigint, is_in_stock boolean) order by id
  on conflict (tenant_id, id) do update set stock_version = excluded.stock_version, is_in_stock = excluded.is_in_stock, updated_at = now()
  where o.stock_version <= excluded.stock_version returning product_id`;
