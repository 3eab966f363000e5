import { vendorApplied, vendorChanged } from '@haat/schema/events/vendors';
import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { invariant } from '@haat/kit/invariant';
import { lineOf } from '@haat/kit/limits';
import { resultOf } from '@haat/kit/result';
import { SlugTaken } from '@haat/kit/shared-types';
import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import type { VendorsTx } from '../context.js';
import { addMember } from '../member/add-member.js';
import { VendorRole } from '../member/vendor-role.js';
import { insertVendor, TooManyApplications, vendorSlug, vendorWords } from './new-vendor.js';
import { sayVendor } from './vendor-state.js';
import { Vendor } from './vendor.js';
import { VendorStatus } from './vendor-status.js';

/** How many vendors one person may have that were never approved. */
const applicationsMax = 5;

/** Who wants to sell. */
@InputType({ description: 'Who wants to sell in the marketplace, and how they are reached.' })
export class ApplyAsVendorInput {
  @Field(() => String, { description: 'Short name in addresses: 3 to 40 of a-z, 0-9 and hyphen; final.' })
  slug: string;

  @Field(() => String, { description: 'What people will call the vendor, 1 to 120 characters.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'What the vendor says of itself, at most 4000 characters.' })
  about?: string | null;

  @Field(() => String, { nullable: true, description: 'Where its picture is, an https address.' })
  logoUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail address for the operators; shoppers do not see it.' })
  contactEmail?: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone number for the operators; shoppers do not see it.' })
  contactPhone?: string | null;
}

/** The application, or why there is none. */
export const ApplyAsVendorResult = resultOf('ApplyAsVendorResult', 'The new vendor as it applied, or why it was not taken.', [Vendor, SlugTaken, TooManyApplications]);

const rules = z.object({ slug: vendorSlug, ...vendorWords.shape, contactEmail: z.email().max(254).nullish(), contactPhone: lineOf(40).nullish() });

/** Applies for whoever is signed in: they own the vendor from now on, and hand in what is required of it. */
export async function applyAsVendor(tx: VendorsTx, input: ApplyAsVendorInput): Promise<Vendor | SlugTaken | TooManyApplications> {
  const wish = parsed(rules, input);
  const { userId } = tx.viewer;
  invariant(userId, 'The rule of the field lets only people apply.');
  if (await hasTooMany(tx, userId)) return TooManyApplications.of();
  const id = newId('ven', tx.clock.now());
  const vendor = await insertVendor(tx, { ...wish, id, status: VendorStatus.PENDING, currency: tx.tenant.currency, applicantUserId: userId });
  if (!vendor) return SlugTaken.of(wish.slug);
  await addMember(tx, { vendorId: id, userId, role: VendorRole.OWNER });
  await sayVendor(tx, vendorApplied, vendor, { applicantUserId: userId });
  await sayVendor(tx, vendorChanged, vendor);
  return vendor;
}

/** The lock makes two applications of one person follow each other. */
async function hasTooMany(tx: VendorsTx, userId: string): Promise<boolean> {
  await tx.db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.tenant.id}:application:${userId}`]);
  const rows: { count: number }[] = await tx.db.query(
    `select count(*)::int as count from vendor where tenant_id = $1 and applicant_user_id = $2 and approved_at is null and status <> 'CLOSED'`, [tx.tenant.id, userId],
  );
  return (rows[0]?.count ?? 0) >= applicationsMax;
}
