import { lineOf, textOf } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { VendorsTx } from '../context.js';
import { PayoutInterval, Vendor } from './vendor.js';
import type { VendorStatus } from './vendor-status.js';

/** Score of a vendor of whom nothing is known yet. */
const firstScore = 500;

/** How long a web address may be, in characters. */
const urlCharactersMax = 2_000;

/** The words of a vendor, as inputs give them. */
export const vendorWords = z.object({
  name: lineOf(120),
  about: textOf(4_000).nullish(),
  logoUrl: z.url({ protocol: /^https$/, error: 'expected an https address' }).max(urlCharactersMax).nullish(),
});

/** A slug as addresses have it. */
export const vendorSlug = z.string().regex(/^[a-z][a-z0-9-]{1,38}[a-z0-9]$/, 'expected 3 to 40 of a-z, 0-9 and hyphen, beginning with a letter');

/** Somebody has applied too often. */
@ObjectType({ implements: Problem, description: 'This person has too many applications under way; finish one of them first.' })
export class TooManyApplications extends Problem {
  static of(): TooManyApplications {
    return Object.assign(new TooManyApplications(), { message: 'You have too many applications under way. Finish one of them first.' });
  }
}

/** What a new vendor begins with. */
export interface NewVendor {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly status: VendorStatus;
  readonly about?: string | null;
  readonly logoUrl?: string | null;
  readonly currency: string;
  readonly applicantUserId?: string;
  readonly contactEmail?: string | null;
  readonly contactPhone?: string | null;
}

/** Makes the row. Nothing when the slug is taken: a failed insert would end the whole transaction. */
export async function insertVendor(tx: VendorsTx, wish: NewVendor): Promise<Vendor | undefined> {
  const result = await tx.db.createQueryBuilder().insert().into(Vendor).values({
    about: null, logoUrl: null, applicantUserId: null, contactEmail: null, contactPhone: null, ...wish,
    tenantId: tx.tenant.id, version: 1, minimumOrderMinor: null, holidayFrom: null, holidayUntil: null, holidayTurnsAt: null, acceptsAfterHours: null,
    score: firstScore, approvedAt: null, decisionReason: null, billingAddress: null, returnsAddress: null, shipsFromAddress: null,
    payoutInterval: PayoutInterval.WEEKLY, payoutMinimumMinor: null, payoutAccount: null, storedMetadata: [],
  }).orIgnore().execute();
  return result.raw.length > 0 ? tx.db.findOneByOrFail(Vendor, { tenantId: tx.tenant.id, id: wish.id }) : undefined;
}
