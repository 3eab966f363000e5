import type { KnownCoupon } from '../coupon-state.js';
import { everything, type Effect, type Target } from '../effect.js';
import type { FlashSale } from '../flash-sale.js';
import type { PriceFact } from '../price-fact.js';
import type { PricingInput, PricingLine } from '../pricing-input.js';
import type { Promotion } from '../promotion.js';
import type { TaxRateRule, TaxRules } from '../tax-rules.js';

/** The moment at which test carts are priced: a Saturday noon in UTC. */
export const noon = new Date('2026-11-21T12:00:00Z');

/** A line; `lineId` names the offer too, unless one is given, and the vendor is A. */
export function aLine(lineId: string, quantity: number, facts: Partial<PricingLine> = {}): PricingLine {
  return {
    lineId, quantity, offerId: lineId, productId: `product-${lineId}`, variantId: `variant-${lineId}`, vendorId: 'A',
    categoryPaths: [], attributes: [], productType: 'thing', taxClass: 'standard', weightGrams: null, floorMinor: null, ...facts,
  };
}

/** An offer's own price. */
export function aPrice(offerId: string, amountMinor: number, facts: Partial<PriceFact> = {}): PriceFact {
  return { priceId: `price-${offerId}`, offerId, currency: 'BDT', amountMinor, compareAtMinor: null, list: null, minQuantity: 1, from: null, until: null, ...facts };
}

/** A promotion that combines with everything and that the platform pays for. */
export function aPromotion(promotionId: string, effects: readonly Effect[], facts: Partial<Promotion> = {}): Promotion {
  return {
    promotionId, name: promotionId, class: 'LINE', priority: 0, vendorId: null, currency: null, from: null, until: null, conditions: [], effects,
    exclusiveGroup: null, combinesWith: ['CATALOGUE', 'LINE', 'ORDER', 'SHIPPING'], stopProcessing: false, maxDiscountMinor: null, platformPpm: 1_000_000, ...facts,
  };
}

/** A coupon without limits. */
export function aCoupon(code: string, promotionId: string, facts: Partial<KnownCoupon> = {}): KnownCoupon {
  return {
    kind: 'KNOWN', code, couponId: `coupon-${code}`, promotionId, from: null, until: null, isEnded: false, usesMax: null, used: 0, usesPerBuyerMax: null, usedByBuyer: 0,
    usesPerDayMax: null, usedToday: 0, isForFirstOrder: false, userIds: [], emailHashes: [], ...facts,
  };
}

/** A flash sale of an hour around noon, without limits. */
export function aFlashSale(offerId: string, priceMinor: number, facts: Partial<FlashSale> = {}): FlashSale {
  return {
    flashSaleId: `flash-${offerId}`, name: `flash ${offerId}`, offerId, currency: 'BDT', priceMinor, from: new Date(noon.getTime() - 3_600_000), until: new Date(noon.getTime() + 3_600_000),
    piecesLeft: null, piecesPerBuyerMax: null, piecesTakenByBuyer: 0, platformPpm: 0, combinesWith: ['CATALOGUE', 'LINE', 'ORDER', 'SHIPPING'], ...facts,
  };
}

/** One tax of standard goods in Bangladesh. */
export function aRate(ratePpm: number, facts: Partial<TaxRateRule> = {}): TaxRateRule {
  return {
    ruleId: `rate-${ratePpm}`, code: 'VAT', taxClass: 'standard', country: 'BD', region: null, regionNames: [], postalPrefixes: [], buyerKinds: [], from: null, until: null,
    jurisdiction: 'BD', name: 'VAT', ratePpm, basePpm: 1_000_000, isCompound: false, position: 0, reason: 'STANDARD', ...facts,
  };
}

/** Taxes on top, rounded half up by the line, delivery as standard goods. */
export function theRules(rates: readonly TaxRateRule[], facts: Partial<TaxRules> = {}): TaxRules {
  return {
    home: { country: 'BD', region: null }, pricesIncludeTax: false, abroad: 'KEEP_GROSS', rounding: 'HALF_UP', level: 'LINE',
    shipping: { kind: 'OWN_CLASS', taxClass: 'standard' }, rates, ...facts,
  };
}

/** A cart of taka without tax, by a person with an account. */
export function aCart(facts: Partial<PricingInput>): PricingInput {
  return {
    currency: 'BDT', now: noon, lines: [], prices: [], flashSales: [], promotions: [], budgets: [], coupons: [], shipping: [],
    destination: { country: 'BD', region: null, postalCode: null },
    buyer: { kind: 'PERSON', userId: 'user-1', companyId: null, emailHash: 'hash-1', groups: [], ordersBefore: 0 },
    channel: null, paymentChoice: null, tax: theRules([aRate(0)]), search: 'BY_PRIORITY', ...facts,
  };
}

/** A cart of goods: offer, pieces, price of each. */
export function aCartOf(goods: readonly (readonly [offerId: string, quantity: number, eachMinor: number, facts?: Partial<PricingLine>])[], facts: Partial<PricingInput> = {}): PricingInput {
  return aCart({
    lines: goods.map(([offerId, quantity, , of]) => aLine(offerId, quantity, of)),
    prices: goods.map(([offerId, , eachMinor]) => aPrice(offerId, eachMinor, { currency: facts.currency ?? 'BDT' })),
    ...facts,
  });
}

/** A target by some of its lists. */
export function aTarget(lists: Partial<Target>): Target {
  return { ...everything, ...lists };
}

/** Targets of goods by their ids. */
export const these = (...ids: string[]): Target => aTarget({ ids });
