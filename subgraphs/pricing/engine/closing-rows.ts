import type { Charge } from './charge.js';
import { exact } from './minor.js';
import type { PricedCart, TraceRow } from './priced-cart.js';
import type { TaxedCharge } from './tax/tax-cart.js';

/** The rows of a charge's taxes: each is put on top of what is there, or is in it already. */
export function taxRows({ lineId, vendorId, amountMinor }: Charge, { taxes }: TaxedCharge, included: boolean): TraceRow[] {
  let beforeMinor = amountMinor;
  return taxes.map(({ tax, amountMinor: taxMinor }) => {
    const afterMinor = included ? beforeMinor : exact(beforeMinor + taxMinor);
    const row: TraceRow = { step: 'TAX', ruleId: tax.ruleId, lineId, vendorId, beforeMinor, afterMinor };
    beforeMinor = afterMinor;
    return row;
  });
}

/** The rows of what each vendor's part and the whole come to. */
export function totalRows({ vendors, totals }: Pick<PricedCart, 'vendors' | 'totals'>): TraceRow[] {
  const row = (vendorId: string | null, afterMinor: number): TraceRow => ({ step: 'TOTAL', ruleId: null, lineId: null, vendorId, beforeMinor: 0, afterMinor });
  return [...vendors.map(({ vendorId, totalMinor }) => row(vendorId, totalMinor)), row(null, totals.totalMinor)];
}
