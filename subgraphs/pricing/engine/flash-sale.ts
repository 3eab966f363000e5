import type { PromotionClass } from './promotion.js';

/**
 * A sale of one offer for a time, with pieces of its own. It comes before every other catalogue promotion. Where fewer pieces
 * are left than a line holds, the rest of the line keeps its price. Of several for one offer the cheapest counts.
 */
export interface FlashSale {
  readonly flashSaleId: string;
  readonly name: string;
  readonly offerId: string;
  readonly currency: string;
  /** For one piece. Takes nothing where the price is as low already. */
  readonly priceMinor: number;
  readonly from: Date;
  readonly until: Date;
  /** Pieces that may still be taken; null is no limit. */
  readonly piecesLeft: number | null;
  /** Pieces that one buyer may have; null is no limit. */
  readonly piecesPerBuyerMax: number | null;
  /** Pieces that this buyer has in other orders. */
  readonly piecesTakenByBuyer: number;
  /** The platform's part of what is taken off, in parts per million; the vendor bears the rest. */
  readonly platformPpm: number;
  /** Classes that may come on top on the same pieces. */
  readonly combinesWith: readonly PromotionClass[];
}
