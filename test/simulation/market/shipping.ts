import type { ParcelState } from '@haat/shipping/pure/parcel-state';
import type { Said, Tx } from '../engine/store.js';
import type { Work } from '../engine/work.js';
import type { Market } from './market.js';
import type { Keyed, MarketParts } from './market-parts.js';
import { letDepart } from './order-life.js';
import { partFacts, type FactLine, type ParcelRow, type PartFact } from './rows.js';

/** States of a part in which its pieces may leave. */
const ready = ['PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED', 'PARTIALLY_DELIVERED', 'DELIVERED'];

interface PartNews { readonly orderId: string; readonly vendorOrderId: string; readonly status: string; readonly state: readonly FactLine[] }

/** Keeps what is to be sent; drops what was cancelled and is still here. */
export function hearParts(market: Market): void {
  const { parts } = market.world;
  const keeping = (name: string, type: string): void => void market.consumers.shipping.push({ name: `shipping/${name}`, type, *apply(tx, event) {
    yield* keep(tx, event);
  } });
  keeping('part-changed', 'vendor-order-changed');
  keeping('part-accepted', 'vendor-order-accepted');
  market.consumers.shipping.push({ name: 'shipping/part-cancelled', type: 'vendor-order-cancelled', *apply(tx, event) {
    const fact = yield* keep(tx, event);
    const { shipped, lines } = event.payload as { shipped: boolean; lines: readonly { orderLineId: string; quantity: number }[] };
    if (shipped) return;
    for (const { orderLineId, quantity } of lines) fact.withdrawn[orderLineId] = (fact.withdrawn[orderLineId] ?? 0) + quantity;
    for (const parcel of fact.parcels.filter(({ status, shippedAtMs }) => status === 'BOOKED' && shippedAtMs === null)) if (isTooMuch(fact, parcel)) move(parts, tx, fact, parcel, 'CANCELLED', tx.nowMs());
    tx.set(partFacts, fact.id, fact);
  } });
}

/** Packs so many pieces of each line, or all that is left; null where nothing may be sent. */
export function* shipPart(market: Market, vendorOrderId: string, keyed: Keyed, piecesMax: number): Work<string | null> {
  const { processes: { shipping: process }, world: { parts } } = market;
  return yield* parts.once(market, process, keyed, function* pack(tx: Tx): Work<string | null> {
    const fact = yield* tx.locked(partFacts, vendorOrderId);
    if (!fact || !ready.includes(fact.status)) return null;
    const left = parts.piecesLeft({ ...fact, lines: fact.lines as never, withdrawnMinor: 0, amountToCollectMinor: 0 });
    if (left.size === 0) return null;
    const lines = [...left].map(([orderLineId, quantity]) => ({ orderLineId, quantity: Math.min(quantity, piecesMax) }));
    const id = `${vendorOrderId}/par-${fact.parcels.length + 1}`;
    fact.parcels.push({ id, version: 1, status: 'BOOKED', lines, amountToCollectMinor: 0, shippedAtMs: null, heardAtMs: tx.nowMs(), byKey: `${keyed.tenant} ${keyed.key}`, ways: ['BOOKED'] });
    tx.set(partFacts, vendorOrderId, fact);
    return id;
  });
}

/** Something that a courier tells of a parcel. */
interface Told {
  readonly vendorOrderId: string;
  readonly parcelId: string;
  readonly to: ParcelState;
  readonly atMs: number;
}

/** What a courier tells of a parcel: late, twice, or in another order. What leaves by it is asked of orders first. */
export function* track(market: Market, told: Told): Work<ParcelState | null> {
  const { world: { parts }, processes } = market;
  const mayLeave = yield* claim(market, told);
  return yield* processes.shipping.transaction(function* hear(tx: Tx): Work<ParcelState | null> {
    const fact = yield* tx.locked(partFacts, told.vendorOrderId);
    const parcel = fact?.parcels.find(({ id }) => id === told.parcelId);
    if (!fact || !parcel) return null;
    if (mayLeave || !leaves(parts, parcel, told)) move(parts, tx, fact, parcel, told.to, told.atMs);
    tx.set(partFacts, fact.id, fact);
    return parcel.status;
  });
}

/** Whether orders lets a parcel go that is about to leave. */
function* claim(market: Market, told: Told): Work<boolean> {
  const { world: { parts }, processes } = market;
  const fact = processes.shipping.store.row(partFacts, told.vendorOrderId);
  const parcel = fact?.parcels.find(({ id }) => id === told.parcelId);
  if (!fact || !parcel || !leaves(parts, parcel, told)) return false;
  return yield* processes.orders.ask(() => letDepart(market, { orderId: fact.orderId, vendorOrderId: fact.id, parcelId: parcel.id, lines: parcel.lines }));
}

function leaves(parts: MarketParts, parcel: ParcelRow, { to, atMs }: Told): boolean {
  return parcel.shippedAtMs === null && to !== 'CANCELLED' && moves(parts, parcel, to, atMs);
}

function moves(parts: MarketParts, { status, heardAtMs, shippedAtMs }: ParcelRow, to: ParcelState, atMs: number): boolean {
  const isLate = !['DELIVERED', 'RETURNED', 'CANCELLED'].includes(to) && atMs < heardAtMs;
  return !isLate && to !== status && parts.mayGet(status, to, { wasSent: shippedAtMs !== null });
}

function move(parts: MarketParts, tx: Tx, fact: PartFact, parcel: ParcelRow, to: ParcelState, atMs: number): void {
  if (!moves(parts, parcel, to, atMs)) return;
  const wasSent = parcel.shippedAtMs !== null;
  Object.assign(parcel, { status: to, heardAtMs: atMs, version: parcel.version + 1 });
  parcel.ways.push(to);
  if (!wasSent && to !== 'CANCELLED') {
    parcel.shippedAtMs = atMs;
    say(tx, fact, parcel, 'shipped');
  }
  if (to === 'DELIVERED') say(tx, fact, parcel, 'delivered');
  if (to === 'RETURNED') say(tx, fact, parcel, 'returned');
}

function say(tx: Tx, fact: PartFact, parcel: ParcelRow, what: string): void {
  const lines = parcel.lines.map(({ orderLineId, quantity }) => ({ orderLineId, quantity, cartLineId: fact.lines.find((line) => line.orderLineId === orderLineId)?.cartLineId ?? '' }));
  tx.emit(fact.tenant, `parcel-${what}`, parcel, { orderId: fact.orderId, vendorOrderId: fact.id, lines });
}

/** An older state than the one that is known changes nothing. */
function* keep(tx: Tx, { tenant, payload, aggregate: { version } }: Said): Work<PartFact> {
  const { orderId, vendorOrderId, status, state } = payload as PartNews;
  const there = (yield* tx.locked(partFacts, vendorOrderId)) ?? { id: vendorOrderId, orderId, tenant, version: 0, status, lines: [], withdrawn: {}, parcels: [] };
  const fact = there.version >= version ? there : { ...there, version, status, lines: state.map(({ orderLineId, cartLineId, offerId, quantity, cancelled, totalMinor }) => ({ orderLineId, cartLineId, offerId, quantity, cancelled, totalMinor })) };
  tx.set(partFacts, vendorOrderId, fact);
  return fact;
}

function isTooMuch({ lines, withdrawn, parcels }: PartFact, parcel: ParcelRow): boolean {
  const held = (id: string, of: readonly ParcelRow[]): number => of.flatMap((one) => one.lines).filter(({ orderLineId }) => orderLineId === id).reduce((sum, { quantity }) => sum + quantity, 0);
  const live = parcels.filter(({ status }) => status !== 'CANCELLED');
  return parcel.lines.some(({ orderLineId }) => {
    const line = lines.find((one) => one.orderLineId === orderLineId);
    const back = held(orderLineId, live.filter(({ status }) => status === 'RETURNED'));
    return !line || held(orderLineId, live) > line.quantity - Math.max(withdrawn[orderLineId] ?? 0, line.cancelled - back);
  });
}
