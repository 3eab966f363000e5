import type { PromotionClass } from './promotion.js';

/** What a promotion gives. `effectKindsOf` says which a class may have. */
export type Effect =
  | PercentOff
  | AmountOff
  | FixedPrice
  | BundlePrice
  | Tiered
  | CheapestFree
  | BuyXGetY
  | Gift
  | FreeShipping;

/** An effect's name. */
export type EffectKind = Effect['kind'];

/**
 * Which lines. All lists that are not empty must hold, each by one of its values; an empty target is every line. `excluded…`
 * take away again.
 */
export interface Target {
  /** Products, variants or offers. */
  readonly ids: readonly string[];
  readonly categoryIds: readonly string[];
  readonly vendorIds: readonly string[];
  readonly productTypes: readonly string[];
  /** Each must hold by one of its values. */
  readonly attributes: readonly { readonly code: string; readonly values: readonly string[] }[];
  readonly excludedIds: readonly string[];
  readonly excludedCategoryIds: readonly string[];
  /** Lines that anything made cheaper already are left alone. */
  readonly excludesDiscounted: boolean;
}

/**
 * Null is the lines that the promotion's conditions on goods name: of several kinds of conditions all, of several of one kind
 * any; every line where there are none.
 */
export type TargetOrNamed = Target | null;

/**
 * Each line by itself, each vendor's goods together, all goods together (the two latter are split over lines), or the delivery of each
 * vendor that has lines of the target.
 */
export type Scope = 'LINE' | 'GROUP' | 'ORDER' | 'SHIPPING';

/** A percentage off. */
export interface PercentOff {
  readonly kind: 'PERCENT_OFF';
  /** Above 0, at most 1000000. */
  readonly ppm: number;
  readonly on: Scope;
  readonly target: TargetOrNamed;
}

/** An amount off: each piece, each line, each vendor's goods, the order once, or each vendor's delivery. */
export interface AmountOff {
  readonly kind: 'AMOUNT_OFF';
  /** Above 0. */
  readonly amountMinor: number;
  readonly on: 'PIECE' | Scope;
  readonly target: TargetOrNamed;
}

/** Each piece costs this, where it costs more. */
export interface FixedPrice {
  readonly kind: 'FIXED_PRICE';
  readonly priceMinor: number;
  readonly target: TargetOrNamed;
}

/** These together cost this, as often as the cart holds them, dearest pieces first. */
export interface BundlePrice {
  readonly kind: 'BUNDLE_PRICE';
  /** One to ten; a piece counts for one item only. */
  readonly items: readonly { readonly target: Target; readonly quantity: number }[];
  readonly priceMinor: number;
  readonly timesMax: number | null;
}

/** The more, the cheaper: the highest tier that is reached counts. */
export interface Tiered {
  readonly kind: 'TIERED';
  /** Pieces of the target, or what they are worth now. */
  readonly by: 'QUANTITY' | 'VALUE';
  /** Measured and given per line, per vendor, for the order, or measured on a vendor's goods and given on its delivery. */
  readonly on: Scope;
  /** One to twenty, `from` rising. */
  readonly tiers: readonly Tier[];
  readonly target: TargetOrNamed;
}

/** From so many pieces or so much money on: a percentage or an amount. */
export type Tier =
  | { readonly from: number; readonly off: 'PERCENT'; readonly ppm: number }
  | { readonly from: number; readonly off: 'AMOUNT'; readonly amountMinor: number };

/** Of every so many pieces of the target, the cheapest so many of all are free: 1 of every 3 of seven pieces is the two cheapest. */
export interface CheapestFree {
  readonly kind: 'CHEAPEST_FREE';
  /** Below `ofEvery`. */
  readonly pieces: number;
  readonly ofEvery: number;
  readonly timesMax: number | null;
  readonly target: TargetOrNamed;
}

/** For every so many pieces bought, so many other pieces are a percentage cheaper, the cheapest first; 1000000 is free. */
export interface BuyXGetY {
  readonly kind: 'BUY_X_GET_Y';
  readonly buy: { readonly target: Target; readonly quantity: number };
  readonly get: { readonly target: Target; readonly quantity: number };
  readonly ppm: number;
  readonly timesMax: number | null;
}

/**
 * Pieces of an offer for nothing. Those that the cart holds cost nothing; those it lacks are told as wanted. Lines of the offer do not count
 * for the promotion's own conditions: nobody earns a gift by buying it.
 */
export interface Gift {
  readonly kind: 'GIFT';
  readonly offerId: string;
  /** At least 1, once per cart. */
  readonly quantity: number;
}

/** The delivery of each vendor that has lines of the target is free, up to an amount. */
export interface FreeShipping {
  readonly kind: 'FREE_SHIPPING';
  /** The most that is taken off one delivery; null is all of it. */
  readonly capMinor: number | null;
  readonly target: TargetOrNamed;
}

/** A target that leaves nothing out. */
export const everything: Target = {
  ids: [], categoryIds: [], vendorIds: [], productTypes: [], attributes: [], excludedIds: [], excludedCategoryIds: [], excludesDiscounted: false,
};

/** The effects that promotions of a class may have, with the scopes they may have in it. */
export const effectKindsOf: Readonly<Record<PromotionClass, Partial<Record<EffectKind, readonly string[]>>>> = {
  CATALOGUE: { PERCENT_OFF: ['LINE'], AMOUNT_OFF: ['PIECE'], FIXED_PRICE: [] },
  LINE: { PERCENT_OFF: ['LINE'], AMOUNT_OFF: ['PIECE', 'LINE'], FIXED_PRICE: [], BUNDLE_PRICE: [], TIERED: ['LINE'], CHEAPEST_FREE: [], BUY_X_GET_Y: [], GIFT: [] },
  ORDER: { PERCENT_OFF: ['GROUP', 'ORDER'], AMOUNT_OFF: ['GROUP', 'ORDER'], TIERED: ['GROUP', 'ORDER'], GIFT: [] },
  SHIPPING: { PERCENT_OFF: ['SHIPPING'], AMOUNT_OFF: ['SHIPPING'], TIERED: ['SHIPPING'], FREE_SHIPPING: [] },
};
