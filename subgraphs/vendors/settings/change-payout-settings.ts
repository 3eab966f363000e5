import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { resultOf } from '@haat/kit/result';
import { MoneyInput } from '@haat/kit/shared-types';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import type { VendorsTx } from '../context.js';
import { VendorStatusConflict } from '../vendor/decide-vendor.js';
import { lockedVendor } from '../vendor/find-vendors.js';
import { PayoutInterval, Vendor } from '../vendor/vendor.js';
import { VendorStatus } from '../vendor/vendor-status.js';
import { minorOf } from './minor-of.js';

/** How and where a vendor wants to be paid. */
@InputType({ description: 'How and where a vendor wants to be paid: what is left out stays, null takes it away.' })
export class ChangePayoutSettingsInput {
  @Field(() => ID, { description: 'The vendor that is to be paid.' })
  vendorId: string;

  @Field(() => PayoutInterval, { nullable: true, description: 'How often it is paid; cannot be taken away.' })
  interval?: PayoutInterval | null;

  @Field(() => MoneyInput, { nullable: true, description: "Less than this waits for the next time, in the marketplace's currency." })
  minimum?: MoneyInput | null;

  @Field(() => String, { nullable: true, description: "The payment provider's name of the account, such as acct_1a2b; never a bank account's number." })
  accountReference?: string | null;
}

/** The vendor with its new payout settings. */
export const ChangePayoutSettingsResult = resultOf('ChangePayoutSettingsResult', 'The vendor with its new payout settings, or why they stay.', [Vendor, VendorStatusConflict]);

/** A provider's name has letters in front; the number of an account or a card has none, and an IBAN is no name with an underscore. */
const accountReference = z.string().trim().regex(/^[a-z][a-z0-9]*[_:-][A-Za-z0-9_-]{1,100}$/, "expected a provider's name of an account, such as acct_1a2b");

const rules = z.object({
  vendorId: idText,
  interval: z.enum(PayoutInterval).nullish(),
  minimum: z.object({ minor: z.int().min(0), currency: z.string() }).nullish(),
  accountReference: accountReference.nullish(),
});

/** Changes how a vendor is paid. Nothing of it is public, so nothing is said. */
export async function changePayoutSettings(tx: VendorsTx, input: ChangePayoutSettingsInput): Promise<Vendor | VendorStatusConflict> {
  const wish = parsed(rules, input);
  const vendor = await lockedVendor(tx, wish.vendorId);
  if (vendor.status === VendorStatus.CLOSED) return VendorStatusConflict.of(vendor);
  if (wish.interval) vendor.payoutInterval = wish.interval;
  if (wish.minimum !== undefined) vendor.payoutMinimumMinor = minorOf(wish.minimum, vendor.currency, ['input', 'minimum', 'currency']);
  if (wish.accountReference !== undefined) vendor.payoutAccount = wish.accountReference;
  return tx.db.save(vendor);
}
