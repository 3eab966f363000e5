import { z } from 'zod';

const hours = z.coerce.number().int().min(1);

/** What carts reads from the environment. */
export const cartsConfig = z.object({
  /** Makes a guest's key of a cart's secret, as the gateway does: both have the same one. */
  GUEST_KEY_SECRET: z.string().min(32),
  /** How long a cart lives untouched, in hours: an empty one, a guest's, a person's. */
  CART_EMPTY_HOURS: hours.default(6),
  CART_GUEST_HOURS: hours.default(30 * 24),
  CART_USER_HOURS: hours.default(90 * 24),
  /** After how many untouched hours a cart with goods and a contact counts as left alone. */
  CART_ABANDONED_HOURS: hours.default(4),
  /** Pieces of one line at most, where the offer does not say less. */
  CART_LINE_QUANTITY_MAX: z.coerce.number().int().min(1).max(1_000_000).default(10_000),
});

/** The settings of carts. */
export type CartsConfig = z.infer<typeof cartsConfig>;
