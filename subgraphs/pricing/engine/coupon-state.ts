/** A code that the cart holds, and what is known of it now. Codes are as `normalCode` writes them. */
export type CouponState =
  | { readonly kind: 'UNKNOWN'; readonly code: string }
  | { readonly kind: 'TOO_MANY_ATTEMPTS'; readonly code: string }
  | KnownCoupon;

/** A coupon of the marketplace with its limits; null is no limit. Counts are of orders that hold it and have not given it back. */
export interface KnownCoupon {
  readonly kind: 'KNOWN';
  readonly code: string;
  readonly couponId: string;
  /** The promotion it opens. It gives nothing where this is not among the promotions. */
  readonly promotionId: string;
  readonly from: Date | null;
  readonly until: Date | null;
  /** Switched off by staff: rejected as EXPIRED. */
  readonly isEnded: boolean;
  readonly usesMax: number | null;
  readonly used: number;
  readonly usesPerBuyerMax: number | null;
  /** By this person or this e-mail address, whichever is more. */
  readonly usedByBuyer: number;
  readonly usesPerDayMax: number | null;
  readonly usedToday: number;
  /** For the first order of a buyer alone. A buyer whose orders are not known is not eligible. */
  readonly isForFirstOrder: boolean;
  /** For these people alone; empty is for everybody. */
  readonly userIds: readonly string[];
  /** For these addresses alone, as `Buyer.emailHash`; empty is for everybody. With `userIds`, one of both is enough. */
  readonly emailHashes: readonly string[];
}
