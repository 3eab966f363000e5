import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { resultOf } from '@haat/kit/result';
import { MetadataEntryInput, metadataEntryRules } from '@haat/kit/shared-types';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import type { VendorsTx } from '../context.js';
import { VendorStatusConflict } from './decide-vendor.js';
import { lockedVendor } from './find-vendors.js';
import { Vendor } from './vendor.js';
import { VendorStatus } from './vendor-status.js';

/** How many facts one vendor carries at most. */
const metadataEntriesMax = 50;

/** What integrations keep of a vendor. */
@InputType({ description: 'The facts that integrations keep of a vendor, in place of those kept.' })
export class SetVendorMetadataInput {
  @Field(() => ID, { description: 'The vendor that the facts are about.' })
  vendorId: string;

  @Field(() => [MetadataEntryInput], { description: 'All facts from now on, at most 50, keys at most 100 characters.' })
  entries: MetadataEntryInput[];
}

/** The vendor. */
export const SetVendorMetadataResult = resultOf('SetVendorMetadataResult', 'The vendor with the new facts, or why they stay.', [Vendor, VendorStatusConflict]);

const rules = z.object({
  vendorId: idText,
  entries: z.array(metadataEntryRules).max(metadataEntriesMax),
});

/** Replaces the facts of a vendor. Nobody keeps any of one that was closed. */
export async function setVendorMetadata(tx: VendorsTx, input: SetVendorMetadataInput): Promise<Vendor | VendorStatusConflict> {
  const { vendorId, entries } = parsed(rules, input);
  const vendor = await lockedVendor(tx, vendorId);
  if (vendor.status === VendorStatus.CLOSED) return VendorStatusConflict.of(vendor);
  vendor.storedMetadata = [...new Map(entries.map((entry) => [entry.key, entry])).values()];
  return tx.db.save(vendor);
}
