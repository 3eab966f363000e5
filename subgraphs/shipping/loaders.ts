import { optionsByGroup } from './cart/group-options.loaders.js';
import type { ShippingContext } from './context.js';
import { eventsByShipment, factById, labelByShipment, parcelsByShipment, shipmentById, shipmentsByPart } from './shipment/shipment.loaders.js';

/** The loaders of one request. */
export interface ShippingLoaders {
  readonly optionsByGroup: ReturnType<typeof optionsByGroup>;
  readonly factById: ReturnType<typeof factById>;
  readonly shipmentById: ReturnType<typeof shipmentById>;
  readonly shipmentsByPart: ReturnType<typeof shipmentsByPart>;
  readonly parcelsByShipment: ReturnType<typeof parcelsByShipment>;
  readonly eventsByShipment: ReturnType<typeof eventsByShipment>;
  readonly labelByShipment: ReturnType<typeof labelByShipment>;
}

/** Makes them. */
export function shippingLoaders(ctx: ShippingContext): ShippingLoaders {
  return {
    optionsByGroup: optionsByGroup(ctx), factById: factById(ctx), shipmentById: shipmentById(ctx), shipmentsByPart: shipmentsByPart(ctx), parcelsByShipment: parcelsByShipment(ctx), eventsByShipment: eventsByShipment(ctx),
    labelByShipment: labelByShipment(ctx),
  };
}
