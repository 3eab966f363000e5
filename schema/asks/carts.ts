import { z } from 'zod';
import { defineAsk } from '../ask.js';
import { buyer, contact, currencyCode, postalAddress } from '../parts.js';

/** Lines that a cart may have. */
export const cartLinesMax = 100;

/** A cart as a checkout takes it. Nothing in it is computed. */
export const frozenCart = z.object({
  cartId: z.string(),
  version: z.int(),
  buyer,
  currency: currencyCode,
  locale: z.string(),
  lines: z.array(z.object({ lineId: z.string(), offerId: z.string(), vendorId: z.string(), quantity: z.int().min(1) })).max(cartLinesMax),
  groups: z.array(z.object({ groupId: z.string(), vendorId: z.string(), shippingMethodId: z.string().nullable(), weightGrams: z.int().nullable() })),
  couponCodes: z.array(z.string()),
  contact: contact.nullable(),
  shippingAddress: postalAddress.nullable(),
  /** Null where it is the shipping address. */
  billingAddress: postalAddress.nullable(),
  note: z.string().nullable(),
});

/** A cart as a checkout takes it. */
export type FrozenCart = z.infer<typeof frozenCart>;

/** Takes a cart for an order: until thawed or ordered nobody changes it. Asking again for the same order answers the same. */
export const cartFreeze = defineAsk({
  subgraph: 'carts', name: 'cart.freeze', version: 1,
  description: 'Takes the viewer\'s own cart for an order; nobody changes it until it is thawed or ordered.',
  input: z.strictObject({
    cartId: z.string().max(64),
    /** The key: a cart is frozen for one order. */
    orderId: z.string().max(64),
    /** When the cart thaws by itself. */
    until: z.iso.datetime(),
    /** True to take it anew after an order of it died: for a payment that came late. */
    again: z.boolean().optional(),
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('FROZEN'), cart: frozenCart }),
    /** Another order has it. */
    z.object({ outcome: z.literal('TAKEN'), orderId: z.string() }),
    z.object({ outcome: z.literal('NOT_FOUND') }),
    z.object({ outcome: z.literal('EXPIRED') }),
  ]),
  deadlineMs: 3_000, changes: true,
});

/** Gives a cart back to its owner. For a cart that this order does not hold, nothing happens. */
export const cartThaw = defineAsk({
  subgraph: 'carts', name: 'cart.thaw', version: 1,
  description: 'Gives a frozen cart back to its owner.',
  input: z.strictObject({ cartId: z.string().max(64), orderId: z.string().max(64) }),
  output: z.object({ outcome: z.enum(['THAWED', 'NOTHING']) }),
  deadlineMs: 3_000, changes: true,
});

/** The viewer's own cart as it is, changing nothing: what `Cart.problems` is decided on. Null for anybody else's. */
export const cartRead = defineAsk({
  subgraph: 'carts', name: 'cart.read', version: 1,
  description: 'The viewer\'s own cart as it is, changing nothing.',
  input: z.strictObject({ cartId: z.string().max(64) }),
  output: z.object({ cart: frozenCart.nullable() }),
  deadlineMs: 2_000, changes: false,
});
