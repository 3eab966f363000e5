import { z } from 'zod';

/** What pricing reads from the environment. */
export const pricingConfig = z.object({
  /** Unknown coupon codes that one viewer may try within a window, before none is looked at any more. */
  COUPON_TRIES_PER_VIEWER: z.coerce.number().int().min(1).max(1_000_000).default(10),
  /** The same for one network address, behind which many may sit. */
  COUPON_TRIES_PER_ADDRESS: z.coerce.number().int().min(1).max(1_000_000).default(50),
  /** How long a try counts, in minutes. */
  COUPON_WINDOW_MINUTES: z.coerce.number().int().min(1).max(1_440).default(15),
});

/** The settings of pricing. */
export type PricingConfig = z.infer<typeof pricingConfig>;
