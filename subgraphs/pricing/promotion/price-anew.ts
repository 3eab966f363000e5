import type { PricingTx } from '../context.js';

/**
 * Has offers priced anew at a moment, now or later: one statement, which the job follows in chunks. Readers do not wait for it: they see
 * that the moment has come.
 */
export async function priceAnew(tx: PricingTx, { vendorId, at }: { readonly vendorId: string | null; readonly at: Date }): Promise<void> {
  await tx.db.query('update offer_price set due_at = $2 where ($1::text is null or vendor_id = $1) and (due_at is null or due_at > $2)', [vendorId, at]);
}
