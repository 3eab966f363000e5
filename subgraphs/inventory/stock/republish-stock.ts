import { stockBack, stockRanOut } from '@haat/schema/events/inventory';
import type { InventoryTx } from '../context.js';
import { sayLevel, type ChangedLevel } from './change-levels.js';
import { offerTotal } from './offer-total.js';

/** Rows that are read at once. */
const chunk = 500;

interface OfferStock { readonly id: string; readonly version: number; readonly vendor_id: string; readonly is_out: boolean; readonly available: number; readonly backorder: boolean }

/** Says the state of each shelf, and of each offer whether it can be bought, again. */
export async function republishStock(tx: InventoryTx): Promise<void> {
  for await (const level of rows<ChangedLevel & { id: string }>(tx, 'select s.*, s.is_low as was_low from stock_level s where s.id > $1 order by s.id limit $2')) await sayLevel(tx, level, true);
  const offers = `select o.id, o.version, o.vendor_id, o.is_out, t.available, t.backorder from offer_stock o cross join lateral
    (select ${offerTotal('s.available')} from stock_level s join warehouse w on w.tenant_id = s.tenant_id and w.id = s.warehouse_id and w.closed_at is null
      where s.tenant_id = o.tenant_id and s.offer_id = o.id) t where o.id > $1 and o.version > 0 order by o.id limit $2`;
  for await (const { id, version, vendor_id: vendorId, is_out, available, backorder } of rows<OfferStock>(tx, offers)) {
    await tx.emit(is_out ? stockRanOut : stockBack, { aggregate: { id, version }, republished: true, payload: { offerId: id, vendorId, available, backorder } });
  }
}

async function* rows<R extends { readonly id: string }>(tx: InventoryTx, sql: string): AsyncGenerator<R> {
  for (let after = ''; ;) {
    const page: R[] = await tx.db.query(sql, [after, chunk]);
    yield* page;
    if (page.length < chunk) return;
    after = page.at(-1)?.id ?? '';
  }
}
