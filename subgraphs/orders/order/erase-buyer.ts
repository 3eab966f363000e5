import type { OrderRow, VendorOrderRow } from './order.row.js';
import { isFinal } from './vendor-order-state.js';

/** Takes what names a person off an order, once nobody has to send anything of it any more. The country and city stay: taxes went by them. */
export function eraseBuyer(order: OrderRow, parts: readonly VendorOrderRow[]): void {
  if (!parts.every(({ status }) => isFinal(status) || status === 'DELIVERED' || status === 'EXPIRED')) return;
  const { country, region, city, district } = order.shippingAddress;
  Object.assign(order, {
    contact: null, emailHash: null, note: null, billingAddress: null, storedMetadata: [], sealedContact: null, sealedAddress: null,
    shippingAddress: { country, region, city, district, postalCode: null, name: null, company: null, line1: '', line2: null, phone: null },
  } satisfies Partial<OrderRow>);
}
