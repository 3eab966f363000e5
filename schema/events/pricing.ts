import { z } from 'zod';
import { defineEvent } from '../event.js';
import { currencyCode, minorAmount } from '../parts.js';

/** What everybody pays for one piece of an offer now: base or list price after catalogue promotions and flash sales. */
export const priceChanged = defineEvent({
  producer: 'pricing', name: 'price-changed', version: 1, aggregate: 'offer-price',
  description: 'What everybody pays for one piece of an offer changed: a price was set or taken away, or a sale began or ended.',
  payload: z.object({
    offerId: z.string(),
    productId: z.string(),
    variantId: z.string(),
    vendorId: z.string(),
    currency: currencyCode,
    /** Absent where the offer has no price any more: it cannot be bought. */
    price: z.object({
      currentMinor: minorAmount,
      compareAtMinor: minorAmount.optional(),
      lowest30DaysMinor: minorAmount.optional(),
      taxIncluded: z.boolean(),
      /** RFC 3339; when this price ends by itself. */
      endsAt: z.string().optional(),
    }).optional(),
  }),
});

const ids = z.array(z.string());

/** Goods of which every list that is not empty holds by one of its values, and of `excluded…` none; categories with all below them. */
export const promotedGoods = z.object({
  productIds: ids, categoryIds: ids, vendorIds: ids, productTypes: ids,
  /** Each must hold by one of its values, every kind of value as text. */
  attributes: z.array(z.object({ code: z.string(), values: z.array(z.string()) })),
  excludedProductIds: ids, excludedCategoryIds: ids,
});

/** What a promotion event says. Empty lists mean: not limited by it. */
export const promotionState = z.object({
  promotionId: z.string(),
  name: z.string(),
  class: z.enum(['CATALOGUE', 'LINE', 'ORDER', 'SHIPPING']),
  vendorIds: z.array(z.string()),
  productIds: z.array(z.string()),
  categoryIds: z.array(z.string()),
  /** What it is given on, as alternatives; with none of them nothing can be named. Where it is absent, as it was once, the three lists tell. */
  goods: z.array(promotedGoods).optional(),
  from: z.string().optional(),
  until: z.string().optional(),
});

/** A promotion counts from now on. */
export const promotionStarted = defineEvent({ producer: 'pricing', name: 'promotion-started', version: 1, aggregate: 'promotion', description: 'A promotion counts from now on.', payload: promotionState });

/** A promotion counts no more. */
export const promotionEnded = defineEvent({ producer: 'pricing', name: 'promotion-ended', version: 1, aggregate: 'promotion', description: 'A promotion counts no more: its time or budget is over, or it was ended.', payload: promotionState });

/** An order used a coupon, or gave it back. */
export const couponRedeemed = defineEvent({
  producer: 'pricing', name: 'coupon-redeemed', version: 1, aggregate: 'coupon',
  description: 'An order used a coupon, or gave it back when it died.',
  payload: z.object({ couponId: z.string(), promotionId: z.string(), orderId: z.string(), state: z.enum(['REDEEMED', 'GIVEN_BACK']), used: z.int().min(0) }),
});
