import { vendorChanged, type VendorState } from '@haat/schema/events/vendors';
import type { EventContract } from '@haat/schema/event';
import type { VendorsTx } from '../context.js';
import { isOpen, Vendor } from './vendor.js';

/** The vendor's public state, for its events. */
export function stateOf(vendor: Vendor, now: Date): VendorState {
  const { id: vendorId, slug, name, status, about, logoUrl, holidayFrom, holidayUntil, minimumOrderMinor, currency, score } = vendor;
  return {
    vendorId, slug, name, status, currency, score,
    about: about ?? undefined, logoUrl: logoUrl ?? undefined, minimumOrderMinor: minimumOrderMinor ?? undefined,
    openNow: isOpen(vendor, now),
    holiday: holidayFrom ? { from: holidayFrom.toISOString(), until: holidayUntil?.toISOString() } : undefined,
  };
}

/** Saves a vendor that changed. Its version counts up first, so that what is said of it has one of its own. */
export async function saveChanged(tx: VendorsTx, vendor: Vendor): Promise<Vendor> {
  vendor.version += 1;
  const saved = await tx.db.save(vendor);
  await sayVendor(tx, vendorChanged, saved);
  return saved;
}

/** Says an event of a vendor's whole state, and what else that event has. */
export async function sayVendor<P extends VendorState>(tx: VendorsTx, contract: EventContract<P>, vendor: Vendor, more?: Omit<P, keyof VendorState>): Promise<void> {
  const payload = { ...stateOf(vendor, tx.clock.now()), ...more } as P;
  await tx.emit(contract, { aggregate: { id: vendor.id, version: vendor.version }, payload });
}
