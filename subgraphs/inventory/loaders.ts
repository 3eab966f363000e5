import type { InventoryContext } from './context.js';
import { availabilityByOffer, warehouseById } from './stock/stock.loaders.js';

/** The loaders of one request. */
export interface InventoryLoaders {
  readonly availabilityByOffer: ReturnType<typeof availabilityByOffer>;
  readonly warehouseById: ReturnType<typeof warehouseById>;
}

/** Makes them. */
export function inventoryLoaders(ctx: InventoryContext): InventoryLoaders {
  return { availabilityByOffer: availabilityByOffer(ctx), warehouseById: warehouseById(ctx) };
}
