import type { EventEnvelope } from '@haat/schema/event';
import { vendorApproved, vendorChanged, vendorRestored, vendorSuspended, type VendorState } from '@haat/schema/events/vendors';
import { defineConsumer } from '@haat/kit/define';
import type { CatalogTx } from '../context.js';
import { vendorFacts } from './vendor-fact.row.js';

/** A vendor may sell from now on. */
export const onVendorApproved = defineConsumer('on-vendor-approved', vendorApproved, keepVendor);
/** Holiday, status or score changed. */
export const onVendorChanged = defineConsumer('on-vendor-changed', vendorChanged, keepVendor);
/** Its offers are off sale from now on. */
export const onVendorSuspended = defineConsumer('on-vendor-suspended', vendorSuspended, keepVendor);
/** They are on sale again. */
export const onVendorRestored = defineConsumer('on-vendor-restored', vendorRestored, keepVendor);

/** All four say the vendor's whole state, and each comes on its own way: only the newest counts. */
async function keepVendor(tx: CatalogTx, { aggregate, payload }: EventEnvelope<VendorState>): Promise<void> {
  const { vendorId, status, openNow, score } = payload;
  await tx.db.collection(vendorFacts).changeOrInsert(vendorId, (current) => {
    if (current && current.heardVersion >= aggregate.version) return undefined;
    return { isOpen: openNow && status === 'APPROVED', isApproved: status === 'APPROVED', score, heardVersion: aggregate.version };
  });
}
