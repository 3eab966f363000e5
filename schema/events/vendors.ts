import { z } from 'zod';
import { defineEvent } from '../event.js';
import { currencyCode, minorAmount } from '../parts.js';

/** A vendor's whole public state, as every event of it carries. */
export const vendorState = z.object({
  vendorId: z.string(),
  slug: z.string(),
  name: z.string(),
  status: z.enum(['PENDING', 'INVITED', 'ONBOARDING', 'READY_FOR_REVIEW', 'APPROVED', 'REJECTED', 'SUSPENDED', 'CLOSED']),
  about: z.string().optional(),
  logoUrl: z.string().optional(),
  /** Approved and not on holiday, when this was said: it may be bought from. Said again when a holiday begins or ends. */
  openNow: z.boolean(),
  /** RFC 3339; a holiday without an end lasts until it is ended. */
  holiday: z.object({ from: z.string(), until: z.string().optional() }).optional(),
  minimumOrderMinor: minorAmount.optional(),
  currency: currencyCode,
  /** How well it serves, 0 to 1000, for the buy box. */
  score: z.int().min(0).max(1_000),
});

/** What a vendor event says. */
export type VendorState = z.infer<typeof vendorState>;

const ofVendor = { producer: 'vendors', version: 1, aggregate: 'vendor' } as const;

/** Somebody wants to sell here. */
export const vendorApplied = defineEvent({ ...ofVendor, name: 'vendor-applied', description: 'Somebody applied to sell in the marketplace.', payload: vendorState.extend({ applicantUserId: z.string().optional() }) });

/** A vendor may sell from now on. */
export const vendorApproved = defineEvent({ ...ofVendor, name: 'vendor-approved', description: 'A vendor may sell from now on.', payload: vendorState });

/** Anything public of a vendor changed, or it was made. */
export const vendorChanged = defineEvent({ ...ofVendor, name: 'vendor-changed', description: 'A vendor was made, or anything public of it changed: words, status, holiday, minimum order.', payload: vendorState });

/** Its offers are off sale from now on; what was bought is still delivered. */
export const vendorSuspended = defineEvent({ ...ofVendor, name: 'vendor-suspended', description: 'A vendor may sell no more until it is restored.', payload: vendorState.extend({ reason: z.string() }) });

/** Its offers are on sale again. */
export const vendorRestored = defineEvent({ ...ofVendor, name: 'vendor-restored', description: 'A suspended vendor may sell again.', payload: vendorState });

/** A person was asked to work for a vendor. Only notifications can open the mail. */
export const vendorMemberInvited = defineEvent({
  producer: 'vendors', name: 'vendor-member-invited', version: 1, aggregate: 'vendor-member',
  description: 'A person was invited to work for a vendor; the mail with the secret must be sent.',
  payload: z.object({
    memberId: z.string(),
    vendorId: z.string(),
    vendorName: z.string(),
    locale: z.string(),
    expiresAt: z.iso.datetime(),
    /** JWE for notifications: {to, name, secret}. */
    sealed: z.string(),
  }),
});

/** What a person may do for a vendor changed: joined, other grants, left. */
export const vendorMemberChanged = defineEvent({
  producer: 'vendors', name: 'vendor-member-changed', version: 1, aggregate: 'vendor-member',
  description: 'A person joined or left a vendor, or has other grants there.',
  payload: z.object({
    memberId: z.string(),
    vendorId: z.string(),
    userId: z.string(),
    status: z.enum(['ACTIVE', 'REMOVED']),
    /** Rights at this vendor, such as `orders.manage`; empty when removed. */
    grants: z.array(z.string()),
  }),
});

/** The rules commissions are found by, in their order; the first that matches wins. */
export const commissionRulesChanged = defineEvent({
  producer: 'vendors', name: 'commission-rules-changed', version: 1, aggregate: 'commission-rules',
  description: 'The ordered commission rules of the marketplace were set.',
  payload: z.object({
    rules: z.array(z.object({
      ruleId: z.string(),
      name: z.string(),
      vendorIds: z.array(z.string()),
      categoryIds: z.array(z.string()),
      productIds: z.array(z.string()),
      /** Parts per million. */
      ratePpm: z.int().min(0),
      fixedMinor: minorAmount,
      /** Of a line, at least and at most. */
      minMinor: minorAmount.optional(),
      maxMinor: minorAmount.optional(),
      /** Of one piece: this and more, less than this. */
      priceFromMinor: minorAmount.optional(),
      priceToMinor: minorAmount.optional(),
    })),
    /** Tax on what is taken, in parts per million. */
    taxRatePpm: z.int().min(0).optional(),
    /** Share of a delivery, in parts per million. */
    shippingRatePpm: z.int().min(0).optional(),
    takenOf: z.enum(['NET', 'GROSS']).optional(),
  }),
});

/** How many vendors a tenant has now. */
export const vendorUsageCounted = defineEvent({
  producer: 'vendors', name: 'usage-counted', version: 1, aggregate: 'usage',
  description: 'How many vendors a tenant has now.',
  payload: z.object({ meter: z.literal('vendors'), used: z.int().min(0) }),
});
