import { listLoader, loader, mapBy } from '@haat/kit/loader';
import type { ShippingContext } from '../context.js';
import { LabelRow } from '../label/label.row.js';
import { VendorOrderFact } from '../order/vendor-order-fact.row.js';
import { ParcelRow, ShipmentRow, TrackingEventRow } from './shipment.row.js';

/** Vendors' parts of orders by their ids. */
export function factById(ctx: ShippingContext) {
  return loader<string, VendorOrderFact>(async (ids) => mapBy(await ctx.db.createQueryBuilder(VendorOrderFact, 'f').where('f.id = any(:ids)', { ids }).getMany(), ({ id }) => id));
}

/** Shipments by their ids. */
export function shipmentById(ctx: ShippingContext) {
  return loader<string, ShipmentRow>(async (ids) => mapBy(await ctx.db.createQueryBuilder(ShipmentRow, 's').where('s.id = any(:ids)', { ids }).getMany(), ({ id }) => id));
}

/** The shipments of vendors' parts, oldest first. */
export function shipmentsByPart(ctx: ShippingContext) {
  return listLoader<string, ShipmentRow>((ids) => ctx.db.createQueryBuilder(ShipmentRow, 's').where('s.vendorOrderId = any(:ids)', { ids }).orderBy('s.id').getMany(), ({ vendorOrderId }) => vendorOrderId);
}

/** The parcels of shipments, in their order. */
export function parcelsByShipment(ctx: ShippingContext) {
  return listLoader<string, ParcelRow>((ids) => ctx.db.createQueryBuilder(ParcelRow, 'p').where('p.shipmentId = any(:ids)', { ids }).orderBy('p.position').getMany(), ({ shipmentId }) => shipmentId);
}

/** What happened to shipments, oldest first. */
export function eventsByShipment(ctx: ShippingContext) {
  return listLoader<string, TrackingEventRow>((ids) => ctx.db.createQueryBuilder(TrackingEventRow, 'e').where('e.shipmentId = any(:ids)', { ids }).orderBy('e.happenedAt').addOrderBy('e.seq').getMany(), ({ shipmentId }) => shipmentId);
}

/** Labels of shipments that are made, without their pages. */
export function labelByShipment(ctx: ShippingContext) {
  return loader<string, LabelRow>(async (ids) => mapBy(await ctx.db.createQueryBuilder(LabelRow, 'l').where(`l.shipmentId = any(:ids) and l.state = 'READY'`, { ids }).getMany(), ({ shipmentId }) => shipmentId));
}
