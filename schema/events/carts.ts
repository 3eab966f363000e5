import { z } from 'zod';
import { defineEvent } from '../event.js';
import { buyer } from '../parts.js';

/** A cart's lines, without anything that names a person. */
const cartState = z.object({
  cartId: z.string(),
  buyer,
  state: z.enum(['OPEN', 'FROZEN', 'ORDERED', 'MERGED', 'EXPIRED']),
  lines: z.array(z.object({ lineId: z.string(), offerId: z.string(), vendorId: z.string(), quantity: z.int().min(1) })),
  couponCodes: z.array(z.string()),
  /** RFC 3339. */
  expiresAt: z.string(),
});

/** What a cart event says. */
export type CartState = z.infer<typeof cartState>;

/** Anything of a cart changed. */
export const cartChanged = defineEvent({ producer: 'carts', name: 'cart-changed', version: 1, aggregate: 'cart', description: 'Lines, coupons or state of a cart changed.', payload: cartState });

/** A cart with goods and a contact was left alone. Said once per cart until it is touched again. */
export const cartAbandoned = defineEvent({ producer: 'carts', name: 'cart-abandoned', version: 1, aggregate: 'cart', description: 'A cart with goods and a contact was left alone for hours.', payload: cartState });
