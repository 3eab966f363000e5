import { registerEnumType } from 'type-graphql';

/** Where a whole order is; see roll-up.ts. */
export enum OrderStatus { PENDING_PAYMENT = 'PENDING_PAYMENT', CONFIRMED = 'CONFIRMED', PARTIALLY_SHIPPED = 'PARTIALLY_SHIPPED', SHIPPED = 'SHIPPED', DELIVERED = 'DELIVERED', COMPLETED = 'COMPLETED', CANCELLED = 'CANCELLED', EXPIRED = 'EXPIRED' }

registerEnumType(OrderStatus, {
  name: 'OrderStatus', description: 'Where a whole order is, rolled up from the parts of its vendors.',
  valuesConfig: {
    PENDING_PAYMENT: { description: 'Written and waiting for its payment.' },
    CONFIRMED: { description: 'Paid, or to be paid at the door; its vendors are at work.' },
    PARTIALLY_SHIPPED: { description: 'Some of it is on its way, not all.' },
    SHIPPED: { description: 'All of it is on its way or further.' },
    DELIVERED: { description: 'All of it was handed over.' },
    COMPLETED: { description: 'Handed over, and the time to return goods is past.' },
    CANCELLED: { description: 'All of its parts were cancelled.' },
    EXPIRED: { description: 'Nobody paid in time; stock and coupons were given back.' },
  },
});

/** Where the part of one vendor is; see vendor-order-state.ts. */
export enum VendorOrderStatus {
  PENDING_PAYMENT = 'PENDING_PAYMENT', CONFIRMED = 'CONFIRMED', ON_HOLD = 'ON_HOLD', PROCESSING = 'PROCESSING', PARTIALLY_SHIPPED = 'PARTIALLY_SHIPPED', SHIPPED = 'SHIPPED',
  PARTIALLY_DELIVERED = 'PARTIALLY_DELIVERED', DELIVERED = 'DELIVERED', COMPLETED = 'COMPLETED', CANCELLED = 'CANCELLED', EXPIRED = 'EXPIRED',
}

registerEnumType(VendorOrderStatus, {
  name: 'VendorOrderStatus', description: 'Where the part of one vendor is.',
  valuesConfig: {
    PENDING_PAYMENT: { description: 'The order waits for its payment; nothing may be sent.' },
    CONFIRMED: { description: 'Paid, or to be paid at the door; the vendor may accept it.' },
    ON_HOLD: { description: 'Held back by somebody until it is released or cancelled.' },
    PROCESSING: { description: 'Accepted by its vendor, who prepares it.' },
    PARTIALLY_SHIPPED: { description: 'Some pieces left the vendor, not all.' },
    SHIPPED: { description: 'All pieces left the vendor.' },
    PARTIALLY_DELIVERED: { description: 'Some pieces were handed over, not all.' },
    DELIVERED: { description: 'All pieces were handed over.' },
    COMPLETED: { description: 'Handed over, and the time to return goods is past.' },
    CANCELLED: { description: 'Will not be sent, or came back; what was paid for it goes back.' },
    EXPIRED: { description: 'Nobody paid in time.' },
  },
});

/** As whom somebody did something with an order; see vendor-order-state.ts. */
export enum OrderActor { BUYER = 'BUYER', VENDOR = 'VENDOR', OPERATOR = 'OPERATOR', SYSTEM = 'SYSTEM' }

registerEnumType(OrderActor, {
  name: 'OrderActor', description: 'As whom somebody did something with an order.',
  valuesConfig: {
    BUYER: { description: 'Whoever bought it, with or without an account.' },
    VENDOR: { description: 'People or programs that send the part.' },
    OPERATOR: { description: 'Whoever runs the marketplace.' },
    SYSTEM: { description: 'The marketplace itself, by what it heard or by the time.' },
  },
});

/** What stands between a cart and an order; see checkout/find-problems.ts. */
export enum CartProblemCode {
  OUT_OF_STOCK = 'OUT_OF_STOCK', QUANTITY_REDUCED = 'QUANTITY_REDUCED', OFFER_UNAVAILABLE = 'OFFER_UNAVAILABLE', VENDOR_CLOSED = 'VENDOR_CLOSED', COUPON_INVALID = 'COUPON_INVALID', ADDRESS_MISSING = 'ADDRESS_MISSING',
  CONTACT_MISSING = 'CONTACT_MISSING', UNSERVICEABLE = 'UNSERVICEABLE', SHIPPING_NOT_CHOSEN = 'SHIPPING_NOT_CHOSEN', SHIPPING_GONE = 'SHIPPING_GONE', BELOW_MINIMUM = 'BELOW_MINIMUM', OVER_MAXIMUM = 'OVER_MAXIMUM',
  PAYMENT_NOT_OFFERED = 'PAYMENT_NOT_OFFERED', ADDRESS_UNCLEAR = 'ADDRESS_UNCLEAR',
}

registerEnumType(CartProblemCode, {
  name: 'CartProblemCode', description: 'What stands between a cart and an order, for programs.',
  valuesConfig: {
    OUT_OF_STOCK: { description: 'None of a line is left.' },
    QUANTITY_REDUCED: { description: 'Fewer pieces are left than the line has.' },
    OFFER_UNAVAILABLE: { description: 'A line cannot be bought any more, or the cart is empty.' },
    VENDOR_CLOSED: { description: 'A vendor is suspended, closed or on holiday.' },
    COUPON_INVALID: { description: 'A coupon gives nothing on the cart now.' },
    ADDRESS_MISSING: { description: 'Nobody knows where to send the goods.' },
    ADDRESS_UNCLEAR: { description: 'Taxes follow the region of the address, and it is missing or written in a way that nobody knows.' },
    CONTACT_MISSING: { description: 'Nobody can be told about the order.' },
    UNSERVICEABLE: { description: 'A vendor does not send to the address.' },
    SHIPPING_NOT_CHOSEN: { description: 'How a vendor sends its goods is not chosen yet.' },
    SHIPPING_GONE: { description: 'The chosen way of shipping is not there any more, or takes no cash.' },
    BELOW_MINIMUM: { description: 'A vendor sells from a minimum on that is not reached.' },
    OVER_MAXIMUM: { description: 'A line has more pieces than one order may have.' },
    PAYMENT_NOT_OFFERED: { description: 'The marketplace does not take the named way to pay for such an order; only placeOrder says so.' },
  },
});
