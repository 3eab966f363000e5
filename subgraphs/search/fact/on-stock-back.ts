import { stockBack, stockRanOut } from '@haat/schema/events/inventory';
import { defineConsumer } from '@haat/kit/define';
import type { EventEnvelope } from '@haat/schema/event';
import type { z } from 'zod';
import type { SearchTx } from '../context.js';
import { saveOffer } from './save-offer.js';

type Availability = z.infer<typeof stockBack.payload>;

/** An offer can be bought again. */
export const onStockBack = defineConsumer('on-stock-back', stockBack, saveStock);

/** Nothing of an offer is left. */
export const onStockRanOut = defineConsumer('on-stock-ran-out', stockRanOut, saveStock);

function saveStock(tx: SearchTx, { aggregate, payload }: EventEnvelope<Availability>): Promise<void> {
  return saveOffer(tx, sql, [payload.offerId, payload.vendorId, aggregate.version, payload.available > 0 || payload.backorder]);
}

const sql = `
  insert into offer_fact as o (id, version, vendor_id, stock_version, is_in_stock) values ($1, -1, $2, $3, $4)
  on conflict (tenant_id, id) do update set stock_version = excluded.stock_version, is_in_stock = excluded.is_in_stock, updated_at = now()
  where o.stock_version <= excluded.stock_version returning product_id`;
