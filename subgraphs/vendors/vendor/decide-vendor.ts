import { vendorApproved, vendorRestored, vendorSuspended } from '@haat/schema/events/vendors';
import { parsed } from '@haat/kit/input';
import { idText, noteCharactersMax, textOf } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { VendorsTx } from '../context.js';
import { lockedVendor } from './find-vendors.js';
import { countedVendors, sayUsage, VendorLimitReached } from './say-usage.js';
import { saveChanged, sayVendor } from './vendor-state.js';
import { Vendor } from './vendor.js';
import { mayBecome, VendorStatus } from './vendor-status.js';

/** The vendor cannot go from where it is to where it was asked to go. */
@ObjectType({ implements: Problem, description: 'The vendor cannot take this step from its present status.' })
export class VendorStatusConflict extends Problem {
  @Field(() => VendorStatus, { description: 'The status that the vendor has now.' })
  status: VendorStatus;

  static of({ slug, status }: Vendor): VendorStatusConflict {
    return Object.assign(new VendorStatusConflict(), { message: `The vendor ${slug} is ${status}.`, status });
  }
}

/** Which vendor may sell. */
@InputType({ description: 'Which vendor may sell from now on.' })
export class ApproveVendorInput {
  @Field(() => ID, { description: 'The vendor that is to be approved.' })
  vendorId: string;
}

/** Which vendor is turned down. */
@InputType({ description: 'Which vendor is turned down, and why.' })
export class RejectVendorInput {
  @Field(() => ID, { description: 'The vendor that is to be turned down.' })
  vendorId: string;

  @Field(() => String, { description: 'Why, for the vendor to read: 1 to 500 characters.' })
  reason: string;
}

/** Which vendor stops. */
@InputType({ description: 'Which vendor stops selling for a while, and why.' })
export class SuspendVendorInput {
  @Field(() => ID, { description: 'The vendor that is to stop.' })
  vendorId: string;

  @Field(() => String, { description: 'Why, for the vendor to read: 1 to 500 characters.' })
  reason: string;
}

/** Which vendor sells again. */
@InputType({ description: 'Which suspended vendor sells again.' })
export class RestoreVendorInput {
  @Field(() => ID, { description: 'The vendor that is to sell again.' })
  vendorId: string;
}

/** Which vendor ends. */
@InputType({ description: 'Which vendor ends for good, and why.' })
export class CloseVendorInput {
  @Field(() => ID, { description: 'The vendor that is to end.' })
  vendorId: string;

  @Field(() => String, { description: 'Why, for the record: 1 to 500 characters.' })
  reason: string;
}

/** The rejected vendor, or why not. */
export const RejectVendorResult = resultOf('RejectVendorResult', 'The vendor, now rejected, or why not.', [Vendor, VendorStatusConflict]);
/** The suspended vendor, or why not. */
export const SuspendVendorResult = resultOf('SuspendVendorResult', 'The vendor, now suspended, or why not.', [Vendor, VendorStatusConflict]);
/** The restored vendor, or why not. */
export const RestoreVendorResult = resultOf('RestoreVendorResult', 'The vendor, selling again, or why not.', [Vendor, VendorStatusConflict]);
/** The closed vendor, or why not. */
export const CloseVendorResult = resultOf('CloseVendorResult', 'The vendor, now closed, or why not.', [Vendor, VendorStatusConflict]);

const named = z.object({ vendorId: idText });
const reasoned = named.extend({ reason: textOf(noteCharactersMax) });

/** Lets a vendor sell whose papers are all in order. Counted first: two approvals at once cannot pass the plan's limit. */
export async function approve(tx: VendorsTx, vendor: Vendor): Promise<Vendor | VendorLimitReached> {
  const limit = tx.tenant.limits['vendors'];
  const used = await countedVendors(tx);
  if (limit !== undefined && used >= limit) return VendorLimitReached.of(limit);
  Object.assign(vendor, { status: VendorStatus.APPROVED, approvedAt: vendor.approvedAt ?? tx.clock.now(), decisionReason: null });
  const saved = await saveChanged(tx, vendor);
  await sayVendor(tx, vendorApproved, saved);
  await sayUsage(tx, used + 1);
  return saved;
}

/** Turns an applicant down. It may hand in better papers and try again. */
export async function rejectVendor(tx: VendorsTx, input: RejectVendorInput): Promise<Vendor | VendorStatusConflict> {
  const { vendorId, reason } = parsed(reasoned, input);
  const vendor = await lockedVendor(tx, vendorId);
  if (vendor.status === VendorStatus.REJECTED) return vendor;
  if (!mayBecome(vendor.status, VendorStatus.REJECTED)) return VendorStatusConflict.of(vendor);
  return saveChanged(tx, Object.assign(vendor, { status: VendorStatus.REJECTED, decisionReason: reason }));
}

/** Takes a vendor off sale. What was bought of it is still delivered. */
export async function suspendVendor(tx: VendorsTx, input: SuspendVendorInput): Promise<Vendor | VendorStatusConflict> {
  const { vendorId, reason } = parsed(reasoned, input);
  const vendor = await lockedVendor(tx, vendorId);
  if (vendor.status === VendorStatus.SUSPENDED) return vendor;
  if (!mayBecome(vendor.status, VendorStatus.SUSPENDED)) return VendorStatusConflict.of(vendor);
  const saved = await saveChanged(tx, Object.assign(vendor, { status: VendorStatus.SUSPENDED, decisionReason: reason }));
  await sayVendor(tx, vendorSuspended, saved, { reason });
  return saved;
}

/** Puts a suspended vendor on sale again, as it was. */
export async function restoreVendor(tx: VendorsTx, input: RestoreVendorInput): Promise<Vendor | VendorStatusConflict> {
  const vendor = await lockedVendor(tx, parsed(named, input).vendorId);
  if (vendor.status === VendorStatus.APPROVED) return vendor;
  if (vendor.status !== VendorStatus.SUSPENDED) return VendorStatusConflict.of(vendor);
  const saved = await saveChanged(tx, Object.assign(vendor, { status: VendorStatus.APPROVED, decisionReason: null }));
  await sayVendor(tx, vendorRestored, saved);
  return saved;
}

/** Ends a vendor for good, from wherever it stands. */
export async function closeVendor(tx: VendorsTx, input: CloseVendorInput): Promise<Vendor | VendorStatusConflict> {
  const { vendorId, reason } = parsed(reasoned, input);
  const vendor = await lockedVendor(tx, vendorId);
  if (vendor.status === VendorStatus.CLOSED) return vendor;
  const used = await countedVendors(tx);
  const wasCounted = vendor.status === VendorStatus.APPROVED || vendor.status === VendorStatus.SUSPENDED;
  const saved = await saveChanged(tx, Object.assign(vendor, { status: VendorStatus.CLOSED, decisionReason: reason, holidayTurnsAt: null }));
  if (wasCounted) await sayUsage(tx, used - 1);
  return saved;
}
