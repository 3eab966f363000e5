import type { BuyBoxReason } from './buy-box-reason.js';

/** What is known of an offer when it is ranked. */
export interface RankedOffer {
  readonly id: string;
  readonly isActive: boolean;
  readonly isVendorOpen: boolean;
  /** How well its vendor serves, 0 to 1000. */
  readonly score: number;
  /** What everybody pays for one piece, in the marketplace's currency; absent where it has no price. */
  readonly priceMinor?: number;
  readonly isInStock: boolean;
  readonly isBackorder: boolean;
}

/** An offer in its place. */
export interface BuyBoxPlace {
  readonly id: string;
  /** Whether it can be bought now, as far as is known. */
  readonly isEligible: boolean;
  /** Why it is first, what it is behind the first one by, or why it cannot be bought; never empty. */
  readonly reasons: readonly BuyBoxReason[];
}

/**
 * Offers of one variant in the order in which shops show them: those that can be bought by price, then by the vendor's
 * score, then what is in stock before what is on backorder, then by id; behind them the others in the same order.
 */
export function rankOffers(offers: readonly RankedOffer[]): BuyBoxPlace[] {
  const judged = offers.map((offer) => ({ offer, hindrances: hindrancesOf(offer) }));
  const eligible = judged.filter(({ hindrances }) => hindrances.length === 0).map(({ offer }) => offer).toSorted(compare);
  const others = judged.filter(({ hindrances }) => hindrances.length > 0).toSorted((a, b) => a.hindrances.length - b.hindrances.length || compare(a.offer, b.offer));
  return [
    ...eligible.map((offer, at): BuyBoxPlace => ({ id: offer.id, isEligible: true, reasons: [at === 0 ? winsBy(offer, eligible[1]) : losesBy(offer, eligible[0])] })),
    ...others.map(({ offer, hindrances }): BuyBoxPlace => ({ id: offer.id, isEligible: false, reasons: hindrances })),
  ];
}

function hindrancesOf({ isActive, isVendorOpen, priceMinor, isInStock, isBackorder }: RankedOffer): BuyBoxReason[] {
  return [
    ...(isActive ? [] : ['NOT_ACTIVE' as const]), ...(isVendorOpen ? [] : ['VENDOR_CLOSED' as const]),
    ...(priceMinor === undefined ? ['NO_PRICE' as const] : []), ...(isInStock || isBackorder ? [] : ['OUT_OF_STOCK' as const]),
  ];
}

function compare(a: RankedOffer, b: RankedOffer): number {
  return priceOf(a) - priceOf(b) || b.score - a.score || Number(b.isInStock) - Number(a.isInStock) || (a.id < b.id ? -1 : 1);
}

function winsBy(first: RankedOffer, second: RankedOffer | undefined): BuyBoxReason {
  if (!second) return 'ONLY_ONE';
  if (priceOf(first) !== priceOf(second)) return 'LOWEST_PRICE';
  if (first.score !== second.score) return 'BEST_SCORE';
  return first.isInStock === second.isInStock ? 'EQUAL' : 'IN_STOCK';
}

function losesBy(offer: RankedOffer, first: RankedOffer | undefined): BuyBoxReason {
  if (!first || priceOf(offer) !== priceOf(first)) return 'HIGHER_PRICE';
  if (offer.score !== first.score) return 'LOWER_SCORE';
  return offer.isInStock === first.isInStock ? 'EQUAL' : 'ON_BACKORDER';
}

/** Finite, since two that have no price must be equal in it. */
function priceOf({ priceMinor = Number.MAX_SAFE_INTEGER }: RankedOffer): number {
  return priceMinor;
}
