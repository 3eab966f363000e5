import { codCollected, parcelDelivered, parcelFailed, parcelLabelled, parcelReturned, parcelShipped, type ParcelState as ParcelFacts } from '@haat/schema/events/shipping';
import type { ShippingTx } from '../context.js';
import type { VendorOrderFact } from '../order/vendor-order-fact.row.js';
import type { ParcelRow, Pieces, ShipmentRow } from './shipment.row.js';

/** A parcel with what it belongs to. */
export interface WholeParcel {
  readonly fact: VendorOrderFact;
  readonly shipment: ShipmentRow;
  readonly parcel: ParcelRow;
}

const plain = { labelled: parcelLabelled, shipped: parcelShipped, delivered: parcelDelivered } as const;
const withReason = { failed: parcelFailed, returned: parcelReturned } as const;

/** Says what became of a parcel, or of some of its pieces, in the commit that writes it. */
export async function sayParcel(tx: ShippingTx, whole: WholeParcel, kind: keyof typeof plain, pieces: readonly Pieces[] = whole.parcel.lines): Promise<void> {
  await tx.emit(plain[kind], { aggregate: aggregateOf(whole), payload: factsOf(whole, pieces) });
}

/** The same where something went wrong. */
export async function sayTrouble(tx: ShippingTx, whole: WholeParcel, kind: keyof typeof withReason, reason: string, pieces: readonly Pieces[] = whole.parcel.lines): Promise<void> {
  await tx.emit(withReason[kind], { aggregate: aggregateOf(whole), payload: { ...factsOf(whole, pieces), reason, ...(kind === 'returned' && whole.parcel.isDamaged && { damaged: true }) } });
}

/** Says that cash was taken at the door. */
export async function sayCash(tx: ShippingTx, whole: WholeParcel, amountMinor: number): Promise<void> {
  const { fact, shipment, parcel } = whole;
  await tx.emit(codCollected, {
    aggregate: aggregateOf(whole),
    payload: {
      parcelId: parcel.id, shipmentId: shipment.id, vendorOrderId: fact.id, orderId: fact.orderId, vendorId: fact.vendorId, carrier: shipment.carrier, currency: fact.currency, amountMinor,
      ...(parcel.feeMinor !== null && { feeMinor: parcel.feeMinor }),
    },
  });
}

function aggregateOf({ parcel: { id, version } }: WholeParcel): { id: string; version: number } {
  return { id, version };
}

function factsOf({ fact, shipment, parcel }: WholeParcel, pieces: readonly Pieces[]): ParcelFacts {
  return {
    parcelId: parcel.id, shipmentId: shipment.id, vendorOrderId: fact.id, orderId: fact.orderId, vendorId: fact.vendorId, buyer: { userId: fact.userId, guestKey: fact.guestKey },
    carrier: shipment.carrier, trackingId: parcel.trackingId, trackingUrl: parcel.trackingUrl,
    lines: pieces.flatMap(({ orderLineId, quantity }) => {
      const line = fact.lines.find((one) => one.orderLineId === orderLineId);
      return line ? [{ orderLineId, cartLineId: line.cartLineId, offerId: line.offerId, quantity }] : [];
    }),
  };
}
