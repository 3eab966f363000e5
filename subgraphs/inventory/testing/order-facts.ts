/** What events of orders and parcels carry that inventory does not look at. */
const totals = { subtotalMinor: 0, discountMinor: 0, shippingMinor: 0, taxMinor: 0, totalMinor: 0 };
const shipTo = { country: 'BD', region: null, city: null, district: null, postalCode: null };
const buyer = { userId: null, guestKey: 'guest' };

/** An order's facts, but for its id and lines. */
export const orderFacts = {
  number: 'A-1', cartId: 'cart', status: 'CONFIRMED', buyer, locale: 'en', currency: 'BDT', totals, paymentChoice: 'STRIPE', couponCodes: [], emailHash: null, shipTo, vendorOrders: [], sealedContact: '',
  placedAt: '2026-01-01T00:00:00Z', lines: [],
};

/** A vendor's part's facts, but for its order's id and what is cancelled. */
export const vendorOrderFacts = {
  vendorOrderId: 'vord', number: 'V-1', orderNumber: 'A-1', vendorId: 'ven', vendorName: 'V', status: 'CANCELLED', buyer, locale: 'en', currency: 'BDT', lines: [], totals, shippingMethodId: null, shippingMethodName: null,
  shippingTaxes: [], commission: { netMinor: 0, taxMinor: 0, taxRatePpm: 0 }, paymentChoice: 'STRIPE', amountToCollectMinor: 0, shipTo, sealedForShipping: '', placedAt: '2026-01-01T00:00:00Z', amountMinor: 0, by: 'x', reason: 'y',
};

/** A refund's facts, but for its order's id and lines. */
export const refundFacts = { refundId: 'ref', paymentId: 'pay', currency: 'BDT', amountMinor: 0, shares: [], buyer, reason: 'Paid back.' };

/** A parcel's facts, but for its order's id and lines. */
export const parcelFacts = { parcelId: 'par', shipmentId: 'shp', vendorOrderId: 'vord', vendorId: 'ven', buyer, carrier: 'own', trackingId: null, trackingUrl: null };
