import type { Said, Tx } from '../engine/store.js';
import type { Work } from '../engine/work.js';
import type { LevelChange } from './market-parts.js';
import type { Market } from './market.js';
import { levels, reservations, type HeldLine, type LevelRow, type ReservationRow } from './rows.js';

/** What an order wants held. */
export interface StockWish {
  readonly orderId: string;
  readonly lines: readonly { readonly lineId: string; readonly offerId: string; readonly quantity: number }[];
  readonly holdMs: number;
  readonly isAgain?: boolean;
}

/** What came of it, with the end of a hold. */
export type StockAnswer = { readonly outcome: 'HELD'; readonly expiresAtMs: number } | { readonly outcome: 'SHORT' | 'RELEASED' };

interface Pieces { readonly lineId: string; readonly quantity: number }

/** Holds every line of an order, or none: twice the same. */
export function* reserve(market: Market, { orderId, lines, holdMs, isAgain = false }: StockWish): Work<StockAnswer> {
  const { processes: { inventory }, world: { parts, timeline } } = market;
  return yield* inventory.transaction(function* hold(tx: Tx): Work<StockAnswer> {
    const there = yield* tx.locked(reservations, orderId);
    const isFree = !there || (isAgain && (there.state === 'RELEASED' || there.state === 'EXPIRED' || (there.state === 'HELD' && there.expiresAtMs <= timeline.nowMs)));
    if (!isFree) return (there.state === 'HELD' && there.expiresAtMs > timeline.nowMs) || there.state === 'COMMITTED' ? { outcome: 'HELD', expiresAtMs: there.expiresAtMs } : { outcome: 'RELEASED' };
    // Two changes in one transaction: all their locks first, in one order.
    if (there) for (const { offerId, warehouseId } of inventory.store.all(levels)) yield* tx.locked(levels, `${offerId} ${warehouseId}`);
    if (there) yield* change(market, tx, openLines(there).map(({ offerId, warehouseId, quantity }) => ({ offerId, warehouseId, reserved: -quantity })));
    const expiresAtMs = timeline.nowMs + holdMs;
    const seen = inventory.store.all(levels).map(({ offerId, warehouseId }) => tx.need(levels, `${offerId} ${warehouseId}`));
    const allocation = parts.allocateStock(lines, seen.map((level) => ({ ...level, available: level.onHand - level.allocated - level.reserved, serves: true })));
    if ('short' in allocation) return { outcome: 'SHORT' };
    const taken = allocation.taken.map((line): HeldLine => ({ ...line, shipped: 0, givenBack: 0 }));
    yield market.world.aMoment();
    // Others were quicker: the product looks again a few times; here the buyer does.
    if (!(yield* change(market, tx, taken.map(({ offerId, warehouseId, quantity }) => ({ offerId, warehouseId, reserved: quantity })), seen))) return { outcome: 'SHORT' };
    tx.set(reservations, orderId, { orderId, version: (there?.version ?? 0) + 1, state: 'HELD', expiresAtMs, lines: taken });
    return { outcome: 'HELD', expiresAtMs };
  });
}

/** Lets a hold last longer. */
export function* extend({ processes: { inventory }, world }: Market, orderId: string, untilMs: number): Work<number | null> {
  return yield* inventory.transaction(function* later(tx: Tx): Work<number | null> {
    const there = yield* tx.locked(reservations, orderId);
    if (there?.state !== 'HELD' || there.expiresAtMs <= world.timeline.nowMs) return null;
    const expiresAtMs = Math.max(there.expiresAtMs, untilMs);
    tx.set(reservations, orderId, { ...there, expiresAtMs });
    return expiresAtMs;
  });
}

/** Gives a hold back. */
export function* release(market: Market, orderId: string): Work {
  yield* market.processes.inventory.transaction((tx) => giveBack(market, tx, orderId));
}

/** Ends the holds whose time is over. */
export function* expireHolds(market: Market): Work {
  const { processes: { inventory }, world: { parts, timeline } } = market;
  const isOver = (hold: ReservationRow): boolean => parts.isOver(hold, { database: timeline.nowMs, own: inventory.nowMs() });
  for (const { orderId } of inventory.store.all(reservations).filter(isOver)) {
    yield* inventory.transaction(function* expire(tx: Tx): Work {
      const hold = yield* tx.locked(reservations, orderId);
      if (!hold || !isOver(hold)) return;
      yield* change(market, tx, openLines(hold).map(({ offerId, warehouseId, quantity }) => ({ offerId, warehouseId, reserved: -quantity })));
      const expired: ReservationRow = { ...hold, state: 'EXPIRED', version: hold.version + 1, lines: hold.lines.map((line) => ({ ...line, givenBack: line.quantity })) };
      tx.set(reservations, orderId, expired);
      market.note('hold-ended', { orderId, promisedMs: hold.expiresAtMs });
      tx.emit('', 'reservation-expired', { id: `res-${orderId}`, version: expired.version }, { orderId });
    });
  }
}

/** What inventory hears. */
export function hearSales(market: Market): void {
  const piecesOf = ({ payload }: Said): { orderId: string; pieces: readonly Pieces[] } => {
    const { orderId, lines } = payload as { orderId: string; lines: readonly { cartLineId: string; quantity: number }[] };
    return { orderId, pieces: lines.map(({ cartLineId, quantity }) => ({ lineId: cartLineId, quantity })) };
  };
  market.consumers.inventory.push(
    { name: 'inventory/order-confirmed', type: 'order-confirmed', apply: (tx, event) => commit(market, tx, piecesOf(event).orderId) },
    { name: 'inventory/order-expired', type: 'order-expired', apply: (tx, { payload }) => giveBack(market, tx, (payload as { orderId: string }).orderId) },
    { name: 'inventory/part-cancelled', type: 'vendor-order-cancelled', *apply(tx, event) {
      const { shipped, wasConfirmed, orderId } = event.payload as { shipped: boolean; wasConfirmed: boolean; orderId: string };
      if (shipped) return;
      if (wasConfirmed) yield* each(market, tx, piecesOf(event), 'givenBack');
      else yield* giveBack(market, tx, orderId);
    } },
    { name: 'inventory/parcel-shipped', type: 'parcel-shipped', apply: (tx, event) => each(market, tx, piecesOf(event), 'shipped') },
    { name: 'inventory/parcel-returned', type: 'parcel-returned', apply: (tx, event) => takeBack(market, tx, piecesOf(event)) },
    { name: 'inventory/refund-succeeded', type: 'refund-succeeded', apply: (tx, event) => takeBack(market, tx, piecesOf({ ...event, payload: { ...(event.payload as object), lines: (event.payload as { lines: { restock: boolean }[] }).lines.filter(({ restock }) => restock) } })) },
  );
}

function* commit(market: Market, tx: Tx, orderId: string): Work {
  const hold = yield* tx.locked(reservations, orderId);
  if (hold?.state !== 'HELD') return;
  yield* change(market, tx, hold.lines.map(({ offerId, warehouseId, quantity }) => ({ offerId, warehouseId, reserved: -quantity, allocated: quantity })));
  tx.set(reservations, orderId, { ...hold, state: 'COMMITTED', version: hold.version + 1 });
}

function* giveBack(market: Market, tx: Tx, orderId: string): Work {
  const hold = yield* tx.locked(reservations, orderId);
  if (hold && market.world.parts.mayRelease(hold)) {
    yield* change(market, tx, hold.lines.map(({ offerId, warehouseId, quantity }) => ({ offerId, warehouseId, reserved: -quantity })));
    tx.set(reservations, orderId, { ...hold, state: 'RELEASED', version: hold.version + 1, lines: hold.lines.map((line) => ({ ...line, givenBack: line.quantity })) });
  }
  // An order that never held anything shall not begin to, when its first question comes late.
  if (!hold) tx.set(reservations, orderId, { orderId, version: 1, state: 'RELEASED', expiresAtMs: market.world.timeline.nowMs, lines: [] });
}

/** What is still there of the order's allocation moves, never more. */
function* each(market: Market, tx: Tx, { orderId, pieces }: { orderId: string; pieces: readonly Pieces[] }, column: 'shipped' | 'givenBack'): Work {
  // Only what was confirmed is sent, or cancelled as such: this news may overtake that of the confirmation.
  yield* commit(market, tx, orderId);
  const hold = yield* tx.locked(reservations, orderId);
  if (hold?.state !== 'COMMITTED') return;
  const changes = pieces.flatMap(({ lineId, quantity }) => split(hold.lines, { lineId, quantity }, (line) => line.quantity - line.shipped - line.givenBack).map(({ line, taken }): LevelChange => {
    line[column] += taken;
    return { offerId: line.offerId, warehouseId: line.warehouseId, allocated: -taken, onHand: column === 'shipped' ? -taken : 0 };
  }));
  yield* change(market, tx, changes);
  tx.set(reservations, orderId, hold);
}

function* takeBack(market: Market, tx: Tx, { orderId, pieces }: { orderId: string; pieces: readonly Pieces[] }): Work {
  const hold = yield* tx.locked(reservations, orderId);
  if (hold?.state !== 'COMMITTED') return;
  yield* change(market, tx, pieces.flatMap((one) => split(hold.lines, one, ({ shipped }) => shipped)).map(({ line, taken }) => ({ offerId: line.offerId, warehouseId: line.warehouseId, onHand: taken })));
}

function split(lines: readonly HeldLine[], { lineId, quantity }: Pieces, room: (line: HeldLine) => number): { readonly line: HeldLine; readonly taken: number }[] {
  let missing = quantity;
  return lines.filter((line) => line.lineId === lineId).flatMap((line) => {
    const taken = Math.min(missing, room(line));
    missing -= taken;
    return taken > 0 ? [{ line, taken }] : [];
  });
}

function openLines({ lines }: ReservationRow): readonly HeldLine[] {
  return lines.filter(({ givenBack }) => givenBack === 0);
}

/** Changes levels behind their locks, in the order of their keys; where `seen` is given only if everything is there, else nothing at all. */
function* change({ world: { parts } }: Market, tx: Tx, changes: readonly LevelChange[], seen?: readonly LevelRow[]): Work<boolean> {
  const sums = new Map<string, LevelChange>();
  for (const one of changes) {
    const key = `${one.offerId} ${one.warehouseId}`;
    const before = sums.get(key);
    sums.set(key, { ...one, onHand: (before?.onHand ?? 0) + (one.onHand ?? 0), allocated: (before?.allocated ?? 0) + (one.allocated ?? 0), reserved: (before?.reserved ?? 0) + (one.reserved ?? 0) });
  }
  const after: [string, LevelRow][] = [];
  for (const [key, sum] of [...sums].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const level = yield* tx.locked(levels, key);
    if (!level) throw new Error(`There is no level ${key}.`);
    const changed = parts.changed(level, seen?.find((one) => one.offerId === sum.offerId && one.warehouseId === sum.warehouseId), sum);
    if (!changed) return false;
    after.push([key, changed]);
  }
  for (const [key, level] of after) tx.set(levels, key, level);
  return true;
}
