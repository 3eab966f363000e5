import type { Representation } from '@haat/kit/define';
import type { ShippingContext } from '../context.js';
import { maySee } from '../may.js';
import { VendorOrderFact } from '../order/vendor-order-fact.row.js';
import { ShipmentRow } from './shipment.row.js';
import { Shipment } from './shipment.type.js';

/** Shipments by their keys, those the viewer may follow: two statements. */
export async function findShipments(ctx: ShippingContext, keys: readonly Representation[]): Promise<(Shipment | null)[]> {
  const rows = await ctx.loaders.shipmentById.loadMany(keys.map(({ id }) => id));
  const found = rows.map((row) => (row instanceof ShipmentRow ? row : null));
  const facts = await ctx.loaders.factById.loadMany(found.flatMap((row) => row?.vendorOrderId ?? []));
  const seen = new Set(facts.flatMap((fact) => (fact instanceof VendorOrderFact && maySee(ctx.viewer, fact) ? [fact.id] : [])));
  return found.map((row) => (row && seen.has(row.vendorOrderId) ? Shipment.of(row) : null));
}

/** One of them; null where it is not the viewer's to follow. */
export async function findShipment(ctx: ShippingContext, id: string): Promise<Shipment | null> {
  return (await findShipments(ctx, [{ __typename: 'Shipment', id }]))[0] ?? null;
}
