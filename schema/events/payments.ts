import { z } from 'zod';
import { defineEvent } from '../event.js';
import { buyer, currencyCode, minorAmount } from '../parts.js';

/** A payment's whole state, without anything that a card or a person is known by. */
export const paymentState = z.object({
  paymentId: z.string(),
  orderId: z.string(),
  provider: z.string(),
  status: z.enum(['OPENING', 'REQUIRES_ACTION', 'PROCESSING', 'PENDING_COLLECTION', 'AUTHORIZED', 'PARTIALLY_CAPTURED', 'CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED', 'FAILED', 'CANCELLED', 'EXPIRED', 'DISPUTED']),
  buyer,
  currency: currencyCode,
  amountMinor: minorAmount,
  authorizedMinor: minorAmount,
  capturedMinor: minorAmount,
  refundedMinor: minorAmount,
  /** Each vendor's share of all of it. */
  shares: z.array(z.object({ vendorOrderId: z.string(), vendorId: z.string(), amountMinor: minorAmount, capturedMinor: minorAmount, refundedMinor: minorAmount })),
  /** RFC 3339; when the window to pay ends. */
  expiresAt: z.string().optional(),
});

/** What a payment event says. */
export type PaymentState = z.infer<typeof paymentState>;

const ofPayment = { producer: 'payments', version: 1, aggregate: 'payment', payload: paymentState } as const;

/** A buyer can pay, until `expiresAt`; or pays at the door. */
export const paymentOpened = defineEvent({ ...ofPayment, name: 'payment-opened', description: 'A payment was opened at its provider, or is to be collected at the door.' });

/** The buyer must do something, such as confirm at the bank. */
export const paymentActionRequired = defineEvent({ ...ofPayment, name: 'payment-action-required', description: 'A buyer must do something before a payment goes on.' });

/** The money is promised. */
export const paymentAuthorized = defineEvent({ ...ofPayment, name: 'payment-authorized', description: 'The money of a payment is promised by its provider.' });

/** The money is there. */
export const paymentCaptured = defineEvent({ ...ofPayment, name: 'payment-captured', description: 'Money of a payment was captured: all of it, or a part.', payload: paymentState.extend({ nowMinor: minorAmount, vendorOrderId: z.string().optional() }) });

/** An attempt was declined; another one may follow within the window. Or, with the code `promise_lapsed`, its provider let go of what it had promised. */
export const paymentFailed = defineEvent({ ...ofPayment, name: 'payment-failed', description: 'An attempt to pay was declined; another one may follow.', payload: paymentState.extend({ code: z.string(), reason: z.string() }) });

/** The window ended unpaid. */
export const paymentExpired = defineEvent({ ...ofPayment, name: 'payment-expired', description: 'The window to pay ended unpaid.' });

/** A refund's whole state. */
const refundState = z.object({
  refundId: z.string(),
  paymentId: z.string(),
  orderId: z.string(),
  currency: currencyCode,
  amountMinor: minorAmount,
  /** What it is for; empty where it is an amount alone, or where one in whose place this stands had gone back before and said the same pieces. */
  lines: z.array(z.object({ orderLineId: z.string(), cartLineId: z.string(), offerId: z.string(), vendorOrderId: z.string(), quantity: z.int().min(1), amountMinor: minorAmount, restock: z.boolean() })),
  shares: z.array(z.object({ vendorOrderId: z.string(), vendorId: z.string(), amountMinor: minorAmount })),
  buyer,
  reason: z.string(),
});

/** Money went back. */
export const refundSucceeded = defineEvent({ producer: 'payments', name: 'refund-succeeded', version: 1, aggregate: 'refund', description: 'Money of a payment went back to the buyer.', payload: refundState });

/** Money could not go back; somebody must look at it. */
export const refundFailed = defineEvent({ producer: 'payments', name: 'refund-failed', version: 1, aggregate: 'refund', description: 'Money of a payment could not go back to the buyer.', payload: refundState.extend({ code: z.string() }) });

/** A buyer's bank took money back, or asks why it was taken. */
export const disputeOpened = defineEvent({
  producer: 'payments', name: 'dispute-opened', version: 1, aggregate: 'dispute',
  description: "A buyer's bank disputes a payment.",
  payload: z.object({ disputeId: z.string(), paymentId: z.string(), orderId: z.string(), currency: currencyCode, amountMinor: minorAmount, reason: z.string(), status: z.string(), evidenceDueAt: z.string().optional() }),
});
