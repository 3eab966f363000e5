import { z } from 'zod';
import { defineAsk } from '../ask.js';
import { buyer, currencyCode, destination, minor, minorAmount, taxLine, totals } from '../parts.js';

/** Lines that one quote may hold. */
export const quotedLinesMax = 250;
/** Coupon codes that one quote may hold. */
export const quotedCouponsMax = 10;
/** Promotions that may count in one quote: more than may be open for a marketplace and a hundred vendors. */
export const quotedPromotionsMax = 2_500;

/** Why a promotion or a coupon gives nothing; the coupon's reasons are those of `CouponRejectedReason`. */
export const rejectedWhy = z.enum([
  'UNKNOWN', 'NOT_STARTED', 'EXPIRED', 'USED_UP', 'CUSTOMER_LIMIT', 'DAILY_LIMIT', 'BELOW_MINIMUM', 'NO_MATCHING_GOODS', 'NOT_ELIGIBLE', 'NOT_COMBINABLE', 'TOO_MANY_ATTEMPTS', 'BUDGET_SPENT',
]);

/** What is taken off a line, a vendor's delivery or both, and who pays for it. */
const quotedDiscount = z.object({
  promotionId: z.string(),
  couponCode: z.string().nullable(),
  name: z.string(),
  amountMinor: minorAmount,
  /** The platform's part, in parts per million; the vendor bears the rest. */
  platformPpm: z.int().min(0).max(1_000_000),
});

/** A line with its prices. */
export const quotedLine = z.object({
  lineId: z.string(),
  offerId: z.string(),
  vendorId: z.string(),
  quantity: z.int().min(1),
  unitPriceMinor: minorAmount,
  subtotalMinor: minorAmount,
  discountMinor: minorAmount,
  /** After discounts, without tax. */
  netMinor: minorAmount,
  taxMinor: minorAmount,
  totalMinor: minorAmount,
  taxes: z.array(taxLine),
  discounts: z.array(quotedDiscount),
});

/** A vendor's part of a quote. */
export const quotedVendor = totals.extend({
  vendorId: z.string(),
  shippingDiscountMinor: minorAmount,
  /** Shipping after discounts, without tax. */
  shippingNetMinor: minorAmount,
  shippingTaxMinor: minorAmount,
  shippingTaxes: z.array(taxLine),
  shippingDiscounts: z.array(quotedDiscount),
});

/** Prices a cart. The same question at the same moment has the same answer, and nothing is consumed by asking. */
export const pricingQuote = defineAsk({
  subgraph: 'pricing', name: 'pricing.quote', version: 1,
  description: 'Prices, discounts, taxes and totals of lines, with shipping where it is known, and why each promotion counts or does not.',
  input: z.strictObject({
    lines: z.array(z.strictObject({ lineId: z.string().max(64), offerId: z.string().max(64), quantity: z.int().min(1).max(1_000_000) })).max(quotedLinesMax),
    /** Null before an address is known: the tenant's own country is taken. */
    destination: destination.nullable(),
    couponCodes: z.array(z.string().max(64)).max(quotedCouponsMax),
    buyer,
    /** SHA-256 of the buyer's e-mail, trimmed and in lower case, for limits per customer. */
    emailHash: z.string().nullable(),
    /** SHA-256 of the buyer's telephone number in E.164, for the same. */
    phoneHash: z.string().nullable().optional(),
    /** What each vendor's delivery costs before discounts; absent vendors ship for nothing yet. */
    shipping: z.array(z.strictObject({ vendorId: z.string().max(64), methodId: z.string().max(64), amountMinor: minorAmount })).max(100),
    paymentChoice: z.string().max(40).nullable(),
  }),
  output: z.object({
    currency: currencyCode,
    taxIncluded: z.boolean(),
    lines: z.array(quotedLine),
    vendors: z.array(quotedVendor),
    totals,
    applied: z.array(z.object({ promotionId: z.string(), couponCode: z.string().nullable(), name: z.string(), amountMinor: minorAmount })),
    rejected: z.array(z.object({
      promotionId: z.string().nullable(), couponCode: z.string().nullable(), name: z.string(), reason: rejectedWhy,
      /** The condition that fails, where it is one, such as PAYMENT or SHIPPING_METHOD: those may still hold while nothing is chosen. */
      condition: z.string().nullable().optional(),
      /** How much more goods it needs; null where amounts would not help. */
      missingMinor: minorAmount.nullable(),
      /** How many more pieces it needs; null where pieces would not help. */
      missingQuantity: z.int().min(0).nullable(),
    })),
    /** What an order of this quote must redeem. */
    redemptions: z.array(z.object({ couponId: z.string(), code: z.string(), promotionId: z.string(), amountMinor: minorAmount })),
    /** Pieces an order of this quote takes from flash sales. */
    quotas: z.array(z.object({ flashSaleId: z.string(), offerId: z.string(), quantity: z.int().min(1) })),
    /** What an order of this quote takes from the budgets of promotions. */
    budgets: z.array(z.object({ promotionId: z.string(), amountMinor: minorAmount })),
    /** Promotions that count because of the number that this order is of its buyer's: an order of this quote must still be that one. */
    byNumber: z.array(z.string()).optional(),
    trace: z.array(z.object({ step: z.string(), ruleId: z.string().nullable(), lineId: z.string().nullable(), vendorId: z.string().nullable(), beforeMinor: minor, afterMinor: minor })),
    /** Offers that have no price, or are not known: they cannot be bought, and are not among the lines. */
    withoutPrice: z.array(z.string()),
    /** Regions of which the destination must name one before anybody may order: by how it names its own, it would escape a tax. Absent or empty where all is clear. */
    regionsExpected: z.array(z.string()).optional(),
  }),
  deadlineMs: 2_000, changes: false,
});

/** Takes coupons, flash-sale pieces, budgets and the number of the buyer's orders for an order, all or none. Once per order. */
export const pricingRedeem = defineAsk({
  subgraph: 'pricing', name: 'pricing.redeem', version: 1,
  description: 'Takes the coupons, flash-sale pieces, budgets and number of an order, all or none; asking again for the same order changes nothing.',
  input: z.strictObject({
    /** The key: everything is taken once per order. */
    orderId: z.string().max(64),
    buyer,
    emailHash: z.string().nullable(),
    phoneHash: z.string().nullable().optional(),
    redemptions: z.array(z.strictObject({ couponId: z.string(), code: z.string(), promotionId: z.string(), amountMinor: minorAmount })).max(quotedCouponsMax),
    quotas: z.array(z.strictObject({ flashSaleId: z.string(), offerId: z.string(), quantity: z.int().min(1) })).max(quotedLinesMax),
    budgets: z.array(z.strictObject({ promotionId: z.string(), amountMinor: minorAmount })).max(quotedPromotionsMax),
    /** What the quote counts by the number of the order. */
    byNumber: z.array(z.string().max(64)).max(quotedPromotionsMax).optional(),
    /** True to take anew what was given back: for an order that was paid late. */
    again: z.boolean().optional(),
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('REDEEMED') }),
    /** Nothing was taken. One of the two names is set, or neither where the order is not the one of its buyer's that it was quoted as. */
    z.object({ outcome: z.literal('REJECTED'), couponCode: z.string().nullable(), offerId: z.string().nullable(), reason: rejectedWhy }),
  ]),
  deadlineMs: 3_000, changes: true,
});

/** Gives back what an order took. What an order gave back it takes anew only by saying `again`, so that a late first request takes nothing. */
export const pricingUnredeem = defineAsk({
  subgraph: 'pricing', name: 'pricing.unredeem', version: 1,
  description: 'Gives back the coupons, flash-sale pieces, budgets and number that an order took.',
  input: z.strictObject({ orderId: z.string().max(64) }),
  output: z.object({ outcome: z.enum(['GIVEN_BACK', 'NOTHING']) }),
  deadlineMs: 3_000, changes: true,
});
