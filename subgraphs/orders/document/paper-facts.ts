import type { PostalAddress, TaxLine, Totals } from '@haat/schema/parts';
import type { OrderLineRow, OrderRow, VendorOrderRow } from '../order/order.row.js';

/** A line on paper. Amounts are minor units. */
export interface PaperLine {
  readonly title: string;
  readonly sku: string;
  readonly options: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly discountMinor: number;
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
}

/** All taxes of one kind and rate together, as a tax office wants them. */
export interface PaperTax extends Omit<TaxLine, 'included'> {}

/** What is on a paper, as it was when it was issued. */
export interface PaperFacts {
  readonly orderNumber: string;
  readonly vendorOrderNumber: string;
  readonly sellerName: string;
  readonly buyerName: string | null;
  readonly shipTo: PostalAddress;
  readonly billTo: PostalAddress;
  readonly phone: string | null;
  readonly note: string | null;
  readonly locale: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly placedAt: string;
  readonly paymentChoice: string;
  readonly amountToCollectMinor: number;
  readonly shippingName: string | null;
  readonly lines: readonly PaperLine[];
  readonly taxes: readonly PaperTax[];
  readonly totals: Totals;
}

/** Puts together what a paper of one vendor's part says. */
export function paperFacts({ order, part, lines }: { readonly order: OrderRow; readonly part: VendorOrderRow; readonly lines: readonly OrderLineRow[] }): PaperFacts {
  return {
    orderNumber: order.number, vendorOrderNumber: part.number, sellerName: part.vendorName, buyerName: order.contact?.name ?? order.shippingAddress.name, shipTo: order.shippingAddress,
    billTo: order.billingAddress ?? order.shippingAddress, phone: order.shippingAddress.phone ?? order.contact?.phone ?? null, note: order.note, locale: order.locale, currency: order.currency, timeZone: order.timeZone,
    placedAt: order.placedAt.toISOString(), paymentChoice: order.paymentChoice, amountToCollectMinor: part.amountToCollectMinor, shippingName: part.shippingMethodName,
    lines: lines.filter(({ quantity, cancelled }) => quantity > cancelled).map(lineOf), taxes: taxesOf([...lines.flatMap(({ taxes }) => taxes), ...part.shippingTaxes]), totals: part.totals,
  };
}

function lineOf({ title, sku, options, quantity, cancelled, unitPriceMinor, discountMinor, netMinor, taxMinor, totalMinor }: OrderLineRow): PaperLine {
  return { title, sku, options: options.map(({ name, value }) => `${name}: ${value}`).join(', '), quantity: quantity - cancelled, unitPriceMinor, discountMinor, netMinor, taxMinor, totalMinor };
}

/** Taxes of the same kind, rate and reason, added up. */
function taxesOf(taxes: readonly TaxLine[]): PaperTax[] {
  const alike = Map.groupBy(taxes, ({ jurisdiction, name, ratePpm, reason }) => JSON.stringify([jurisdiction, name, ratePpm, reason]));
  return [...alike.values()].flatMap(([first, ...rest]) => (first ? [{
    jurisdiction: first.jurisdiction, name: first.name, ratePpm: first.ratePpm, reason: first.reason,
    baseMinor: rest.reduce((sum, { baseMinor }) => sum + baseMinor, first.baseMinor), amountMinor: rest.reduce((sum, { amountMinor }) => sum + amountMinor, first.amountMinor),
  }] : []));
}
