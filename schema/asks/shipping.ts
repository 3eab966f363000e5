import { z } from 'zod';
import { defineAsk } from '../ask.js';
import { currencyCode, destination, minorAmount } from '../parts.js';

/** A way to send one vendor's goods, with its price before discounts. */
export const shippingOption = z.object({
  methodId: z.string(),
  name: z.string(),
  carrier: z.string(),
  amountMinor: minorAmount,
  /** RFC 3339; null where nobody promises a day. */
  deliverBy: z.string().nullable(),
  allowsCashOnDelivery: z.boolean(),
});

/** How each vendor's goods can be sent. A vendor with no option cannot send there. */
export const shippingQuote = defineAsk({
  subgraph: 'shipping', name: 'shipping.quote', version: 1,
  description: "The ways to send each vendor's goods to a place, with their prices.",
  input: z.strictObject({
    currency: currencyCode,
    destination,
    groups: z.array(z.strictObject({
      vendorId: z.string().max(64),
      /** Goods at unit price times quantity, before promotions and coupons. */
      subtotalMinor: minorAmount,
      weightGrams: z.int().min(0).nullable(),
      shippingProfiles: z.array(z.string().max(64)),
    })).min(1).max(100),
  }),
  output: z.object({ groups: z.array(z.object({ vendorId: z.string(), options: z.array(shippingOption) })) }),
  deadlineMs: 2_000, changes: false,
});
