import { z } from 'zod';
import { defineAsk } from '../ask.js';
import { currencyCode, minorAmount } from '../parts.js';

/** Lines that one ask may hold: what a checkout may. */
export const commissionLinesMax = 250;

/** What the marketplace takes of a sale. Frozen on the order by who asks. */
export const commissionQuote = defineAsk({
  subgraph: 'vendors', name: 'commission.quote', version: 1,
  description: 'The commission of each line and of each delivery, by the first rule that matches, and the tax on it.',
  input: z.strictObject({
    currency: currencyCode,
    lines: z.array(z.strictObject({
      lineId: z.string(), vendorId: z.string(), productId: z.string(),
      categoryPaths: z.array(z.array(z.string())),
      quantity: z.int().min(1),
      /** Of the whole line after discounts, without tax. */
      netMinor: minorAmount,
      /** Of the whole line after discounts, with tax. */
      grossMinor: minorAmount,
    })).max(commissionLinesMax),
    shipping: z.array(z.strictObject({ vendorId: z.string(), netMinor: minorAmount, grossMinor: minorAmount })).max(commissionLinesMax),
  }),
  output: z.object({
    lines: z.array(z.object({ lineId: z.string(), ruleId: z.string().nullable(), ratePpm: z.int(), fixedMinor: minorAmount, amountMinor: minorAmount,
      /** The line's part of its vendor's tax. */
      taxMinor: minorAmount.optional(),
    })),
    vendors: z.array(z.object({
      vendorId: z.string(),
      shippingMinor: minorAmount,
      /** Lines and delivery, without tax. */
      netMinor: minorAmount,
      taxRatePpm: z.int().min(0),
      taxMinor: minorAmount,
      /** The delivery's part of the tax. */
      shippingTaxMinor: minorAmount.optional(),
    })),
  }),
  deadlineMs: 2_000, changes: false,
});

/** What a checkout must know of a vendor now. */
export const describedVendor = z.object({
  vendorId: z.string(),
  slug: z.string(),
  name: z.string(),
  openNow: z.boolean(),
  /** Null where it is open. */
  whyClosed: z.enum(['NOT_APPROVED', 'SUSPENDED', 'CLOSED', 'ON_HOLIDAY']).nullable(),
  minimumOrderMinor: minorAmount.nullable(),
  /** Hours until an order not accepted is accepted by itself; null where never. */
  acceptsAfterHours: z.int().nullable(),
});

/** Whether vendors may be bought from now, and from which amount on. One that does not exist is not in the answer. */
export const vendorDescribe = defineAsk({
  subgraph: 'vendors', name: 'vendor.describe', version: 1,
  description: 'Name, opening and minimum order of vendors, as they are now.',
  input: z.strictObject({ vendorIds: z.array(z.string().max(64)).max(100) }),
  output: z.object({ vendors: z.array(describedVendor) }),
  deadlineMs: 2_000, changes: false,
});
