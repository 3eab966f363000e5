import type { ShippingContext, ShippingTx } from '../context.js';
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

/** A shipment as it is, for looking at. */
export type SeenShipment = Pick<WholeShipment, 'shipment' | 'parcels'>;

/** A shipment with its parcels, locked by nobody; null where there is none. */
export async function seenShipment(ctx: Pick<ShippingContext, 'db' | 'tenant'>, id: string): Promise<SeenShipment | null> {
  const shipment = await ctx.db.findOneBy(ShipmentRow, { tenantId: ctx.tenant.id, id });
  return shipment && { shipment, parcels: await parcelsOf(ctx, id) };
}

/** A shipment for changing; null where there is none. */
export async function lockedShipment(tx: ShippingTx, id: string): Promise<WholeShipment | null> {
  const seen = await tx.db.findOneBy(ShipmentRow, { tenantId: tx.tenant.id, id });
  const fact = seen && (await lockedFact(tx, seen.vendorOrderId));
  if (!fact) return null;
  return { fact, shipment: seen, parcels: await parcelsOf(tx, id) };
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

function parcelsOf({ db, tenant }: Pick<ShippingContext, 'db' | 'tenant'>, shipmentId: string): Promise<ParcelRow[]> {
  return db.find(ParcelRow, { where: { tenantId: tenant.id, shipmentId }, order: { position: 'ASC' } });
}
