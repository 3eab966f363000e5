import type { BuyerKind } from './pricing-input.js';

/**
 * One price an offer may have: its own (no list) or one of a price list. Of those that hold for a buyer, a quantity and a
 * moment, the list of the highest priority wins, then the most conditions, then the lowest amount, then the id.
 */
export interface PriceFact {
  readonly priceId: string;
  readonly offerId: string;
  /** ISO 4217; only prices in the cart's currency count. */
  readonly currency: string;
  /** For one piece, at least 0. */
  readonly amountMinor: number;
  /** What is shown struck through beside it; nothing is computed from it. */
  readonly compareAtMinor: number | null;
  /** Null is the offer's own price, which comes after every list. */
  readonly list: PriceListFact | null;
  /** Pieces of the offer that the whole cart must hold, at least 1: a tier. */
  readonly minQuantity: number;
  /** From this moment on; null is always. */
  readonly from: Date | null;
  /** Before this moment; null is for ever. */
  readonly until: Date | null;
}

/** What a price list says about when its prices hold. */
export interface PriceListFact {
  readonly listId: string;
  /** The higher, the sooner. */
  readonly priority: number;
  readonly conditions: PriceConditions;
  readonly from: Date | null;
  readonly until: Date | null;
}

/** For whom a list is. All that are not empty must hold, each by one of its values. */
export interface PriceConditions {
  readonly channels: readonly string[];
  readonly groups: readonly string[];
  readonly companyIds: readonly string[];
  readonly buyerKinds: readonly BuyerKind[];
  /** ISO 3166-1 alpha-2 of the destination. */
  readonly countries: readonly string[];
}
