import { parsed } from '@haat/kit/input';
import { idText, lineOf } from '@haat/kit/limits';
import { resultOf } from '@haat/kit/result';
import { AddressInput, MoneyInput } from '@haat/kit/shared-types';
import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import type { VendorsTx } from '../context.js';
import { VendorStatusConflict } from '../vendor/decide-vendor.js';
import { lockedVendor } from '../vendor/find-vendors.js';
import { vendorWords } from '../vendor/new-vendor.js';
import { saveChanged } from '../vendor/vendor-state.js';
import { Vendor } from '../vendor/vendor.js';
import { VendorStatus } from '../vendor/vendor-status.js';
import { holidayOf } from './holiday.js';
import { minorOf } from './minor-of.js';
import { postalAddress } from './postal-address.js';
import { HolidayInput } from './store-settings.js';

/** Longest time until an order is accepted by itself, in hours: thirty days. */
const acceptHoursMax = 720;

/** What of a shop is to be otherwise. */
@InputType({ description: 'What of a shop is to be otherwise: what is left out stays, null takes it away.' })
export class ChangeStoreSettingsInput {
  @Field(() => ID, { description: 'The vendor whose shop it is.' })
  vendorId: string;

  @Field(() => String, { nullable: true, description: 'What people call the vendor, 1 to 120 characters; cannot be taken away.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'What the vendor says of itself, at most 4000 characters.' })
  about?: string | null;

  @Field(() => String, { nullable: true, description: 'Where its picture is, an https address.' })
  logoUrl?: string | null;

  @Field(() => HolidayInput, { nullable: true, description: 'When it sells nothing; null ends the holiday at once.' })
  holiday?: HolidayInput | null;

  @Field(() => MoneyInput, { nullable: true, description: "How much one order must have at least, in the marketplace's currency." })
  minimumOrder?: MoneyInput | null;

  @Field(() => Int, { nullable: true, description: 'Hours until an order is accepted by itself, 1 to 720; null where never.' })
  acceptsAfterHours?: number | null;

  @Field(() => AddressInput, { nullable: true, description: 'The address that invoices name the vendor by.' })
  billingAddress?: AddressInput | null;

  @Field(() => AddressInput, { nullable: true, description: 'Where goods that come back are sent.' })
  returnsAddress?: AddressInput | null;

  @Field(() => AddressInput, { nullable: true, description: 'Where parcels are picked up, unless a warehouse says otherwise.' })
  shipsFromAddress?: AddressInput | null;

  @Field(() => String, { nullable: true, description: 'E-mail address for the operators; shoppers do not see it.' })
  contactEmail?: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone number for the operators; shoppers do not see it.' })
  contactPhone?: string | null;
}

/** The vendor with its new settings. */
export const ChangeStoreSettingsResult = resultOf('ChangeStoreSettingsResult', 'The vendor with its new settings, or why they stay.', [Vendor, VendorStatusConflict]);

const amount = z.object({ minor: z.int().min(0), currency: z.string() });
const address = postalAddress.nullish();

const rules = z.object({
  vendorId: idText,
  ...vendorWords.partial().shape,
  holiday: z.object({ from: z.date().nullish(), until: z.date().nullish() }).nullish(),
  minimumOrder: amount.nullish(),
  acceptsAfterHours: z.int().min(1).max(acceptHoursMax).nullish(),
  billingAddress: address, returnsAddress: address, shipsFromAddress: address,
  contactEmail: z.email().max(254).nullish(),
  contactPhone: lineOf(40).nullish(),
});

/** Changes what is named and says the vendor anew. A vendor that was closed stays as it was. */
export async function changeStoreSettings(tx: VendorsTx, input: ChangeStoreSettingsInput): Promise<Vendor | VendorStatusConflict> {
  const { vendorId, holiday, minimumOrder, name, ...rest } = parsed(rules, input);
  const vendor = await lockedVendor(tx, vendorId);
  if (vendor.status === VendorStatus.CLOSED) return VendorStatusConflict.of(vendor);
  if (holiday !== undefined) Object.assign(vendor, holidayOf(holiday, tx.clock.now()));
  if (minimumOrder !== undefined) vendor.minimumOrderMinor = minorOf(minimumOrder, vendor.currency, ['input', 'minimumOrder', 'currency']);
  if (name) vendor.name = name;
  Object.assign(vendor, Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)));
  return saveChanged(tx, vendor);
}
