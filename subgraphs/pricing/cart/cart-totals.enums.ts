import { CouponRejectedReason } from '@haat/kit/shared-types';
import { registerEnumType } from 'type-graphql';
import type { RejectedReason } from '../engine/priced-cart.js';

/** Where a number changed. */
export enum PriceTraceStep {
  BASE = 'BASE', LIST = 'LIST', DESTINATION = 'DESTINATION', CATALOGUE = 'CATALOGUE', LINE = 'LINE', ORDER = 'ORDER', SHIPPING = 'SHIPPING', SHIPPING_PROMOTION = 'SHIPPING_PROMOTION', TAX = 'TAX', TOTAL = 'TOTAL',
}

registerEnumType(PriceTraceStep, {
  name: 'PriceTraceStep',
  description: 'Where a number of a cart changed, in the order of the computation.',
  valuesConfig: {
    BASE: { description: "The offer's own price, times the quantity." },
    LIST: { description: 'A price list or a tier made it another one.' },
    DESTINATION: { description: 'The taxes of the destination changed the price.' },
    CATALOGUE: { description: 'A flash sale or a catalogue promotion.' },
    LINE: { description: 'A promotion on lines of the cart.' },
    ORDER: { description: 'A promotion on the order, spread over its lines.' },
    SHIPPING: { description: 'The price of a delivery was added.' },
    SHIPPING_PROMOTION: { description: 'A promotion on a delivery.' },
    TAX: { description: 'A tax that prices do not hold.' },
    TOTAL: { description: 'A sum of a part or of the whole.' },
  },
});

/** Why a promotion gives nothing. */
export enum PromotionRejectedReason {
  NOT_STARTED = 'NOT_STARTED', EXPIRED = 'EXPIRED', BELOW_MINIMUM = 'BELOW_MINIMUM', NO_MATCHING_GOODS = 'NO_MATCHING_GOODS', NOT_ELIGIBLE = 'NOT_ELIGIBLE', NOT_COMBINABLE = 'NOT_COMBINABLE',
  BUDGET_SPENT = 'BUDGET_SPENT', USED_UP = 'USED_UP', CUSTOMER_LIMIT = 'CUSTOMER_LIMIT',
}

registerEnumType(PromotionRejectedReason, {
  name: 'PromotionRejectedReason',
  description: 'Why a promotion gives nothing to a cart as it is.',
  valuesConfig: {
    NOT_STARTED: { description: 'It does not count yet.' },
    EXPIRED: { description: 'It counts no more.' },
    BELOW_MINIMUM: { description: 'The cart is below its minimum.' },
    NO_MATCHING_GOODS: { description: 'Nothing in the cart is covered by it.' },
    NOT_ELIGIBLE: { description: 'It is for other buyers, places or times.' },
    NOT_COMBINABLE: { description: 'Something else that counts excludes it.' },
    BUDGET_SPENT: { description: 'Nothing is left of its budget.' },
    USED_UP: { description: 'Its pieces are sold out.' },
    CUSTOMER_LIMIT: { description: 'This buyer has had as much as one may.' },
  },
});

/** A reason of the engine as promotions have it; those that only coupons have never stand beside a promotion alone. */
export function promotionReason(reason: RejectedReason): PromotionRejectedReason {
  return reason in PromotionRejectedReason ? PromotionRejectedReason[reason as PromotionRejectedReason] : PromotionRejectedReason.NOT_ELIGIBLE;
}

/** The same as coupons have it, which know no budget. */
export function couponReason(reason: RejectedReason): CouponRejectedReason {
  return reason === 'BUDGET_SPENT' ? CouponRejectedReason.USED_UP : CouponRejectedReason[reason];
}
