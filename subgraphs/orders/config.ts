import { z } from 'zod';

/** What orders reads from the environment. */
export const ordersConfig = z.object({
  /** How long a checkout may take before what it took is given back, in seconds. */
  CHECKOUT_SECONDS: z.coerce.number().int().min(10).max(600).default(60),
  /** How long stock is held before the payment is opened, in minutes; it is extended then. */
  CHECKOUT_HOLD_MINUTES: z.coerce.number().int().min(1).max(120).default(10),
});

/** The settings of orders. */
export type OrdersConfig = z.infer<typeof ordersConfig>;
