import { chargeOfDelivery, chargeOfLine, type DeliveryCharge, type LineCharge } from './charge.js';
import type { OpenedCart } from './open-cart.js';
import type { AppliedPromotion, Cut, PricedCart, RejectedPromotion, TraceRow, WantedGift } from './priced-cart.js';

/** A cart on its way through the promotions of one evaluation; made anew for each. */
export interface WorkingCart {
  readonly opened: OpenedCart;
  readonly lines: readonly LineCharge[];
  readonly deliveries: readonly DeliveryCharge[];
  readonly applied: AppliedPromotion[];
  readonly rejected: RejectedPromotion[];
  readonly redemptions: PricedCart['redemptions'][number][];
  readonly quotas: PricedCart['quotas'][number][];
  readonly budgets: PricedCart['budgets'][number][];
  readonly byNumber: string[];
  readonly gifts: WantedGift[];
  readonly cuts: Cut[];
  readonly rows: TraceRow[];
}

/** A cart that no promotion has touched. */
export function workingCart(opened: OpenedCart): WorkingCart {
  return {
    opened, lines: opened.lines.map(chargeOfLine), deliveries: opened.deliveries.map(chargeOfDelivery),
    applied: [], rejected: [], redemptions: [], quotas: [], budgets: [], byNumber: [], gifts: [], cuts: [], rows: [],
  };
}
