import { Money } from '@haat/kit/money';
import { PaymentChoice } from '@haat/kit/shared-types';
import type { PricedCart, PricedLine, PricedVendor, RejectedPromotion as Rejected } from '../engine/priced-cart.js';
import type { QuotedCart } from '../quote/quoted-cart.js';
import { couponReason, promotionReason, PriceTraceStep } from './cart-totals.enums.js';
import { CartLineTotals, CartTotals, CartVendorTotals, LineTax, PriceTraceRow } from './cart-totals.type.js';
import { TaxReason } from '../tax/tax-class.js';

type ToMoney = (minor: number) => Money;

/** A cart's numbers as clients see them. */
export function totalsOf({ cart, unknownOffers, promotions }: QuotedCart): CartTotals {
  const money: ToMoney = (minor) => Money.of(minor, cart.currency);
  return Object.assign(new CartTotals(), {
    ...sumsOf(cart.totals, money), taxIncluded: cart.taxIncluded, lines: cart.lines.map((line) => lineOf(line, money)), vendors: cart.vendors.map((vendor) => vendorOf(vendor, money)),
    priceTrace: cart.trace.map((row) => Object.assign(new PriceTraceRow(), { ...row, step: PriceTraceStep[row.step], before: money(row.beforeMinor), after: money(row.afterMinor) })),
    ...promotionsOf(cart, promotions, money), ...couponsOf(cart, promotions, money), gifts: cart.gifts, withoutPrice: [...cart.withoutPrice, ...unknownOffers],
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

function promotionsOf({ applied, rejected }: PricedCart, promotions: QuotedCart['promotions'], money: ToMoney): Pick<CartTotals, 'appliedPromotions' | 'rejectedPromotions'> {
  return {
    appliedPromotions: applied.map(({ promotionId, name, couponCode, amountMinor }) => ({ promotionId, name, couponCode, amount: money(amountMinor) })),
    rejectedPromotions: rejected.flatMap((one) => (one.promotionId === null || one.couponCode !== null ? [] : [{ promotionId: one.promotionId, name: one.name, reason: promotionReason(one.reason), ...gapOf(one, money), ...choicesOf(one, promotions) }])),
  };
}

/** A coupon is applied where what it opens counts, whether or not that takes an amount off. */
function couponsOf({ applied, rejected }: PricedCart, promotions: QuotedCart['promotions'], money: ToMoney): Pick<CartTotals, 'appliedCoupons' | 'rejectedCoupons'> {
  return {
    appliedCoupons: applied.flatMap(({ couponCode, amountMinor }) => (couponCode === null ? [] : [{ code: couponCode, amount: money(amountMinor) }])),
    rejectedCoupons: rejected.flatMap((one) => (one.couponCode === null ? [] : [{ code: one.couponCode, reason: couponReason(one.reason), ...gapOf(one, money), ...choicesOf(one, promotions) }])),
  };
}

function gapOf({ missingMinor, missingQuantity }: Rejected, money: ToMoney): { missing: Money | null; missingQuantity: number | null } {
  return { missing: missingMinor === null ? null : money(missingMinor), missingQuantity };
}

/** What would have to be chosen, where that is all that stands in the way: of several conditions of a kind, what all of them take. */
function choicesOf({ condition, promotionId }: Rejected, promotions: QuotedCart['promotions']): { payWith: PaymentChoice[] | null; shippingMethodIds: string[] | null } {
  const conditions = condition === 'PAYMENT' || condition === 'SHIPPING_METHOD' ? promotions.find((one) => one.promotionId === promotionId)?.conditions ?? [] : [];
  const payWith = takenByAll(conditions.flatMap((one) => (one.kind === 'PAYMENT' ? [one.choices] : [])));
  return {
    payWith: payWith && Object.values(PaymentChoice).filter((choice) => payWith.includes(choice)),
    shippingMethodIds: takenByAll(conditions.flatMap((one) => (one.kind === 'SHIPPING_METHOD' ? [one.methodIds] : []))),
  };
}

function takenByAll([first, ...others]: readonly (readonly string[])[]): string[] | null {
  return first ? first.filter((one) => others.every((list) => list.includes(one))) : null;
}
