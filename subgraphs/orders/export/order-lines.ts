import { Money } from '@haat/kit/money';
import type { OrderRow, VendorOrderRow } from '../order/order.row.js';
import { rollUp } from '../order/roll-up.js';
import { csvLine } from './csv-line.js';

/** The head of the file: names of columns. Amounts are decimal, in the currency that stands beside them; moments are UTC. */
export const headLine = csvLine(['number', 'placed_at', 'status', 'currency', 'subtotal', 'discount', 'shipping', 'tax', 'total', 'payment', 'name', 'email', 'phone', 'city', 'country', 'vendors', 'coupons']);

/** An order as a line of the file. */
export function orderLine(order: OrderRow, parts: readonly VendorOrderRow[]): string {
  const { number, placedAt, currency, totals, paymentChoice, contact, shippingAddress, couponCodes } = order;
  const amount = (minor: number): string => Money.of(minor, currency).decimal;
  return csvLine([
    number, placedAt.toISOString(), rollUp(parts.map(({ status }) => status)), currency, ...[totals.subtotalMinor, totals.discountMinor, totals.shippingMinor, totals.taxMinor, totals.totalMinor].map(amount), paymentChoice,
    contact?.name ?? shippingAddress.name, contact?.email ?? null, contact?.phone ?? shippingAddress.phone, shippingAddress.city, shippingAddress.country, parts.map(({ vendorName }) => vendorName).join('; '), couponCodes.join(' '),
  ]);
}
