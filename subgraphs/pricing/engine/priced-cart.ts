import type { TaxLine, Totals } from '@haat/schema/parts';
import type { ConditionKind } from './condition.js';
import type { PromotionClass } from './promotion.js';

/**
 * A cart with its numbers, named as the ask `pricing.quote` names them. Everywhere: total = subtotal − discount + shipping + tax that is
 * not included; lines add up to vendors, vendors to the whole, exactly.
 */
export interface PricedCart {
  readonly currency: string;
  readonly taxIncluded: boolean;
  /** In the order of the input, without those that have no price. */
  readonly lines: readonly PricedLine[];
  /** In the order of their first lines. */
  readonly vendors: readonly PricedVendor[];
  readonly totals: Totals;
  /** In the order in which they counted; flash sales too, under their own id. */
  readonly applied: readonly AppliedPromotion[];
  readonly rejected: readonly RejectedPromotion[];
  /** What an order of this cart redeems. */
  readonly redemptions: readonly { readonly couponId: string; readonly code: string; readonly promotionId: string; readonly amountMinor: number }[];
  /** Pieces an order of this cart takes from flash sales. */
  readonly quotas: readonly { readonly flashSaleId: string; readonly offerId: string; readonly quantity: number }[];
  /** What an order of this cart takes from budgets. */
  readonly budgets: readonly { readonly promotionId: string; readonly amountMinor: number }[];
  /** Promotions that count because of the number that an order of this cart would be of its buyer's. */
  readonly byNumber: readonly string[];
  /** Free pieces that the cart could hold and does not. */
  readonly gifts: readonly WantedGift[];
  /** What promotions would have taken and did not. */
  readonly cuts: readonly Cut[];
  readonly trace: readonly TraceRow[];
  /** Offers among the lines that have no price now; each once. */
  readonly withoutPrice: readonly string[];
}

/** A line with its prices. */
export interface PricedLine {
  readonly lineId: string;
  readonly offerId: string;
  readonly vendorId: string;
  readonly quantity: number;
  /** The offer's own price without any list or tier; null where it has none. */
  readonly basePriceMinor: number | null;
  /** The price that was selected, before promotions. */
  readonly unitPriceMinor: number;
  /** The price of its first piece after flash sales and catalogue promotions. */
  readonly salePriceMinor: number;
  readonly compareAtMinor: number | null;
  readonly priceId: string;
  readonly priceListId: string | null;
  /** `unitPriceMinor` times quantity. */
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  /** After discounts, without tax. */
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  /** Never empty: a zero says why it is one. */
  readonly taxes: readonly TaxLine[];
  readonly discounts: readonly DiscountPart[];
}

/** A vendor's part of the cart. */
export interface PricedVendor extends Totals {
  readonly vendorId: string;
  /** Null where no delivery is chosen yet. */
  readonly methodId: string | null;
  readonly shippingDiscountMinor: number;
  /** Delivery after discounts, without tax. */
  readonly shippingNetMinor: number;
  readonly shippingTaxMinor: number;
  /** Empty where no delivery is chosen yet. */
  readonly shippingTaxes: readonly TaxLine[];
  readonly shippingDiscounts: readonly DiscountPart[];
}

/** What one promotion takes off one line or one delivery, and who pays for it: the two parts add up to the amount. */
export interface DiscountPart {
  readonly promotionId: string;
  readonly couponCode: string | null;
  readonly name: string;
  readonly class: PromotionClass;
  readonly amountMinor: number;
  readonly platformPpm: number;
  readonly platformMinor: number;
  readonly vendorMinor: number;
}

/** A promotion that counts. Its amount is 0 where it gives a gift, or free delivery that is not chosen yet. */
export interface AppliedPromotion {
  readonly promotionId: string;
  readonly couponCode: string | null;
  readonly name: string;
  readonly class: PromotionClass;
  readonly amountMinor: number;
}

/** Why a promotion or a coupon gives nothing, as in the ask `pricing.quote`. */
export type RejectedReason =
  | 'UNKNOWN' | 'NOT_STARTED' | 'EXPIRED' | 'USED_UP' | 'CUSTOMER_LIMIT' | 'DAILY_LIMIT' | 'BELOW_MINIMUM' | 'NO_MATCHING_GOODS'
  | 'NOT_ELIGIBLE' | 'NOT_COMBINABLE' | 'TOO_MANY_ATTEMPTS' | 'BUDGET_SPENT';

/**
 * A promotion or a coupon that gives nothing. Promotions that nobody asked for by a coupon are left out where they have not begun, are
 * over, or need a coupon.
 */
export interface RejectedPromotion {
  readonly promotionId: string | null;
  readonly couponCode: string | null;
  /** The promotion's name, or the code of a coupon that has none. */
  readonly name: string;
  readonly reason: RejectedReason;
  /** The condition that fails, where it is one. */
  readonly condition: ConditionKind | null;
  /** How much more goods it needs; null where amounts would not help. */
  readonly missingMinor: number | null;
  /** How many more pieces it needs; null where pieces would not help. */
  readonly missingQuantity: number | null;
}

/** Pieces of an offer that a promotion gives for nothing, and the cart does not hold. */
export interface WantedGift {
  readonly promotionId: string;
  readonly offerId: string;
  readonly quantity: number;
}

/** A discount that was more than there was to take it from. One of `lineId` and `vendorId` is set, or none where it is about the whole promotion. */
export interface Cut {
  readonly promotionId: string;
  readonly lineId: string | null;
  readonly vendorId: string | null;
  readonly wantedMinor: number;
  readonly givenMinor: number;
  readonly why: 'NOTHING_LEFT' | 'VENDOR_FLOOR' | 'MAX_DISCOUNT' | 'BUDGET';
}

/** Where a number changed. */
export type TraceStep = 'BASE' | 'LIST' | 'DESTINATION' | 'CATALOGUE' | 'LINE' | 'ORDER' | 'SHIPPING' | 'SHIPPING_PROMOTION' | 'TAX' | 'TOTAL';

/**
 * One step of the computation. With a line: that line's amount. With a vendor alone: its delivery, or at TOTAL its whole part. With
 * neither: the total of the cart. Rows of one line or delivery follow on each other, so that they replay to the result.
 */
export interface TraceRow {
  readonly step: TraceStep;
  /** The price, promotion, flash sale, shipping method or tax rule; null where there is none. */
  readonly ruleId: string | null;
  readonly lineId: string | null;
  readonly vendorId: string | null;
  readonly beforeMinor: number;
  readonly afterMinor: number;
}
