import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import type { VendorsTx } from '../context.js';
import { VendorStatusConflict } from '../vendor/decide-vendor.js';
import { lockedVendor } from '../vendor/find-vendors.js';
import { Vendor } from '../vendor/vendor.js';
import { VendorStatus } from '../vendor/vendor-status.js';
import { moveOn } from './move-on.js';

/** Who asks again. */
@InputType({ description: 'Which vendor that was turned down asks again.' })
export class ReapplyAsVendorInput {
  @Field(() => ID, { description: 'The vendor that was turned down.' })
  vendorId: string;
}

/** The vendor on its way again, or why not. */
export const ReapplyAsVendorResult = resultOf('ReapplyAsVendorResult', 'The vendor on its way again, or why not.', [Vendor, VendorStatusConflict]);

const rules = z.object({ vendorId: idText });

/** Takes a vendor that was turned down back to the operators, or to what it still has to hand in. */
export async function reapplyAsVendor(tx: VendorsTx, input: ReapplyAsVendorInput): Promise<Vendor | VendorStatusConflict> {
  const vendor = await lockedVendor(tx, parsed(rules, input).vendorId);
  return vendor.status === VendorStatus.REJECTED ? moveOn(tx, vendor) : VendorStatusConflict.of(vendor);
}
