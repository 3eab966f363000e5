import { z } from 'zod';
import { defineAsk } from '../ask.js';
import { buyer, currencyCode, minorAmount } from '../parts.js';

/** Opens the payment of an order. Once per order: asking again answers what there is. */
export const paymentOpen = defineAsk({
  subgraph: 'payments', name: 'payment.open', version: 1,
  description: 'Opens the payment of an order at its provider, or notes what is to be collected at the door.',
  input: z.strictObject({
    /** The key: one payment per order. */
    orderId: z.string().max(64),
    orderNumber: z.string().max(64),
    choice: z.string().max(40),
    savedPaymentMethodId: z.string().max(64).nullable(),
    currency: currencyCode,
    amountMinor: minorAmount,
    shares: z.array(z.strictObject({ vendorOrderId: z.string().max(64), vendorId: z.string().max(64), amountMinor: minorAmount })).min(1).max(100),
    lines: z.array(z.strictObject({ orderLineId: z.string(), cartLineId: z.string(), offerId: z.string(), vendorOrderId: z.string(), quantity: z.int().min(1), totalMinor: minorAmount })).max(250),
    buyer,
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('OPENED'), paymentId: z.string(), status: z.string(), expiresAt: z.iso.datetime().nullable() }),
    /** The provider did not answer in time; it is tried on. */
    z.object({ outcome: z.literal('OPENING'), paymentId: z.string(), expiresAt: z.iso.datetime() }),
    /** The provider refused; the buyer may try again until the window ends. */
    z.object({ outcome: z.literal('REFUSED'), paymentId: z.string(), expiresAt: z.iso.datetime(), code: z.string() }),
  ]),
  deadlineMs: 8_000, changes: true,
});

/** Whether an order could be paid so: asked before anything is taken or written, so that a way that is not offered leaves no order behind. */
export const paymentCheck = defineAsk({
  subgraph: 'payments', name: 'payment.check', version: 1,
  description: 'Says whether an order over an amount could be paid so now.',
  input: z.strictObject({ choice: z.string().max(40), currency: currencyCode, amountMinor: minorAmount }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('OFFERED') }),
    /** `why` is a sentence for people. */
    z.object({ outcome: z.literal('NOT_OFFERED'), code: z.enum(['not_offered', 'amount_too_large']), why: z.string() }),
  ]),
  deadlineMs: 1_000, changes: false,
});
