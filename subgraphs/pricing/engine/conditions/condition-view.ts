import type { DeliveryCharge, LineCharge } from '../charge.js';
import type { PricingInput } from '../pricing-input.js';
import type { PromotionEntry } from '../promotion-entry.js';
import type { WorkingCart } from '../working-cart.js';

/** What a promotion may look at: of a vendor's promotion, this vendor's goods and delivery only. */
export interface ConditionView {
  readonly input: PricingInput;
  readonly entry: PromotionEntry;
  readonly lines: readonly LineCharge[];
  readonly deliveries: readonly DeliveryCharge[];
}

/** The view of a promotion on a cart as it is now. */
export function viewOf(cart: WorkingCart, entry: PromotionEntry): ConditionView {
  const { vendorId } = entry.promotion;
  const sees = (charge: { readonly vendorId: string }): boolean => vendorId === null || charge.vendorId === vendorId;
  return { input: cart.opened.input, entry, lines: cart.lines.filter(sees), deliveries: cart.deliveries.filter(sees) };
}
