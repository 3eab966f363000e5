import { z } from 'zod';

/** What orders reads from the environment. */
export const ordersConfig = z.object({
  /** Signs the links of guests' orders and of documents; the gateway has the same. At least 32 characters. */
  GUEST_KEY_SECRET: z.string().min(32),
  /** How long a checkout may take before what it took is given back, in seconds. */
  CHECKOUT_SECONDS: z.coerce.number().int().min(10).max(600).default(60),
  /** Checkouts that run side by side in one process; the rest wait in turn. */
  CHECKOUTS_AT_ONCE: z.coerce.number().int().min(1).max(200).default(8),
  /** How long stock is held before the payment is opened, in minutes; it is extended then. */
  CHECKOUT_HOLD_MINUTES: z.coerce.number().int().min(1).max(120).default(10),
  /** How long a buyer may return goods, in days after the last of them was handed over; then a part is completed. */
  RETURN_WINDOW_DAYS: z.coerce.number().int().min(0).max(365).default(14),
});

/** The settings of orders. */
export type OrdersConfig = z.infer<typeof ordersConfig>;
