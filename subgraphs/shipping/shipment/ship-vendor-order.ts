import { newId } from '@haat/kit/id';
import { badInput, notFound } from '@haat/kit/refusal';
import { accountFor } from '../carrier/carrier-of.js';
import type { CarrierName } from '../carrier/carrier.js';
import type { ShippingTx } from '../context.js';
import { LabelRow } from '../label/label.row.js';
import { maySend } from '../may.js';
import { lockedFact } from '../order/locked-fact.js';
import type { VendorOrderFact } from '../order/vendor-order-fact.row.js';
import { amountsToCollect, piecesLeft, type PartToSend } from './decide-shipment.js';
import { unaccepted } from './hear-acceptance.js';
import { parcelsOfPart } from './locked-parcels.js';
import { note } from './move-parcel.js';
import type { NothingToShipReason } from './shipment-enums.js';
import { ParcelRow, ShipmentRow, type Pieces } from './shipment.row.js';

/** What somebody wants to send, checked by itself. */
export interface ShipmentWish {
  readonly vendorOrderId: string;
  readonly lines: readonly Pieces[] | null;
  readonly carrier: CarrierName;
  readonly parcels: readonly { readonly weightGrams: number | null; readonly lines: readonly Pieces[] | null }[];
}

/** A shipment that was begun, or why none was: kept under the client's key, and so plain data. */
export type Begun =
  | { readonly outcome: 'BEGUN'; readonly shipmentId: string; readonly parcelIds: readonly string[] }
  | { readonly outcome: 'NOTHING'; readonly reason: keyof typeof NothingToShipReason; readonly left: readonly Pieces[] }
  | { readonly outcome: 'NO_ACCOUNT' };

/** States of a part in which its pieces may leave. */
const ready = ['PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED', 'PARTIALLY_DELIVERED', 'DELIVERED'];
/** What a piece is taken to weigh where nobody knows, in grams. */
const unknownGrams = 250;

/** Packs pieces into parcels, in the order of their number: never more than is left, and nothing of what is held back or not accepted. A carrier is asked afterwards. */
export async function beginShipment(tx: ShippingTx, wish: ShipmentWish): Promise<Begun> {
  const fact = await lockedFact(tx, wish.vendorOrderId);
  if (!fact || !maySend(tx.viewer, fact.vendorId)) throw notFound('vendor order');
  const { lines, withdrawn, withdrawnMinor, amountToCollectMinor, status } = fact;
  const part: PartToSend = { lines, withdrawn, withdrawnMinor, amountToCollectMinor, parcels: await parcelsOfPart(tx, fact.id) };
  const left = piecesLeft(part);
  const nothing = (reason: keyof typeof NothingToShipReason): Begun => ({ outcome: 'NOTHING', reason, left: [...left].map(([orderLineId, quantity]) => ({ orderLineId, quantity })) });
  if (status === 'ON_HOLD') return nothing('ON_HOLD');
  if (!ready.includes(status)) return nothing(unaccepted.includes(status) ? 'NOT_ACCEPTED' : 'ORDER_OVER');
  if (left.size === 0) return nothing('NOTHING_LEFT');
  const boxes = boxesOf(wish, [...left].map(([orderLineId, quantity]) => ({ orderLineId, quantity })));
  const wanted = together(boxes.flatMap((box) => box.lines));
  if (wanted.some(({ orderLineId, quantity }) => quantity > (left.get(orderLineId) ?? 0))) return nothing('TOO_MANY_PIECES');
  const account = wish.carrier === 'own' ? null : await accountFor(tx, wish.carrier, fact.vendorId);
  if (wish.carrier !== 'own' && !account) return { outcome: 'NO_ACCOUNT' };
  const amounts = amountsToCollect(part, boxes.map((box) => box.lines));
  return write(tx, fact, { carrier: wish.carrier, accountId: account?.id ?? null, before: part.parcels.length, boxes: boxes.map((box, at) => ({ ...box, amountToCollectMinor: amounts[at] ?? 0 })) });
}

interface Box {
  readonly lines: readonly Pieces[];
  readonly weightGrams: number | null;
}

/** The boxes with what is in each: named there, or everything in the only one. What is named in both places must be the same. */
function boxesOf({ lines, parcels }: ShipmentWish, left: readonly Pieces[]): Box[] {
  const all = lines === null ? left : together(lines);
  const [only, ...others] = parcels;
  const boxes = others.length === 0 ? [{ lines: only?.lines ? together(only.lines) : all, weightGrams: only?.weightGrams ?? null }] : parcels.map((box, at) => {
    if (!box.lines || box.lines.length === 0) throw badInput([{ path: ['input', 'parcels', at, 'lines'], message: 'expected what is in each of several boxes' }]);
    return { lines: together(box.lines), weightGrams: box.weightGrams };
  });
  const packed = new Map(together(boxes.flatMap((box) => box.lines)).map(({ orderLineId, quantity }) => [orderLineId, quantity]));
  const isSame = lines === null || (all.length === packed.size && all.every(({ orderLineId, quantity }) => packed.get(orderLineId) === quantity));
  if (!isSame) throw badInput([{ path: ['input', 'parcels'], message: 'expected the boxes to hold just what lines names' }]);
  return boxes;
}

function together(pieces: readonly Pieces[]): Pieces[] {
  const groups = Map.groupBy(pieces, ({ orderLineId }) => orderLineId);
  return [...groups].map(([orderLineId, alike]) => ({ orderLineId, quantity: alike.reduce((sum, { quantity }) => sum + quantity, 0) }));
}

interface ToWrite {
  readonly carrier: CarrierName;
  readonly accountId: string | null;
  /** Parcels that were made for the part before. */
  readonly before: number;
  readonly boxes: readonly (Box & { readonly amountToCollectMinor: number })[];
}

async function write(tx: ShippingTx, fact: VendorOrderFact, { carrier, accountId, before, boxes }: ToWrite): Promise<Begun> {
  const now = tx.clock.now();
  const isOwn = carrier === 'own';
  const tenantId = tx.tenant.id;
  const shipment = tx.db.create(ShipmentRow, { tenantId, id: newId('shp', now), version: 1, vendorOrderId: fact.id, orderId: fact.orderId, vendorId: fact.vendorId, carrier, accountId });
  const parcels = boxes.map(({ lines, weightGrams, amountToCollectMinor }, at) => tx.db.create(ParcelRow, {
    tenantId, id: newId('par', now), version: 1, shipmentId: shipment.id, position: at + 1, status: isOwn ? 'BOOKED' : 'DRAFT', lines, handedOver: null, isDamaged: false, weightGrams: weightGrams ?? weightOf(fact, lines), amountToCollectMinor,
    trackingId: isOwn ? `${fact.number}-${before + at + 1}` : null, trackingUrl: null, feeMinor: null, booking: isOwn ? 'NONE' : 'WAITING', bookingTries: 0, refusals: [], dueAt: isOwn ? null : now, shippedAt: null, heardAt: now, cashTakenAt: null,
  }));
  await tx.db.insert(ShipmentRow, shipment);
  await tx.db.insert(ParcelRow, parcels as never);
  await tx.db.insert(LabelRow, { tenantId, id: newId('lbl', now), version: 1, shipmentId: shipment.id, state: isOwn ? 'REQUESTED' : 'WAITING', tries: 0, dueAt: isOwn ? now : null, madeAt: null });
  for (const parcel of parcels) await note(tx, parcel, { to: parcel.status, kind: 'packed', at: now });
  return { outcome: 'BEGUN', shipmentId: shipment.id, parcelIds: parcels.map(({ id }) => id) };
}

function weightOf({ lines }: VendorOrderFact, pieces: readonly Pieces[]): number {
  return Math.max(1, pieces.reduce((sum, { orderLineId, quantity }) => sum + quantity * (lines.find((line) => line.orderLineId === orderLineId)?.weightGrams ?? unknownGrams), 0));
}
