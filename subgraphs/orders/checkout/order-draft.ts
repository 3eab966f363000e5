import type { z } from 'zod';
import type { describedOffer } from '@haat/schema/asks/catalog';
import type { TaxLine, Totals } from '@haat/schema/parts';
import { invariant } from '@haat/kit/invariant';
import type { Wish } from './decide-order.js';
import type { Gathered, Quote } from './gathered.js';

/** A line of an order that is to be written. Amounts are minor units. */
export interface LineDraft {
  readonly cartLineId: string;
  readonly offerId: string;
  readonly productId: string;
  readonly variantId: string;
  readonly title: string;
  readonly sku: string;
  readonly options: readonly { readonly name: string; readonly value: string }[];
  readonly imageUrl: string | null;
  readonly weightGrams: number | null;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly discountMinor: number;
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly taxes: readonly TaxLine[];
  readonly discounts: Quote['lines'][number]['discounts'];
  readonly commissionMinor: number;
}

/** The part of one vendor that is to be written. */
export interface VendorOrderDraft {
  readonly vendorId: string;
  readonly vendorSlug: string;
  readonly vendorName: string;
  readonly acceptsAfterHours: number | null;
  readonly totals: Totals;
  readonly shippingMethodId: string | null;
  readonly shippingMethodName: string | null;
  readonly shippingTaxes: readonly TaxLine[];
  readonly commission: { readonly netMinor: number; readonly taxMinor: number; readonly taxRatePpm: number };
  readonly amountToCollectMinor: number;
  readonly lines: readonly LineDraft[];
}

/** An order that is to be written: all that is known of it but its ids and numbers. */
export interface OrderDraft {
  readonly totals: Totals;
  readonly paymentChoice: string;
  readonly note: string | null;
  readonly vendorOrders: readonly VendorOrderDraft[];
}

type Complete = Gathered & Required<Pick<Gathered, 'priced' | 'commission'>>;

/** Puts together what was gathered. Every unit of the total is some vendor's: parts that do not add up are our bug, and nothing is written. */
export function draftOf(gathered: Complete, { payWith, note }: Wish): OrderDraft {
  const { cart, priced } = gathered;
  const vendorOrders = cart.groups.map((group) => vendorOrderOf(group, gathered, payWith === 'CASH_ON_DELIVERY'));
  const together = vendorOrders.reduce((sum, { totals }) => sum + totals.totalMinor, 0);
  invariant(together === priced.totals.totalMinor, `The vendors' parts come to ${together}, the order to ${priced.totals.totalMinor}.`);
  return { totals: priced.totals, paymentChoice: payWith, note: note ?? cart.note, vendorOrders };
}

function vendorOrderOf({ vendorId, shippingMethodId }: Gathered['cart']['groups'][number], gathered: Complete, isCash: boolean): VendorOrderDraft {
  const { cart, vendors, priced, commission, shipping } = gathered;
  const [vendor, prices, fee] = [vendors.find((one) => one.vendorId === vendorId), priced.vendors.find((one) => one.vendorId === vendorId), commission.vendors.find((one) => one.vendorId === vendorId)];
  invariant(vendor && prices && fee, `Something of the vendor ${vendorId} was not answered.`);
  const { subtotalMinor, discountMinor, shippingMinor, taxMinor, totalMinor } = prices;
  const method = shipping.find((one) => one.vendorId === vendorId)?.options.find(({ methodId }) => methodId === shippingMethodId);
  return {
    vendorId, vendorSlug: vendor.slug, vendorName: vendor.name, acceptsAfterHours: vendor.acceptsAfterHours, totals: { subtotalMinor, discountMinor, shippingMinor, taxMinor, totalMinor },
    shippingMethodId, shippingMethodName: method?.name ?? null, shippingTaxes: prices.shippingTaxes, commission: { netMinor: fee.netMinor, taxMinor: fee.taxMinor, taxRatePpm: fee.taxRatePpm },
    amountToCollectMinor: isCash ? totalMinor : 0, lines: cart.lines.filter((line) => line.vendorId === vendorId).map((line) => lineOf(line, gathered)),
  };
}

function lineOf({ lineId, offerId, quantity }: Gathered['cart']['lines'][number], { offers, priced, commission }: Complete): LineDraft {
  const [offer, price] = [offers.find((one) => one.offerId === offerId), priced.lines.find((one) => one.lineId === lineId)];
  invariant(offer && price, `Something of the line ${lineId} was not answered.`);
  const { unitPriceMinor, discountMinor, netMinor, taxMinor, totalMinor, taxes, discounts } = price;
  return {
    ...goodsOf(offer), cartLineId: lineId, quantity, unitPriceMinor, discountMinor, netMinor, taxMinor, totalMinor, taxes, discounts,
    commissionMinor: commission.lines.find((one) => one.lineId === lineId)?.amountMinor ?? 0,
  };
}

function goodsOf({ offerId, productId, variantId, title, sku, options, imageUrl, weightGrams }: z.infer<typeof describedOffer>) {
  return { offerId, productId, variantId, title, sku, options, imageUrl, weightGrams };
}
