import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { AcceptVendorOrder, RecordTracking, ShipVendorOrder, type ShipmentStatus } from '@haat/merchant-client/generated/operations';
import { obtain } from './act.js';
import type { Asker, Door } from './graph.js';

/** How long shipping and orders may take to hear of each other on a busy machine, in milliseconds. */
const heardWithinMs = 20_000;

/** A vendor accepts its part of an order, packs all of it and carries it itself. Answers the shipment's id. */
export async function sendPart(door: Door, merchant: Asker, vendorOrderId: string): Promise<string> {
  await eventually(() => obtain(door, merchant, AcceptVendorOrder, { vendorOrderId }, 'VendorOrder'), heardWithinMs);
  // A key of its own each time: one keeps its answer, and this one is that nobody accepted the part yet.
  const { id } = await eventually(() => obtain(door, merchant, ShipVendorOrder, { vendorOrderId, idempotencyKey: newId('req') }, 'Shipment'), heardWithinMs);
  return id;
}

/** Its courier tells what becomes of it, in turn. */
export async function track(door: Door, merchant: Asker, shipmentId: string, statuses: readonly ShipmentStatus[]): Promise<void> {
  for (const status of statuses) await obtain(door, merchant, RecordTracking, { shipmentId, status }, 'Shipment');
}
