import { invariant } from '@haat/kit/invariant';
import type { DeliveryCharge, LineCharge } from './charge.js';
import { taxRows, totalRows } from './closing-rows.js';
import type { PricedCart, RejectedPromotion } from './priced-cart.js';
import { pricedLine, pricedVendor, totalsOf } from './priced-parts.js';
import { cannot } from './shortfall.js';
import type { Deal } from './stacking/best-deal.js';
import { taxCart, type TaxedCharge } from './tax/tax-cart.js';

/** Taxes a cart whose promotions are through, and adds it up. */
export function closeCart({ cart, setAside }: Deal, rejectedCoupons: readonly RejectedPromotion[]): PricedCart {
  const { input, withoutPrice } = cart.opened;
  const included = input.tax.pricesIncludeTax;
  const taxed = taxCart(cart);
  const lines = cart.lines.map((line) => pricedLine(line, known(taxed, line), included));
  const vendors = cart.deliveries.map((delivery) => pricedVendor(delivery, taxed.get(delivery), lines.filter(({ vendorId }) => vendorId === delivery.vendorId), included));
  const totals = totalsOf(vendors, included);
  const charges = [...cart.lines, ...cart.deliveries].flatMap((charge) => taxRows(charge, taxed.get(charge) ?? { netMinor: 0, taxes: [] }, included));
  return {
    currency: input.currency, taxIncluded: included, lines, vendors, totals, withoutPrice,
    applied: cart.applied,
    rejected: [...rejectedCoupons, ...cart.rejected, ...setAside.map(rejectionOf)],
    redemptions: cart.redemptions, quotas: cart.quotas, budgets: cart.budgets, byNumber: cart.byNumber, gifts: cart.gifts, cuts: cart.cuts,
    trace: [...cart.rows, ...charges, ...totalRows({ vendors, totals })],
  };
}

function known(taxed: ReadonlyMap<LineCharge | DeliveryCharge, TaxedCharge>, line: LineCharge): TaxedCharge {
  const found = taxed.get(line);
  invariant(found !== undefined, `No taxes of ${line.lineId}.`);
  return found;
}

function rejectionOf({ promotion, coupon }: Deal['setAside'][number]): RejectedPromotion {
  return { promotionId: promotion.promotionId, couponCode: coupon?.code ?? null, name: promotion.name, ...cannot('NOT_COMBINABLE') };
}
