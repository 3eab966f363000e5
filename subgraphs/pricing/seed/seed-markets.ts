import { everything, type Effect } from '../engine/effect.js';
import type { Condition } from '../engine/condition.js';
import { PromotionClass } from '../promotion/promotion-enums.js';
import { TaxReason } from '../tax/tax-class.js';

/** A marketplace of the demonstration, as pricing fills it. */
export interface SeedMarket {
  readonly slug: string;
  readonly currency: string;
  readonly country: string;
  readonly pricesIncludeTax: boolean;
  readonly taxName: string;
  /** Key, name, parts per million, reason. */
  readonly classes: readonly (readonly [string, string, number, TaxReason])[];
  readonly shippingTaxClass: string;
  /** From how much on delivery is free, in minor units. */
  readonly freeShippingFromMinor: number;
  /** Slugs of the categories of the sale, and of buy two, get one. */
  readonly saleCategory: string;
  readonly threeForTwoCategory: string;
}

/** Acme sells without tax, as Bangladesh writes it on the bill; Nordic with it, as the European Union wants it shown. */
export const seedMarkets: readonly SeedMarket[] = [
  {
    slug: 'acme', currency: 'BDT', country: 'BD', pricesIncludeTax: false, taxName: 'VAT', shippingTaxClass: 'standard', freeShippingFromMinor: 500_000, saleCategory: 'pottery', threeForTwoCategory: 'soap',
    classes: [['standard', 'Standard', 150_000, TaxReason.STANDARD], ['reduced', 'Food', 50_000, TaxReason.REDUCED], ['books', 'Books', 0, TaxReason.EXEMPT], ['zero', 'Zero-rated goods', 0, TaxReason.ZERO_RATED]],
  },
  {
    slug: 'nordic', currency: 'EUR', country: 'SE', pricesIncludeTax: true, taxName: 'Moms', shippingTaxClass: 'standard', freeShippingFromMinor: 6_900, saleCategory: 'tableware', threeForTwoCategory: 'soap',
    classes: [['standard', 'Standard', 250_000, TaxReason.STANDARD], ['reduced', 'Food', 120_000, TaxReason.REDUCED], ['books', 'Books', 60_000, TaxReason.REDUCED], ['zero', 'Zero-rated goods', 0, TaxReason.ZERO_RATED]],
  },
];

/** A promotion of the demonstration. */
export interface SeedPromotion {
  readonly key: string;
  readonly name: string;
  readonly class: PromotionClass;
  readonly conditions: readonly Condition[];
  readonly effects: readonly Effect[];
  readonly combinesWith: readonly PromotionClass[];
  /** Codes that open it, with how often one customer may use each. */
  readonly codes: readonly { readonly code: string; readonly usesPerBuyerMax: number | null; readonly isForFirstOrder: boolean }[];
}

/** What makes things cheaper in a marketplace; `categoryOf` says the id of a category. */
export function seedPromotions(market: SeedMarket, categoryOf: (slug: string) => string): SeedPromotion[] {
  const soap = { ...everything, categoryIds: [categoryOf(market.threeForTwoCategory)] };
  const { CATALOGUE, LINE, ORDER, SHIPPING } = PromotionClass;
  return [
    {
      key: 'welcome', name: 'Welcome: 10 % off', class: ORDER, combinesWith: [CATALOGUE, LINE, SHIPPING], conditions: [{ kind: 'COUPON' }], effects: [{ kind: 'PERCENT_OFF', ppm: 100_000, on: 'ORDER', target: null }],
      codes: [{ code: 'WELCOME10', usesPerBuyerMax: null, isForFirstOrder: false }, { code: 'FIRST10', usesPerBuyerMax: 1, isForFirstOrder: true }],
    },
    {
      key: 'three-for-two', name: 'Buy two soaps, get one free', class: LINE, combinesWith: [CATALOGUE, ORDER, SHIPPING], conditions: [], codes: [],
      effects: [{ kind: 'BUY_X_GET_Y', buy: { target: soap, quantity: 2 }, get: { target: soap, quantity: 1 }, ppm: 1_000_000, timesMax: null }],
    },
    {
      key: 'free-shipping', name: 'Free delivery of larger orders', class: SHIPPING, combinesWith: [CATALOGUE, LINE, ORDER], codes: [], effects: [{ kind: 'FREE_SHIPPING', capMinor: null, target: null }],
      conditions: [{ kind: 'CART_VALUE', minMinor: market.freeShippingFromMinor, maxMinor: null, when: 'NOW', tax: 'AS_PRICED' }],
    },
    {
      key: 'category-sale', name: `A fifth off: ${market.saleCategory}`, class: CATALOGUE, combinesWith: [LINE, ORDER, SHIPPING], conditions: [], codes: [],
      effects: [{ kind: 'PERCENT_OFF', ppm: 200_000, on: 'LINE', target: { ...everything, categoryIds: [categoryOf(market.saleCategory)] } }],
    },
  ];
}
