import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { Field, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { VendorsTx } from '../context.js';
import { approve, VendorStatusConflict, type ApproveVendorInput } from './decide-vendor.js';
import { isOpen, Requirement } from '../requirement/requirement.js';
import { readRequirements } from '../requirement/requirement.loaders.js';
import { lockedVendor } from './find-vendors.js';
import { VendorLimitReached } from './say-usage.js';
import { Vendor } from './vendor.js';
import { mayBecome, VendorStatus } from './vendor-status.js';

/** Something is still asked of it. */
@ObjectType({ implements: Problem, description: 'Something is still asked of the vendor; accept or waive it first.' })
export class RequirementsOpen extends Problem {
  @Field(() => [Requirement], { description: 'What is not accepted or waived yet.' })
  requirements: Requirement[];
}

/** The approved vendor, or why not. */
export const ApproveVendorResult = resultOf('ApproveVendorResult', 'The vendor, now approved, or why not.', [Vendor, RequirementsOpen, VendorStatusConflict, VendorLimitReached]);

const rules = z.object({ vendorId: idText });

/** Lets a vendor sell. Approving it again changes nothing and says nothing. */
export async function approveVendor(tx: VendorsTx, input: ApproveVendorInput): Promise<Vendor | RequirementsOpen | VendorStatusConflict | VendorLimitReached> {
  const vendor = await lockedVendor(tx, parsed(rules, input).vendorId);
  if (vendor.status === VendorStatus.APPROVED) return vendor;
  if (!mayBecome(vendor.status, VendorStatus.APPROVED) || vendor.status === VendorStatus.SUSPENDED) return VendorStatusConflict.of(vendor);
  const requirements = ((await readRequirements(tx, [vendor.id])).get(vendor.id) ?? []).filter(isOpen);
  if (requirements.length === 0) return approve(tx, vendor);
  return Object.assign(new RequirementsOpen(), { message: `Not in order yet: ${requirements.map(({ rule }) => rule.title).join(', ')}.`, requirements });
}
