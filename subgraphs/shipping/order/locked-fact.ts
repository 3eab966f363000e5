import type { ShippingTx } from '../context.js';
import { VendorOrderFact } from './vendor-order-fact.row.js';

/** A vendor's part, locked: whoever sends or cancels pieces of it waits here. */
export function lockedFact(tx: ShippingTx, id: string): Promise<VendorOrderFact | null> {
  return tx.db.findOne(VendorOrderFact, { where: { tenantId: tx.tenant.id, id }, lock: { mode: 'pessimistic_write' } });
}
