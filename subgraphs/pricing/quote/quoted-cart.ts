import type { pricingQuote } from '@haat/schema/asks/pricing';
import type { z } from 'zod';
import type { PricingContext } from '../context.js';
import { couponStates } from '../coupon/coupon-states.js';
import type { CouponState } from '../engine/coupon-state.js';
import { priceCart } from '../engine/price-cart.js';
import type { PricedCart } from '../engine/priced-cart.js';
import type { Promotion } from '../engine/promotion.js';
import type { PricingBuyer, PricingLine } from '../engine/pricing-input.js';
import { knownGoods } from '../facts/described-goods.js';
import { flashSales } from '../flash-sale/flash-sale-facts.js';
import { priceFacts } from '../price/price-facts.js';
import { openPromotions } from '../promotion/promotion-facts.js';
import { ordersBefore } from '../redemption/orders-before.js';
import { unclearRegion } from '../engine/tax/unclear-region.js';
import { subjectsOf } from '../redemption/subjects.js';
import { taxFacts } from '../tax/tax-rules.js';

/** What a cart is priced of. */
export type QuoteWish = z.infer<typeof pricingQuote.input>;

/** A cart with its numbers, and offers of which nobody knows anything. */
export interface QuotedCart {
  readonly cart: PricedCart;
  readonly unknownOffers: readonly string[];
  /** What was asked whether it counts. */
  readonly promotions: readonly Promotion[];
  /** The regions of which the destination must name one, where some tax would be escaped by how it names its own. */
  readonly regionsExpected: readonly string[];
}

/**
 * Prices a cart by the engine: at most nine statements and one ask, whatever the number of lines. Nothing is consumed by it; codes that
 * nobody has are counted as tries.
 */
export async function quotedCart(ctx: PricingContext, wish: QuoteWish): Promise<QuotedCart> {
  const offerIds = [...new Set(wish.lines.map(({ offerId }) => offerId))];
  const subjects = subjectsOf(wish.buyer, wish);
  const goods = await knownGoods(ctx, offerIds);
  const lines: PricingLine[] = wish.lines.flatMap(({ lineId, offerId, quantity }) => {
    const one = goods.get(offerId);
    return one ? [{ ...one, lineId, quantity }] : [];
  });
  const coupons = await couponStates(ctx, wish.couponCodes, subjects);
  const { rules, search } = await taxFacts(ctx, wish.destination ? [wish.destination.country] : []);
  const vendorIds = [...new Set(lines.map(({ vendorId }) => vendorId))];
  const [now, buyer] = [ctx.clock.now(), buyerOf(wish, subjects.length === 0 ? null : await ordersBefore(ctx, subjects))];
  const facts = await openPromotions(ctx, { vendorIds, byCoupon: promotionsOf(coupons) });
  const cart = priceCart({
    currency: ctx.tenant.currency, now, buyer, lines, coupons, tax: rules, search, channel: null,
    prices: await priceFacts(ctx, offerIds, ctx.tenant.currency),
    flashSales: await flashSales(ctx, offerIds, subjects),
    ...facts,
    shipping: wish.shipping, destination: wish.destination ?? { ...rules.home, postalCode: null }, paymentChoice: wish.paymentChoice,
  });
  const regionsExpected = wish.destination ? unclearRegion(rules, { place: wish.destination, buyerKind: buyer.kind, now }) : [];
  return { cart, regionsExpected, promotions: facts.promotions, unknownOffers: offerIds.filter((id) => !goods.has(id)) };
}

function promotionsOf(coupons: readonly CouponState[]): string[] {
  return coupons.flatMap((coupon) => (coupon.kind === 'KNOWN' ? [coupon.promotionId] : []));
}

/** A guest without an e-mail address may have ordered before: nobody can know. */
function buyerOf({ buyer: { userId }, emailHash }: QuoteWish, orders: number | null): PricingBuyer {
  return { kind: userId ? 'PERSON' : 'GUEST', userId, companyId: null, emailHash, groups: [], ordersBefore: userId || emailHash ? orders : null };
}
