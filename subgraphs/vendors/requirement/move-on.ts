import type { VendorsTx } from '../context.js';
import { saveChanged } from '../vendor/vendor-state.js';
import type { Vendor } from '../vendor/vendor.js';
import { VendorStatus } from '../vendor/vendor-status.js';
import { isVendorsTurn } from './requirement.js';
import { readRequirements } from './requirement.loaders.js';

const onTheirWay: readonly VendorStatus[] = [VendorStatus.PENDING, VendorStatus.ONBOARDING, VendorStatus.READY_FOR_REVIEW, VendorStatus.REJECTED];

/** Takes an applicant to where what it handed in leads: to the operators when everything is there, back when something is not. */
export async function moveOn(tx: VendorsTx, vendor: Vendor): Promise<Vendor> {
  if (!onTheirWay.includes(vendor.status)) return vendor;
  const requirements = (await readRequirements(tx, [vendor.id])).get(vendor.id) ?? [];
  const status = requirements.some(isVendorsTurn) ? VendorStatus.ONBOARDING : VendorStatus.READY_FOR_REVIEW;
  return status === vendor.status ? vendor : saveChanged(tx, Object.assign(vendor, { status, decisionReason: null }));
}
