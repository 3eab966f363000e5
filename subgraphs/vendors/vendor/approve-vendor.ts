import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { resultOf } from '@haat/kit/result';
import { z } from 'zod';
import type { VendorsTx } from '../context.js';
import { approve, VendorStatusConflict, type ApproveVendorInput } from './decide-vendor.js';
import { lockedVendor } from './find-vendors.js';
import { VendorLimitReached } from './say-usage.js';
import { Vendor } from './vendor.js';
import { VendorStatus } from './vendor-status.js';

/** The approved vendor, or why not. */
export const ApproveVendorResult = resultOf('ApproveVendorResult', 'The vendor, now approved, or why not.', [Vendor, VendorStatusConflict, VendorLimitReached]);

const rules = z.object({ vendorId: idText });

/** Lets a vendor sell. Approving it again changes nothing and says nothing. */
export async function approveVendor(tx: VendorsTx, input: ApproveVendorInput): Promise<Vendor | VendorStatusConflict | VendorLimitReached> {
  const vendor = await lockedVendor(tx, parsed(rules, input).vendorId);
  return vendor.status === VendorStatus.APPROVED ? vendor : approve(tx, vendor);
}
