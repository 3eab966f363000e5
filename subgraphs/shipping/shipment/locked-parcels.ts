import type { ShippingTx } from '../context.js';
import { lockedFact } from '../order/locked-fact.js';
import type { VendorOrderFact } from '../order/vendor-order-fact.row.js';
import type { WholeParcel } from './say-parcel.js';
import { ParcelRow, ShipmentRow } from './shipment.row.js';

/** A shipment with its parcels, its order locked first, as everywhere. */
export interface WholeShipment {
  readonly fact: VendorOrderFact;
  readonly shipment: ShipmentRow;
  readonly parcels: readonly ParcelRow[];
}

/** A shipment for changing; null where there is none. */
export async function lockedShipment(tx: ShippingTx, id: string): Promise<WholeShipment | null> {
  const seen = await tx.db.findOneBy(ShipmentRow, { tenantId: tx.tenant.id, id });
  const fact = seen && (await lockedFact(tx, seen.vendorOrderId));
  if (!fact) return null;
  const parcels = await tx.db.find(ParcelRow, { where: { tenantId: tx.tenant.id, shipmentId: id }, order: { position: 'ASC' } });
  return { fact, shipment: seen, parcels };
}

/** A parcel for changing; null where there is none. */
export async function lockedParcel(tx: ShippingTx, id: string): Promise<WholeParcel | null> {
  const seen = await tx.db.findOneBy(ParcelRow, { tenantId: tx.tenant.id, id });
  const whole = seen && (await lockedShipment(tx, seen.shipmentId));
  const parcel = whole?.parcels.find((one) => one.id === id);
  return whole && parcel ? { fact: whole.fact, shipment: whole.shipment, parcel } : null;
}

/** Every parcel that was made for a vendor's part, oldest first. */
export function parcelsOfPart(tx: Pick<ShippingTx, 'db'>, vendorOrderId: string): Promise<ParcelRow[]> {
  return tx.db.createQueryBuilder(ParcelRow, 'p').innerJoin(ShipmentRow, 's', 's.tenantId = p.tenantId and s.id = p.shipmentId').where('s.vendorOrderId = :vendorOrderId', { vendorOrderId })
    .orderBy('p.shipmentId').addOrderBy('p.position').getMany();
}
