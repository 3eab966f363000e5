import type { PricingTx } from '../context.js';

/** Has all offers, or those of one vendor, priced anew at a moment, now or later, which the job follows in chunks. Readers do not wait for it: they see that the moment has come. */
export function priceAnew(tx: PricingTx, { vendorId, at }: { readonly vendorId: string | null; readonly at: Date }): Promise<void> {
  return markDue(tx, '$2::text is null or vendor_id = $2', at, [vendorId]);
}

/** The same of some offers. */
export function priceOffersAnew(tx: PricingTx, offerIds: readonly string[], at: Date): Promise<void> {
  return markDue(tx, 'id = any($2)', at, [offerIds]);
}

/** What is dearer than that, by any of its prices. */
export interface DearGoods {
  readonly vendorId: string | null;
  readonly currency: string;
  readonly aboveMinor: number;
  readonly at: Date;
}

/** The same of offers, or of those of one vendor, that have a price above an amount. */
export function priceDearAnew(tx: PricingTx, { vendorId, currency, aboveMinor, at }: DearGoods): Promise<void> {
  return markDue(tx, '($2::text is null or vendor_id = $2) and id in (select p.offer_id from price p where p.currency = $3 and p.amount_minor > $4)', at, [vendorId, currency, aboveMinor]);
}

/**
 * One statement. It waits for whoever prices an offer at this moment and decides by what that left: an offer that was due already may have been
 * read for the last time before we changed what it is priced by, and would be taken off the list with a price of yesterday.
 */
async function markDue(tx: PricingTx, which: string, at: Date, values: readonly unknown[]): Promise<void> {
  await tx.db.query(
    `with touched as (select id, due_at from offer_price where ${which} order by id for update)
     update offer_price o set due_at = $1 from touched t where o.id = t.id and (t.due_at is null or t.due_at > $1)`,
    [at, ...values]);
}
