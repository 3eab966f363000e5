import type { PricingTx } from '../context.js';

/** Has all offers, or those of one vendor, priced anew at a moment, now or later, which the job follows in chunks. Readers do not wait for it: they see that the moment has come. */
export function priceAnew(tx: PricingTx, { vendorId, at }: { readonly vendorId: string | null; readonly at: Date }): Promise<void> {
  return markDue(tx, '$1::text is null or vendor_id = $1', vendorId, at);
}

/** The same of some offers. */
export function priceOffersAnew(tx: PricingTx, offerIds: readonly string[], at: Date): Promise<void> {
  return markDue(tx, 'id = any($1)', offerIds, at);
}

/**
 * One statement. It waits for whoever prices an offer at this moment and decides by what that left: an offer that was due already may have been
 * read for the last time before we changed what it is priced by, and would be taken off the list with a price of yesterday.
 */
async function markDue(tx: PricingTx, which: string, value: unknown, at: Date): Promise<void> {
  await tx.db.query(
    `with touched as (select id, due_at from offer_price where ${which} order by id for update)
     update offer_price o set due_at = $2 from touched t where o.id = t.id and (t.due_at is null or t.due_at > $2)`,
    [value, at]);
}
