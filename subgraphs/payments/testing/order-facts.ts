import type { OrderState, VendorOrderState } from '@haat/schema/events/orders';
import type { OpenWish } from '../payment/begin-payment.js';

const shipTo = { country: 'BD', region: null, city: 'Dhaka', district: null, postalCode: null };
const totals = (totalMinor: number) => ({ subtotalMinor: totalMinor, discountMinor: 0, shippingMinor: 0, taxMinor: 0, totalMinor });

/** An order as its events say it. */
export function orderFacts({ orderId, orderNumber, buyer, currency, amountMinor, choice, shares }: OpenWish): OrderState {
  return {
    orderId, number: orderNumber, cartId: 'cart_1', status: 'PENDING_PAYMENT', buyer, locale: 'en', currency, totals: totals(amountMinor), paymentChoice: choice, couponCodes: [], emailHash: null, shipTo,
    vendorOrders: shares.map((share) => ({ vendorOrderId: share.vendorOrderId, number: '1', vendorId: share.vendorId, vendorName: 'V', status: 'PENDING_PAYMENT', totalMinor: share.amountMinor })), sealedContact: '', placedAt: '2026-01-01T00:00:00Z',
  };
}

/** One vendor's part as its events say it. */
export function vendorOrderFacts({ orderId, orderNumber, buyer, currency, choice, shares }: OpenWish, at = 0): VendorOrderState {
  const share = shares[at];
  if (!share) throw new Error('There is no such part.');
  return {
    vendorOrderId: share.vendorOrderId, number: '1', orderId, orderNumber, vendorId: share.vendorId, vendorName: 'V', status: 'CANCELLED', buyer, locale: 'en', currency, lines: [], totals: totals(share.amountMinor),
    shippingMethodId: null, shippingMethodName: null, shippingTaxes: [], commission: { netMinor: 0, taxMinor: 0, taxRatePpm: 0 }, paymentChoice: choice, amountToCollectMinor: 0, shipTo, sealedForShipping: '', placedAt: '2026-01-01T00:00:00Z',
  };
}
