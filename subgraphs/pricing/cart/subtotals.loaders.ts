import { loader } from '@haat/kit/loader';
import type { PricingContext } from '../context.js';
import { knownGoods } from '../facts/described-goods.js';
import type { PricingLine } from '../engine/pricing-input.js';
import { priceCart } from '../engine/price-cart.js';
import { priceFacts } from '../price/price-facts.js';
import type { QuoteWish } from '../quote/quoted-cart.js';
import { taxFacts } from '../tax/tax-rules.js';

/** A vendor's part of a cart, with what it is priced of. */
export interface PricedGroup {
  readonly groupId: string;
  readonly wish: QuoteWish;
}

/**
 * What the goods of each vendor's part are worth at unit price: four statements, and an ask where goods are new, for however
 * many parts. By the same engine as the whole cart, without promotions.
 */
export function subtotalByGroup(ctx: PricingContext) {
  return loader(async (groups: readonly PricedGroup[]) => {
    const offerIds = [...new Set(groups.flatMap(({ wish }) => wish.lines.map(({ offerId }) => offerId)))];
    const [goods, prices, { rules }] = [await knownGoods(ctx, offerIds), await priceFacts(ctx, offerIds, ctx.tenant.currency), await taxFacts(ctx, groups.flatMap(({ wish }) => wish.destination?.country ?? []))];
    return new Map(groups.map(({ groupId, wish }) => {
      const lines: PricingLine[] = wish.lines.flatMap(({ lineId, offerId, quantity }) => {
        const one = goods.get(offerId);
        return one ? [{ ...one, lineId, quantity }] : [];
      });
      const cart = priceCart({
        currency: ctx.tenant.currency, now: ctx.clock.now(), lines, prices, tax: rules, flashSales: [], promotions: [], budgets: [], coupons: [], shipping: [], channel: null, paymentChoice: null, search: 'BY_PRIORITY',
        destination: wish.destination ?? { ...rules.home, postalCode: null },
        buyer: { kind: wish.buyer.userId ? 'PERSON' : 'GUEST', userId: wish.buyer.userId, companyId: null, emailHash: null, groups: [], ordersBefore: null },
      });
      return [groupId, cart.totals.subtotalMinor];
    }));
  }, { key: ({ groupId }) => groupId });
}
