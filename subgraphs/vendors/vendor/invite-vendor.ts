import { vendorChanged } from '@haat/schema/events/vendors';
import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { lineOf } from '@haat/kit/limits';
import { resultOf } from '@haat/kit/result';
import { SlugTaken } from '@haat/kit/shared-types';
import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import type { VendorsTx } from '../context.js';
import { emailText, invited } from '../member/invite-member.js';
import { vendorGrants, VendorRole } from '../member/vendor-role.js';
import { insertVendor, vendorSlug, vendorWords } from './new-vendor.js';
import { sayVendor } from './vendor-state.js';
import { Vendor } from './vendor.js';
import { VendorStatus } from './vendor-status.js';

/** Who is asked to sell. */
@InputType({ description: 'Who is asked to sell in the marketplace.' })
export class InviteVendorInput {
  @Field(() => String, { description: 'Short name in addresses: 3 to 40 of a-z, 0-9 and hyphen; final.' })
  slug: string;

  @Field(() => String, { description: 'What people will call the vendor, 1 to 120 characters.' })
  name: string;

  @Field(() => String, { description: 'E-mail address of its first owner, who is sent an invitation.' })
  ownerEmail: string;

  @Field(() => String, { nullable: true, description: 'How the owner is called, at most 120 characters.' })
  ownerName?: string | null;
}

/** The vendor that was asked, or why not. */
export const InviteVendorResult = resultOf('InviteVendorResult', 'The vendor that was asked to sell, or why it was not.', [Vendor, SlugTaken]);

const rules = z.object({ slug: vendorSlug, name: vendorWords.shape.name, ownerEmail: emailText, ownerName: lineOf(120).nullish() });

/** Makes a vendor that nobody owns yet. Whoever accepts the mail owns it, and hands in what is required. */
export async function inviteVendor(tx: VendorsTx, input: InviteVendorInput): Promise<Vendor | SlugTaken> {
  const { slug, name, ownerEmail, ownerName } = parsed(rules, input);
  const vendor = await insertVendor(tx, { id: newId('ven', tx.clock.now()), slug, name, status: VendorStatus.INVITED, currency: tx.tenant.currency, contactEmail: ownerEmail });
  if (!vendor) return SlugTaken.of(slug);
  await sayVendor(tx, vendorChanged, vendor);
  await invited(tx, vendor, { email: ownerEmail, name: ownerName ?? null, role: VendorRole.OWNER, grants: vendorGrants });
  return vendor;
}
