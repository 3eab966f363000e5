import type { ShippingTx } from '../context.js';
import { ParcelRow } from '../shipment/shipment.row.js';
import { LabelRow } from './label.row.js';

/** Has the labels of a shipment made once every parcel that goes has its number. */
export async function requestLabel(tx: ShippingTx, shipmentId: string): Promise<void> {
  const parcels = await tx.db.findBy(ParcelRow, { tenantId: tx.tenant.id, shipmentId });
  const going = parcels.filter(({ status }) => status !== 'CANCELLED');
  if (going.length === 0 || going.some(({ booking }) => booking !== 'NONE' && booking !== 'BOOKED')) return;
  await tx.db.update(LabelRow, { tenantId: tx.tenant.id, shipmentId, state: 'WAITING' }, { state: 'REQUESTED', dueAt: tx.clock.now() });
}
