import { invariant } from '@haat/kit/invariant';
import type { TaxLine, Totals } from '@haat/schema/parts';
import type { DeliveryCharge, LineCharge } from './charge.js';
import { exact, sumOf } from './minor.js';
import type { PricedLine, PricedVendor } from './priced-cart.js';
import type { ChargedTax, TaxedCharge } from './tax/tax-cart.js';

/** A line as it is told. */
export function pricedLine(line: LineCharge, { netMinor, taxes }: TaxedCharge, included: boolean): PricedLine {
  const { facts, price, baseMinor, unitMinor, compareAtMinor, subtotalMinor } = line.opened;
  const taxMinor = sumOf(taxes, (tax) => tax.amountMinor);
  return {
    lineId: facts.lineId, offerId: facts.offerId, vendorId: facts.vendorId, quantity: facts.quantity,
    basePriceMinor: baseMinor, unitPriceMinor: unitMinor, salePriceMinor: line.saleEachMinor, compareAtMinor,
    priceId: price.priceId, priceListId: price.list?.listId ?? null,
    subtotalMinor, discountMinor: subtotalMinor - line.amountMinor, netMinor, taxMinor, totalMinor: exact(netMinor + taxMinor),
    taxes: taxes.map((tax) => taxLine(tax, included)), discounts: line.parts,
  };
}

/** A vendor's part as it is told, from its lines and its delivery. */
export function pricedVendor(delivery: DeliveryCharge, taxed: TaxedCharge | undefined, lines: readonly PricedLine[], included: boolean): PricedVendor {
  const { vendorId, opened, parts } = delivery;
  const { netMinor, taxes } = taxed ?? { netMinor: 0, taxes: [] };
  const [shippingDiscountMinor, shippingTaxMinor] = [opened.amountMinor - delivery.amountMinor, sumOf(taxes, (tax) => tax.amountMinor)];
  return {
    vendorId, methodId: opened.methodId,
    subtotalMinor: sumOf(lines, (line) => line.subtotalMinor),
    discountMinor: exact(sumOf(lines, (line) => line.discountMinor) + shippingDiscountMinor),
    shippingMinor: opened.amountMinor,
    taxMinor: exact(sumOf(lines, (line) => line.taxMinor) + shippingTaxMinor),
    totalMinor: exact(sumOf(lines, (line) => line.totalMinor) + exact(netMinor + shippingTaxMinor)),
    shippingDiscountMinor, shippingNetMinor: netMinor, shippingTaxMinor,
    shippingTaxes: taxes.map((tax) => taxLine(tax, included)), shippingDiscounts: parts,
  };
}

/** The whole, from the vendors' parts. */
export function totalsOf(vendors: readonly PricedVendor[], included: boolean): Totals {
  const all = (part: keyof Totals): number => sumOf(vendors, (vendor) => vendor[part]);
  const totals: Totals = { subtotalMinor: all('subtotalMinor'), discountMinor: all('discountMinor'), shippingMinor: all('shippingMinor'), taxMinor: all('taxMinor'), totalMinor: all('totalMinor') };
  const expected = totals.subtotalMinor - totals.discountMinor + totals.shippingMinor + (included ? 0 : totals.taxMinor);
  invariant(expected === totals.totalMinor, `Parts make ${expected}, lines make ${totals.totalMinor}.`);
  return totals;
}

function taxLine({ tax, baseMinor, amountMinor }: ChargedTax, included: boolean): TaxLine {
  const { jurisdiction, name, ratePpm, reason } = tax;
  return { jurisdiction, name, ratePpm, baseMinor, amountMinor, included, reason };
}
