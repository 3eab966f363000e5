import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import type { Asker, Door } from './graph.js';
import { mutate } from './mutate.js';

/** How long shipping and orders may take to hear of each other on a busy machine, in milliseconds. */
const heardWithinMs = 20_000;

/** A vendor accepts its part of an order, packs all of it and carries it itself. Answers the shipment's id. */
export async function sendPart(door: Door, merchant: Asker, vendorOrderId: string): Promise<string> {
  await eventually(async () => (await mutate(door, merchant, 'acceptVendorOrder', { vendorOrderId }, '... on VendorOrder { status } ... on Problem { message }')).__typename === 'VendorOrder', heardWithinMs);
  const sent = await eventually(async () => {
    // A key of its own each time: one keeps its answer, and this one is that nobody accepted the part yet.
    const outcome = await mutate(door, merchant, 'shipVendorOrder', { vendorOrderId, idempotencyKey: newId('req') }, '... on Shipment { id } ... on Problem { message }');
    return outcome.__typename === 'Shipment' && outcome;
  }, heardWithinMs);
  return String(sent['id']);
}

/** Its courier tells what becomes of it, in turn. */
export async function track(door: Door, merchant: Asker, shipmentId: string, statuses: readonly string[]): Promise<void> {
  for (const status of statuses) {
    const { __typename } = await mutate(door, merchant, 'recordTracking', { shipmentId, status }, '... on Shipment { status } ... on Problem { message }');
    if (__typename !== 'Shipment') throw new Error(`recordTracking ${status} came to ${__typename}.`);
  }
}
