import type { PricingReads } from '../context.js';
import { goodsByOffer } from '../facts/goods.js';
import { flashSales } from '../flash-sale/flash-sale-facts.js';
import { priceFacts } from '../price/price-facts.js';
import { catalogueSales } from '../promotion/promotion-facts.js';
import { taxSettings } from '../tax/tax-rules.js';
import { everybodysPrice, type EverybodysPrice } from './everybodys-price.js';
import type { PricedGoods } from '../engine/pricing-input.js';
import type { Promotion } from '../engine/promotion.js';

/** A price as it is now, and whose. */
export interface ComputedPrice extends EverybodysPrice {
  readonly goods: PricedGoods;
  readonly currency: string;
  readonly isTaxIncluded: boolean;
}

/**
 * What everybody pays for offers now in a currency, by id: five statements whatever their number. Offers of which nothing was
 * said are not in it. The currency is told, since a job does not know its marketplace's.
 */
export async function computePrices(ctx: PricingReads, offerIds: readonly string[], currency: string): Promise<Map<string, ComputedPrice>> {
  const goods = await goodsByOffer(ctx, offerIds);
  const prices = Map.groupBy(await priceFacts(ctx, offerIds, currency), ({ offerId }) => offerId);
  const flash = Map.groupBy(await flashSales(ctx, offerIds), ({ offerId }) => offerId);
  const [sales, { rules }] = [await catalogueSales(ctx, [...new Set([...goods.values()].map(({ vendorId }) => vendorId))]), await taxSettings(ctx)];
  return new Map([...goods].map(([offerId, one]) => {
    const grounds = { now: ctx.clock.now(), currency, goods: one, prices: prices.get(offerId) ?? [], flashSales: flash.get(offerId) ?? [], sales: { ...sales, promotions: sales.promotions.filter(isFor(one)) }, tax: rules };
    return [offerId, { ...everybodysPrice(grounds), goods: one, currency, isTaxIncluded: rules.pricesIncludeTax }];
  }));
}

/** The others cannot count, and there may be many of them. */
function isFor(goods: PricedGoods): (promotion: Promotion) => boolean {
  return ({ vendorId }) => vendorId === null || vendorId === goods.vendorId;
}
