import type { NewsTexts } from './built-in-templates.js';

/** What happened to orders and vendors, in English. */
export const englishNews: NewsTexts = {
  ORDER_PLACED: {
    subject: 'Your order {{order}} at {{marketplace}}',
    text: 'Hello {{name}},\n\nthank you for your order {{order}} of {{amount}}. We write again when it is on its way.\n\nYour order:\n{{link}}',
  },
  ORDER_PAID: {
    subject: 'Your payment for order {{order}} arrived',
    text: 'Hello {{name}},\n\nwe received {{amount}} for your order {{order}}. The sellers know, and begin.\n\nYour order:\n{{link}}',
  },
  ORDER_ACCEPTED: {
    subject: '{{vendor}} accepted your order {{order}}',
    text: 'Hello {{name}},\n\n{{vendor}} accepted its part of your order {{order}}, and is packing it.\n\nYour order:\n{{link}}',
  },
  ORDER_SHIPPED: {
    subject: '{{vendor}} shipped goods of your order {{order}}',
    text: 'Hello {{name}},\n\na parcel of {{vendor}} with goods of your order {{order}} is on its way.\n\nFollow the parcel:\n{{tracking}}\n\nYour order:\n{{link}}',
  },
  ORDER_DELIVERED: {
    subject: 'Goods of your order {{order}} were delivered',
    text: 'Hello {{name}},\n\na parcel of {{vendor}} with goods of your order {{order}} was handed over. If you did not get it, tell us.\n\nYour order:\n{{link}}',
  },
  ORDER_CANCELLED: {
    subject: 'Goods of your order {{order}} were cancelled',
    text: 'Hello {{name}},\n\ngoods of {{vendor}} in your order {{order}} were cancelled. They come to {{amount}}; what you paid for them is paid back.\n\nYour order:\n{{link}}',
  },
  ORDER_REFUNDED: {
    subject: 'Money for your order {{order}} was paid back',
    text: 'Hello {{name}},\n\nwe paid back {{amount}} of your order {{order}}. Your bank may take some days to show it.\n\nYour order:\n{{link}}',
  },
  SALE_CONFIRMED: {
    subject: 'New order {{order}} for {{vendor}}',
    text: 'Hello {{name}},\n\nthere is a new order {{order}} of {{amount}} for {{vendor}} at {{marketplace}}. Please accept it, and send it.',
  },
  SALE_DELIVERED: {
    subject: 'Goods of order {{order}} were delivered',
    text: 'Hello {{name}},\n\na parcel of {{vendor}} with goods of order {{order}} was handed over.',
  },
  SALE_CANCELLED: {
    subject: 'Goods of order {{order}} were cancelled',
    text: 'Hello {{name}},\n\ngoods of {{amount}} in order {{order}} for {{vendor}} were cancelled. Please do not send them.',
  },
  SALE_REFUNDED: {
    subject: 'Money of order {{order}} was paid back',
    text: 'Hello {{name}},\n\nthe buyer of order {{order}} got back {{amount}} of what they paid to {{vendor}}.',
  },
  VENDOR_APPROVED: {
    subject: '{{vendor}} may sell at {{marketplace}} now',
    text: 'Hello {{name}},\n\n{{vendor}} was approved and may sell at {{marketplace}} from now on.',
  },
  VENDOR_SUSPENDED: {
    subject: '{{vendor}} may not sell at {{marketplace}} for now',
    text: 'Hello {{name}},\n\n{{vendor}} was suspended: its offers at {{marketplace}} are off sale until it is restored. What was bought before must still be sent.',
  },
};
