import { pause } from '@haat/kit/pause';
import type { ShippingContext } from '../context.js';
import { maySend } from '../may.js';
import { VendorOrderFact } from '../order/vendor-order-fact.row.js';

/** For how long a part that looks unaccepted is looked at again, and how often. */
const heardWithinMs = 2_000;
const lookEveryMs = 100;

/** States of a part before its vendor accepted it. */
export const unaccepted: readonly string[] = ['PENDING_PAYMENT', 'CONFIRMED'];

/**
 * Waits a moment for the acceptance of a part to be heard of here. It is done at orders: a program that accepts and sends in one breath
 * would be told that nobody accepted, and under its key be told so for days.
 */
export async function hearAcceptance({ db, tenant, viewer, deadline }: ShippingContext, id: string): Promise<void> {
  const { signal } = new AbortController();
  for (let waitedMs = 0; waitedMs < heardWithinMs && deadline.remainingMs() > heardWithinMs; waitedMs += lookEveryMs) {
    const fact = await db.findOneBy(VendorOrderFact, { tenantId: tenant.id, id });
    if (!fact || !unaccepted.includes(fact.status) || !maySend(viewer, fact.vendorId)) return;
    await pause(lookEveryMs, signal);
  }
}
