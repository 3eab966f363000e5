import { z } from 'zod';
import { defineEvent } from '../event.js';
import { buyer, currencyCode, destination, minorAmount, taxLine, totals } from '../parts.js';

/** A line as it was bought. Nothing in it changes but what became of its pieces. */
export const orderedLine = z.object({
  orderLineId: z.string(),
  /** The cart's line it was made of: what reservations are keyed by. */
  cartLineId: z.string(),
  offerId: z.string(),
  productId: z.string(),
  variantId: z.string(),
  title: z.string(),
  sku: z.string(),
  options: z.array(z.object({ name: z.string(), value: z.string() })),
  imageUrl: z.string().nullable(),
  weightGrams: z.int().nullable(),
  quantity: z.int().min(1),
  /** Pieces that were cancelled before they were sent. */
  cancelled: z.int().min(0),
  shipped: z.int().min(0),
  delivered: z.int().min(0),
  refunded: z.int().min(0),
  unitPriceMinor: minorAmount,
  discountMinor: minorAmount,
  netMinor: minorAmount,
  taxMinor: minorAmount,
  totalMinor: minorAmount,
  taxes: z.array(taxLine),
  commissionMinor: minorAmount,
});

/** A line as it was bought. */
export type OrderedLine = z.infer<typeof orderedLine>;

/** Where the part of one vendor can be. */
export const vendorOrderStatus = z.enum([
  'PENDING_PAYMENT', 'CONFIRMED', 'ON_HOLD', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED', 'PARTIALLY_DELIVERED', 'DELIVERED', 'COMPLETED', 'CANCELLED', 'EXPIRED',
]);

/** Where a whole order can be: rolled up from its parts. */
export const orderStatus = z.enum(['PENDING_PAYMENT', 'CONFIRMED', 'PARTIALLY_SHIPPED', 'SHIPPED', 'DELIVERED', 'COMPLETED', 'CANCELLED', 'EXPIRED']);

/** The part of one vendor: the unit that vendors, shipments and the ledger refer to. */
export const vendorOrderState = z.object({
  vendorOrderId: z.string(),
  number: z.string(),
  orderId: z.string(),
  orderNumber: z.string(),
  vendorId: z.string(),
  vendorName: z.string(),
  status: vendorOrderStatus,
  buyer,
  locale: z.string(),
  currency: currencyCode,
  lines: z.array(orderedLine),
  totals,
  shippingMethodId: z.string().nullable(),
  shippingMethodName: z.string().nullable(),
  shippingTaxes: z.array(taxLine),
  /** What the marketplace keeps: without and with tax, frozen when it was placed. */
  commission: z.object({ netMinor: minorAmount, taxMinor: minorAmount, taxRatePpm: z.int() }),
  paymentChoice: z.string(),
  /** What the courier must collect; 0 where it is paid otherwise. */
  amountToCollectMinor: minorAmount,
  shipTo: destination,
  /** JWE for shipping: {address, contact}. Bound to the order. */
  sealedForShipping: z.string(),
  /** RFC 3339. */
  placedAt: z.string(),
});

/** The part of one vendor. */
export type VendorOrderState = z.infer<typeof vendorOrderState>;

/** A whole order. */
export const orderState = z.object({
  orderId: z.string(),
  number: z.string(),
  cartId: z.string(),
  status: orderStatus,
  buyer,
  locale: z.string(),
  currency: currencyCode,
  totals,
  paymentChoice: z.string(),
  couponCodes: z.array(z.string()),
  emailHash: z.string().nullable(),
  shipTo: destination,
  vendorOrders: z.array(z.object({ vendorOrderId: z.string(), number: z.string(), vendorId: z.string(), vendorName: z.string(), status: vendorOrderStatus, totalMinor: minorAmount })),
  /** JWE for notifications: {to, phone, name, link}: how the buyer is reached, and the signed link of a guest. */
  sealedContact: z.string(),
  placedAt: z.string(),
});

/** A whole order. */
export type OrderState = z.infer<typeof orderState>;

const ofOrder = { producer: 'orders', version: 1, aggregate: 'order', payload: orderState } as const;

/** An order was written; it waits for its payment. */
export const orderPlaced = defineEvent({
  ...ofOrder, name: 'order-placed', description: 'An order was written and waits for its payment, unless it is paid at the door.',
  payload: orderState.extend({ savedPaymentMethodId: z.string().nullable(), lines: z.array(z.object({ orderLineId: z.string(), vendorOrderId: z.string(), offerId: z.string(), quantity: z.int(), totalMinor: minorAmount })) }),
});

/** It is paid, or will be paid at the door: vendors may begin. */
export const orderConfirmed = defineEvent({
  ...ofOrder, name: 'order-confirmed', description: 'An order is paid, or accepted to be paid at the door.',
  payload: orderState.extend({ lines: z.array(z.object({ orderLineId: z.string(), cartLineId: z.string(), vendorOrderId: z.string(), offerId: z.string(), quantity: z.int() })) }),
});

/** Anything a buyer sees of an order changed. */
export const orderChanged = defineEvent({ ...ofOrder, name: 'order-changed', description: 'Anything that its buyer sees of an order changed.' });

/** All of it was cancelled. Coupon and cart follow this; money, stock and shipments follow the vendors' parts. */
export const orderCancelled = defineEvent({ ...ofOrder, name: 'order-cancelled', description: 'The last part of an order was cancelled.', payload: orderState.extend({ by: z.string(), reason: z.string() }) });

/** Nobody paid in time. Stock, coupon and cart are given back. */
export const orderExpired = defineEvent({ ...ofOrder, name: 'order-expired', description: 'The payment window of an order ended unpaid.' });

/** Every part is completed. */
export const orderCompleted = defineEvent({ ...ofOrder, name: 'order-completed', description: 'Every part of an order is completed: the time to return goods is over.' });

const ofVendorOrder = { producer: 'orders', version: 1, aggregate: 'vendor-order', payload: vendorOrderState } as const;

/** Anything a merchant sees of a vendor's part changed. */
export const vendorOrderChanged = defineEvent({ ...ofVendorOrder, name: 'vendor-order-changed', description: "Anything of a vendor's part of an order changed, or it was made." });

/** The vendor promised to send it. */
export const vendorOrderAccepted = defineEvent({ ...ofVendorOrder, name: 'vendor-order-accepted', description: "A vendor accepted its part of an order, and shall send it." });

/** Pieces of a vendor's part will not be sent, or came back. What to give back for them is in it. */
export const vendorOrderCancelled = defineEvent({
  ...ofVendorOrder, name: 'vendor-order-cancelled', description: "All or some of a vendor's part of an order was cancelled.",
  payload: vendorOrderState.extend({
    /** What is cancelled by this. */
    cancelled: z.array(z.object({ orderLineId: z.string(), cartLineId: z.string(), offerId: z.string(), quantity: z.int().min(1), amountMinor: minorAmount })),
    /** Lines and shipping, with tax: what a buyer who paid gets back. */
    amountMinor: minorAmount,
    by: z.string(),
    reason: z.string(),
    /** True where the pieces had left the warehouse: stock comes back by a return. */
    shipped: z.boolean(),
    /** False where nothing had been paid or held: the order was cancelled before its payment. */
    wasConfirmed: z.boolean(),
  }),
});

/** Money must go back that no cancelled line stands for: paid late and out of stock, paid twice, paid too much. */
export const orderRefundDue = defineEvent({
  producer: 'orders', name: 'order-refund-due', version: 1, aggregate: 'order',
  description: 'An amount must be paid back that no cancelled line stands for.',
  payload: z.object({ orderId: z.string(), paymentId: z.string(), amountMinor: minorAmount, currency: currencyCode, why: z.enum(['PAID_AFTER_EXPIRY', 'PAID_AFTER_CANCELLATION', 'PAID_TWICE']) }),
});
