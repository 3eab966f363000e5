import type { CouponState } from './coupon-state.js';
import type { FlashSale } from './flash-sale.js';
import type { PriceFact } from './price-fact.js';
import type { BudgetLeft, Promotion } from './promotion.js';
import type { TaxRules } from './tax-rules.js';

/** Everything a cart's numbers are computed from. The same input gives the same numbers; amounts are whole minor units of `currency`. */
export interface PricingInput {
  /** ISO 4217. Its exponent is in the kit's table and changes no computation. */
  readonly currency: string;
  readonly now: Date;
  /** In the cart's order, which breaks ties. At most `linesMax`. */
  readonly lines: readonly PricingLine[];
  /** Candidate prices of the lines' offers; others are ignored. */
  readonly prices: readonly PriceFact[];
  readonly flashSales: readonly FlashSale[];
  readonly promotions: readonly Promotion[];
  /** Of promotions that have one. */
  readonly budgets: readonly BudgetLeft[];
  /** In the order in which they were given. */
  readonly coupons: readonly CouponState[];
  /** At most one per vendor. A vendor without one ships for nothing yet; one of a vendor without lines is ignored. */
  readonly shipping: readonly VendorShipping[];
  readonly destination: PricingDestination;
  readonly buyer: PricingBuyer;
  readonly channel: string | null;
  readonly paymentChoice: string | null;
  readonly tax: TaxRules;
  /** By priority alone, or the cheapest whole cart among at most `combinationsMax` ways to leave promotions out. */
  readonly search: 'BY_PRIORITY' | 'BEST_DEAL';
}

/** A line of the cart with the facts that rules look at. */
export interface PricingLine extends PricedGoods {
  readonly lineId: string;
  /** At least 1. */
  readonly quantity: number;
}

/** What is known of an offer's goods. */
export interface PricedGoods {
  readonly offerId: string;
  readonly productId: string;
  readonly variantId: string;
  readonly vendorId: string;
  /** Of each category the product is in: ids from the top down to it. */
  readonly categoryPaths: readonly (readonly string[])[];
  readonly attributes: readonly { readonly code: string; readonly values: readonly string[] }[];
  readonly productType: string;
  readonly taxClass: string;
  readonly weightGrams: number | null;
  /** The least the vendor takes for one piece, whatever promotions say; null is nothing. */
  readonly floorMinor: number | null;
}

/** What a vendor's delivery costs before promotions. */
export interface VendorShipping {
  readonly vendorId: string;
  readonly methodId: string;
  readonly amountMinor: number;
}

/** Where it goes; before an address is known, the marketplace's own country. */
export interface PricingDestination {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly region: string | null;
  readonly postalCode: string | null;
}

/** Somebody without an account, somebody with one, or a company. */
export type BuyerKind = 'GUEST' | 'PERSON' | 'COMPANY';

/** Who buys. */
export interface PricingBuyer {
  readonly kind: BuyerKind;
  readonly userId: string | null;
  readonly companyId: string | null;
  /** SHA-256 of the e-mail address, trimmed and in lower case. */
  readonly emailHash: string | null;
  readonly groups: readonly string[];
  /** Orders that were placed and not cancelled; null where nobody can know. */
  readonly ordersBefore: number | null;
}
