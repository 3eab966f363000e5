import type { BuyerKind } from './pricing-input.js';

/** What must hold for a promotion. Values inside a list are alternatives; limits that are null do not limit. */
export type Condition =
  | CartValueCondition
  | CartQuantityCondition
  | ProductCondition
  | CategoryCondition
  | AttributeCondition
  | VendorCondition
  | NthOrderCondition
  | CountryCondition
  | TimeCondition
  | CouponCondition
  | BudgetCondition
  | CurrencyCondition
  | BuyerCondition
  | ChannelCondition
  | PaymentCondition
  | ShippingMethodCondition;

/** A condition's name. */
export type ConditionKind = Condition['kind'];

/** The goods are worth enough and not too much, in the promotion's currency. A gap is told in money. */
export interface CartValueCondition {
  readonly kind: 'CART_VALUE';
  readonly minMinor: number | null;
  readonly maxMinor: number | null;
  /** At unit price, after flash sales and catalogue promotions, or after everything that came before. */
  readonly when: 'BEFORE_CATALOGUE' | 'AFTER_CATALOGUE' | 'NOW';
  /** As prices are written, or without or with the taxes of the destination. */
  readonly tax: 'AS_PRICED' | 'NET' | 'GROSS';
}

/** The cart holds enough pieces and not too many. A gap is told in pieces. */
export interface CartQuantityCondition {
  readonly kind: 'CART_QUANTITY';
  readonly min: number | null;
  readonly max: number | null;
}

/** What conditions on goods have in common: how many pieces of them, and what they are worth at unit price. */
export interface GoodsAtLeast {
  /** At least 1. */
  readonly minQuantity: number;
  readonly minMinor: number | null;
}

/** The cart holds some of these; ids of products, variants or offers. */
export interface ProductCondition extends GoodsAtLeast {
  readonly kind: 'PRODUCT';
  readonly ids: readonly string[];
}

/** The cart holds goods of one of these categories, or of one below. */
export interface CategoryCondition extends GoodsAtLeast {
  readonly kind: 'CATEGORY';
  readonly categoryIds: readonly string[];
}

/** The cart holds goods with one of these values of an attribute. */
export interface AttributeCondition extends GoodsAtLeast {
  readonly kind: 'ATTRIBUTE';
  readonly code: string;
  readonly values: readonly string[];
}

/** The cart holds goods of one of these vendors. */
export interface VendorCondition extends GoodsAtLeast {
  readonly kind: 'VENDOR';
  readonly vendorIds: readonly string[];
}

/** This would be the buyer's so-and-so-manieth order, counted from 1. A buyer whose orders are not known is not eligible. */
export interface NthOrderCondition {
  readonly kind: 'NTH_ORDER';
  readonly min: number | null;
  readonly max: number | null;
  /** Every so many orders: 10 is the 10th, 20th, and so on. */
  readonly every: number | null;
}

/** It goes to one of these countries, and to one of these regions where any are named. */
export interface CountryCondition {
  readonly kind: 'COUNTRY';
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  readonly regions: readonly string[];
}

/** A time of the week; the promotion's own `from` and `until` say from which day to which. */
export interface TimeCondition {
  readonly kind: 'TIME';
  /** IANA, such as `Asia/Dhaka`. */
  readonly timeZone: string;
  /** ISO 8601: 1 is Monday, 7 is Sunday; empty is every day. */
  readonly days: readonly number[];
  /** Minutes since midnight, from 0. */
  readonly fromMinute: number;
  /** Up to 1440; before `fromMinute` it is past midnight, and `days` are those on which the window begins. */
  readonly untilMinute: number;
}

/** One of its coupons is in the cart and good. Without a coupon nobody hears of the promotion. */
export interface CouponCondition {
  readonly kind: 'COUPON';
}

/** At least so much is left of its budget. Without this condition any rest will do. */
export interface BudgetCondition {
  readonly kind: 'BUDGET';
  readonly minLeftMinor: number;
}

/** The cart is in one of these currencies. */
export interface CurrencyCondition {
  readonly kind: 'CURRENCY';
  readonly currencies: readonly string[];
}

/** The buyer is of a kind, and in a group. Empty lists do not limit. */
export interface BuyerCondition {
  readonly kind: 'BUYER';
  readonly kinds: readonly BuyerKind[];
  readonly groups: readonly string[];
}

/** The cart came by one of these channels. */
export interface ChannelCondition {
  readonly kind: 'CHANNEL';
  readonly channels: readonly string[];
}

/** It is paid in one of these ways. Not chosen yet is not eligible yet. */
export interface PaymentCondition {
  readonly kind: 'PAYMENT';
  readonly choices: readonly string[];
}

/** A delivery in the cart is by one of these methods; for effects on shipping, the others are left alone. */
export interface ShippingMethodCondition {
  readonly kind: 'SHIPPING_METHOD';
  readonly methodIds: readonly string[];
}
