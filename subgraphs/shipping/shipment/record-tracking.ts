import type { Viewer } from '@haat/kit/identity';
import { parsed } from '@haat/kit/input';
import { idText, lineOf, noteCharactersMax } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { badInput, notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { ShippingContext, ShippingTx } from '../context.js';
import { maySend } from '../may.js';
import { cashAtDoor } from './cash-at-door.js';
import { claimDeparture } from './claim-departure.js';
import { lockedShipment, seenShipment, type SeenShipment, type WholeShipment } from './locked-parcels.js';
import { leaves, moveParcel, note, notHandedOver } from './move-parcel.js';
import { isHere, mayGet, recordable, rolledUp } from './parcel-state.js';
import { sayParcel } from './say-parcel.js';
import { ShipmentLineInput } from './ship-vendor-order.type.js';
import { ShipmentStatus } from './shipment-enums.js';
import type { ParcelRow, Pieces } from './shipment.row.js';
import { Shipment } from './shipment.type.js';

/** What became of a shipment. */
@InputType({ description: 'What became of a shipment, told by whoever carries it.' })
export class RecordTrackingInput {
  @Field(() => ID, { description: 'The shipment that was carried.' }) shipmentId: string;
  @Field(() => ID, { nullable: true, description: 'One of its parcels; all of them when left out.' }) parcelId?: string | null;
  @Field(() => ShipmentStatus, { description: 'Where it is now: PICKED_UP or anything behind that.' }) status: ShipmentStatus;
  @Field(() => String, { nullable: true, description: 'What is to be said about it, 1 to 500 characters.' }) note?: string | null;
  @Field(() => [ShipmentLineInput], { nullable: true, description: 'With PARTIALLY_DELIVERED of one parcel: the pieces that were handed over.' }) lines?: ShipmentLineInput[] | null;
}

/** Which shipment is not sent. */
@InputType({ description: 'Which shipment is not sent after all.' })
export class CancelShipmentInput {
  @Field(() => ID, { description: 'A shipment that is still with its vendor.' }) shipmentId: string;
  @Field(() => String, { nullable: true, description: 'Why it is not sent, 1 to 500 characters.' }) reason?: string | null;
}

/** It cannot get there. */
@ObjectType({ implements: Problem, description: 'The shipment cannot get there from where it is, or its carrier tells that by itself.' })
export class WrongShipmentStatus extends Problem {
  @Field(() => ShipmentStatus, { description: 'Where the shipment is now.' }) status: ShipmentStatus;
}

/** The shipment, or why not. */
export const RecordTrackingResult = resultOf('RecordTrackingResult', 'The shipment as it is now, or why it stays as it was.', [Shipment, WrongShipmentStatus]);
/** The shipment, or why not. */
export const CancelShipmentResult = resultOf('CancelShipmentResult', 'The cancelled shipment, or why it goes on.', [Shipment, WrongShipmentStatus]);

const words = lineOf(noteCharactersMax).nullish().transform((text) => text ?? null);
const pieces = z.array(z.object({ orderLineId: idText, quantity: z.int().min(1).max(1_000_000) })).min(1).max(250);
const rules = z.object({ shipmentId: idText, parcelId: idText.nullish(), status: z.enum(recordable, `expected one of ${recordable.join(', ')}`), note: words, lines: pieces.nullish() });
type Wish = z.infer<typeof rules>;
const cancelRules = z.object({ shipmentId: idText, reason: words });
/** What carriers do not say, or not well enough. */
const saidOfCarriers: readonly string[] = ['PARTIALLY_DELIVERED', 'RETURNED', 'LOST', 'DAMAGED'];

/**
 * Takes up what became of parcels that the vendor carries itself: all that are named, or none. Of a carrier's, only what that does not
 * say by itself. What leaves by this is asked of orders first; refused where orders cannot be reached, and nothing is written.
 */
export async function recordTracking(ctx: ShippingContext, input: RecordTrackingInput): Promise<Shipment | WrongShipmentStatus> {
  const wish = parsed(rules, input);
  const seen = ownedBy(ctx.viewer, await seenShipment(ctx, wish.shipmentId));
  const news = { to: wish.status, at: ctx.clock.now() };
  const { parcels, problem } = told(seen, wish);
  const claimed = new Set<string>();
  for (const parcel of problem === null ? parcels : []) {
    const claim = await claimDeparture(ctx, parcel, news);
    if (claim === 'CANCELLED') return wrong(seen, 'The order was cancelled. Do not hand it over.');
    if (claim === 'HELD') return wrong(seen, 'The order is held back. Do not hand it over before it is released.');
    if (claim === 'DEPARTED') claimed.add(parcel.id);
  }
  return ctx.transaction((tx) => record(tx, wish, claimed));
}

async function record(tx: ShippingTx, wish: Wish, claimed: ReadonlySet<string>): Promise<Shipment | WrongShipmentStatus> {
  const { status: to, note: text } = wish;
  const whole = await ownShipment(tx, wish.shipmentId);
  const { parcels, handedOver, completed, problem } = told(whole, wish);
  if (problem !== null) return wrong(whole, problem);
  if (completed) await completePartial(tx, whole, completed, handedOver ?? [], text);
  const at = tx.clock.now();
  if (parcels.some((parcel) => leaves(parcel, { to, at }) && !claimed.has(parcel.id))) return wrong(whole, 'It moved meanwhile. Look at it and say so again.');
  for (const parcel of parcels) {
    const cashMinor = whole.shipment.carrier === 'own' ? cashAtDoor(whole.fact.lines, parcel, to, handedOver) : null;
    await moveParcel(tx, { ...whole, parcel }, { to, kind: 'recorded', note: text, at, cashMinor, handedOver, mayLeave: claimed.has(parcel.id) });
  }
  return Shipment.of(whole.shipment);
}

/** Does not send a shipment after all: its pieces can be sent anew. What a carrier has taken is withdrawn there, which it tells by itself. */
export async function cancelShipment(tx: ShippingTx, input: CancelShipmentInput): Promise<Shipment | WrongShipmentStatus> {
  const { shipmentId, reason } = parsed(cancelRules, input);
  const whole = await ownShipment(tx, shipmentId);
  const open = whole.parcels.filter(({ status }) => status !== 'CANCELLED');
  if (!open.every((parcel) => isHere(parcel.status, { wasSent: parcel.shippedAt !== null }))) return wrong(whole, 'It has left already.');
  if (open.some(({ booking }) => booking === 'BOOKED' || booking === 'ASKED' || booking === 'UNCERTAIN')) return wrong(whole, 'The carrier may have it: withdraw it there, and it is cancelled here.');
  for (const parcel of open) {
    parcel.dueAt = null;
    await moveParcel(tx, { ...whole, parcel }, { to: 'CANCELLED', kind: 'cancelled', note: reason, at: tx.clock.now() });
  }
  return Shipment.of(whole.shipment);
}

async function ownShipment(tx: ShippingTx, id: string): Promise<WholeShipment> {
  return ownedBy(tx.viewer, await lockedShipment(tx, id));
}

function ownedBy<S extends SeenShipment>(viewer: Viewer, whole: S | null): S {
  if (!whole || !maySend(viewer, whole.shipment.vendorId)) throw notFound('shipment');
  return whole;
}

interface Told {
  /** What moves; nothing where pieces of a parcel are named only now. */
  readonly parcels: readonly ParcelRow[];
  readonly handedOver: readonly Pieces[] | null;
  /** The parcel of which a part was handed over, and somebody says now which. */
  readonly completed: ParcelRow | null;
  /** Why it cannot be so. */
  readonly problem: string | null;
}

function told({ shipment, parcels: all }: SeenShipment, { parcelId, status: to, lines }: Wish): Told {
  const parcels = all.filter(({ id, status }) => (parcelId ? id === parcelId : status !== 'CANCELLED'));
  if (parcelId && parcels.length === 0) throw notFound('parcel in this shipment');
  const handedOver = to === 'PARTIALLY_DELIVERED' ? piecesHandedOver(parcels, lines ?? null) : null;
  const [only] = parcels;
  if (only && handedOver && only.status === 'PARTIALLY_DELIVERED' && only.handedOver === null) return { parcels: [], handedOver, completed: only, problem: null };
  const isTold = shipment.carrier === 'own' || saidOfCarriers.includes(to);
  const isPossible = isTold && parcels.length > 0 && parcels.every((parcel) => mayGet(parcel.status, to, { wasSent: parcel.shippedAt !== null }));
  return { parcels, handedOver, completed: null, problem: isPossible ? null : `It cannot get to ${to} from here${isTold ? '' : ' by hand: its carrier tells it'}.` };
}

/** Which pieces of the one parcel were handed over: some of what is in it, and not all. */
function piecesHandedOver(parcels: readonly ParcelRow[], lines: readonly Pieces[] | null): Pieces[] {
  const [parcel, ...others] = parcels;
  if (!parcel || others.length > 0 || !lines) throw badInput([{ path: ['input', 'lines'], message: 'expected the pieces of one parcel that were handed over' }]);
  const fits = new Set(lines.map(({ orderLineId }) => orderLineId)).size === lines.length && lines.every(({ orderLineId, quantity }) => quantity <= (parcel.lines.find((one) => one.orderLineId === orderLineId)?.quantity ?? 0));
  if (!fits || notHandedOver({ lines: parcel.lines, handedOver: lines }).length === 0) throw badInput([{ path: ['input', 'lines'], message: 'expected some of the pieces in the parcel, and not all of them' }]);
  return [...lines];
}

/** Its carrier said that a part was handed over, and now somebody says which. */
async function completePartial(tx: ShippingTx, whole: WholeShipment, parcel: ParcelRow, handedOver: readonly Pieces[], text: string | null): Promise<void> {
  await tx.db.save(Object.assign(parcel, { handedOver, version: parcel.version + 1 }));
  await note(tx, parcel, { to: 'PARTIALLY_DELIVERED', kind: 'recorded', note: text, at: tx.clock.now() });
  await sayParcel(tx, { ...whole, parcel }, 'delivered', handedOver);
}

function wrong({ parcels }: SeenShipment, message: string): WrongShipmentStatus {
  return Object.assign(new WrongShipmentStatus(), { message, status: ShipmentStatus[rolledUp(parcels.map(({ status }) => status))] });
}
