import { z } from 'zod';

/** What inventory reads from the environment. */
export const inventoryConfig = z.object({
  /** How long stock is held for a checkout that says nothing else, in minutes. */
  STOCK_HOLD_MINUTES: z.coerce.number().int().min(1).max(24 * 60).default(10),
  /** How long stock can be held in all, however often it is extended, in hours. */
  STOCK_HOLD_HOURS_MAX: z.coerce.number().int().min(1).max(30 * 24).default(72),
  /** More than this many pieces are shown as this many: rivals shall not count our stock. */
  STOCK_SHOWN_MAX: z.coerce.number().int().min(1).default(50),
  /** The threshold of a level for which nothing else was set. */
  STOCK_LOW_AT: z.coerce.number().int().min(0).default(5),
});

/** The settings of inventory. */
export type InventoryConfig = z.infer<typeof inventoryConfig>;
