import { Money } from '@haat/kit/money';
import type { PricedCart, PricedLine, PricedVendor, RejectedPromotion as Rejected } from '../engine/priced-cart.js';
import type { QuotedCart } from '../quote/quoted-cart.js';
import { couponReason, promotionReason, PriceTraceStep } from './cart-totals.enums.js';
import { CartLineTotals, CartTotals, CartVendorTotals, LineTax, PriceTraceRow } from './cart-totals.type.js';
import { TaxReason } from '../tax/tax-class.js';

type ToMoney = (minor: number) => Money;

/** A cart's numbers as clients see them. */
export function totalsOf({ cart, unknownOffers }: QuotedCart): CartTotals {
  const money: ToMoney = (minor) => Money.of(minor, cart.currency);
  return Object.assign(new CartTotals(), {
    ...sumsOf(cart.totals, money), taxIncluded: cart.taxIncluded, lines: cart.lines.map((line) => lineOf(line, money)), vendors: cart.vendors.map((vendor) => vendorOf(vendor, money)),
    priceTrace: cart.trace.map((row) => Object.assign(new PriceTraceRow(), { ...row, step: PriceTraceStep[row.step], before: money(row.beforeMinor), after: money(row.afterMinor) })),
    ...promotionsOf(cart, money), ...couponsOf(cart, money), gifts: cart.gifts, withoutPrice: [...cart.withoutPrice, ...unknownOffers],
  });
}

function sumsOf(sums: PricedCart['totals'], money: ToMoney): Pick<CartTotals, 'subtotal' | 'discount' | 'shipping' | 'tax' | 'total'> {
  return { subtotal: money(sums.subtotalMinor), discount: money(sums.discountMinor), shipping: money(sums.shippingMinor), tax: money(sums.taxMinor), total: money(sums.totalMinor) };
}

function lineOf(line: PricedLine, money: ToMoney): CartLineTotals {
  const taxes = line.taxes.map((tax) => Object.assign(new LineTax(), { ...tax, base: money(tax.baseMinor), amount: money(tax.amountMinor), reason: TaxReason[tax.reason] }));
  return Object.assign(new CartLineTotals(), {
    lineId: line.lineId, unitPrice: money(line.unitPriceMinor), subtotal: money(line.subtotalMinor), discount: money(line.discountMinor), tax: money(line.taxMinor), total: money(line.totalMinor), taxes,
  });
}

function vendorOf(vendor: PricedVendor, money: ToMoney): CartVendorTotals {
  return Object.assign(new CartVendorTotals(), { vendorId: vendor.vendorId, ...sumsOf(vendor, money) });
}

function promotionsOf({ applied, rejected }: PricedCart, money: ToMoney): Pick<CartTotals, 'appliedPromotions' | 'rejectedPromotions'> {
  return {
    appliedPromotions: applied.map(({ promotionId, name, couponCode, amountMinor }) => ({ promotionId, name, couponCode, amount: money(amountMinor) })),
    rejectedPromotions: rejected.flatMap((one) => (one.promotionId === null || one.couponCode !== null ? [] : [{ promotionId: one.promotionId, name: one.name, reason: promotionReason(one.reason), ...gapOf(one, money) }])),
  };
}

/** A coupon is applied where what it opens counts, whether or not that takes an amount off. */
function couponsOf({ applied, rejected }: PricedCart, money: ToMoney): Pick<CartTotals, 'appliedCoupons' | 'rejectedCoupons'> {
  return {
    appliedCoupons: applied.flatMap(({ couponCode, amountMinor }) => (couponCode === null ? [] : [{ code: couponCode, amount: money(amountMinor) }])),
    rejectedCoupons: rejected.flatMap((one) => (one.couponCode === null ? [] : [{ code: one.couponCode, reason: couponReason(one.reason), ...gapOf(one, money) }])),
  };
}

function gapOf({ missingMinor, missingQuantity }: Rejected, money: ToMoney): { missing: Money | null; missingQuantity: number | null } {
  return { missing: missingMinor === null ? null : money(missingMinor), missingQuantity };
}
