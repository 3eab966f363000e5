import { piecesOf } from '@haat/orders/pure/may-depart';
import type { Said, Tx } from '../engine/store.js';
import type { Work } from '../engine/work.js';
import { redeem } from './carts.js';
import type { Market } from './market.js';
import type { Keyed } from './market-parts.js';
import { OrderChange, partState, sayConfirmed } from './order-change.js';
import { checkouts, departures, orders, type OrderLine, type OrderRow, type Part } from './rows.js';
import { release, reserve } from './stock.js';

/** How long a vendor has to accept, and what a hold taken anew lasts; in milliseconds. */
const [acceptMs, holdMs] = [40_000, 900_000];

interface PaymentNews { readonly orderId: string; readonly paymentId: string; readonly capturedMinor: number; readonly refundedMinor: number }

/** Cancels a whole order, or nothing of it. */
export function* cancelOrder(market: Market, orderId: string, keyed: Keyed): Work<boolean> {
  const { processes: { orders: process }, world: { parts } } = market;
  return yield* parts.once(market, process, keyed, function* cancel(tx: Tx): Work<boolean> {
    const order = yield* tx.locked(orders, orderId);
    if (!order) return false;
    if (order.parts.every(({ status }) => status === 'CANCELLED')) return true;
    const doing = new OrderChange(parts, order);
    const isCancelled = doing.cancelAll('BUYER');
    if (isCancelled) written(tx, doing);
    return isCancelled;
  });
}

/** A parcel that is about to leave. */
export interface Departing {
  readonly orderId: string;
  readonly vendorOrderId: string;
  readonly parcelId: string;
  readonly lines: readonly { readonly orderLineId: string; readonly quantity: number }[];
}

/** Lets a parcel leave, once, unless pieces of it were cancelled. */
export function* letDepart({ processes: { orders: process }, world: { parts } }: Market, { orderId, vendorOrderId, parcelId, lines }: Departing): Work<boolean> {
  return yield* process.transaction(function* decide(tx: Tx): Work<boolean> {
    const order = yield* tx.locked(orders, orderId);
    const part = order?.parts.find(({ id }) => id === vendorOrderId);
    if (!order || !part) return false;
    if (tx.get(departures, parcelId)) return true;
    const doing = new OrderChange(parts, order);
    if (!parts.mayDepart({ status: part.status, lines: doing.linesOf(part) }, lines)) return false;
    tx.set(departures, parcelId, { vendorOrderId });
    shipPieces(tx, doing, part, lines);
    return true;
  });
}

function shipPieces(tx: Tx, doing: OrderChange, part: Part, lines: Departing['lines']): void {
  doing.touched.add(part);
  for (const line of doing.linesOf(part)) line.shipped = Math.min(line.quantity - line.cancelled, line.shipped + piecesOf(lines, line.id));
  doing.follow(part);
  written(tx, doing);
}

/** Says the present state of all parts again, as for a read model that is built anew. */
export function* sayAgain({ processes: { orders: process } }: Market): Work {
  yield* process.transaction(function* say(tx: Tx): Work {
    for (const { id } of process.store.all(orders)) {
      const order = yield* tx.locked(orders, id);
      for (const part of order?.parts ?? []) if (order) tx.emit(order.tenant, 'vendor-order-changed', part, { orderId: id, ...partState(order, part) }, true);
    }
  });
}

/** What orders hears. */
export function hearMoneyAndParcels(market: Market): void {
  const hear = (type: string, apply: (tx: Tx, event: Said, order: OrderRow) => void): void => {
    market.consumers.orders.push({ name: `orders/${type}`, type, *apply(tx, event) {
      const order = yield* tx.locked(orders, (event.payload as { orderId: string }).orderId);
      if (order) apply(tx, event, order);
    } });
  };
  for (const type of ['payment-opened', 'payment-captured', 'payment-failed']) hear(type, (tx, { payload }, order) => takeIn(market, tx, payload as PaymentNews, order));
  hear('payment-expired', (tx, { payload }, order) => {
    if (!order.parts.some(({ status }) => status === 'PENDING_PAYMENT')) return;
    const doing = new OrderChange(market.world.parts, order);
    order.paymentId = (payload as PaymentNews).paymentId;
    for (const part of order.parts) doing.move(part, 'expire', 'SYSTEM');
    written(tx, doing);
  });
  hear('refund-succeeded', (tx, { payload }, order) => {
    const doing = new OrderChange(market.world.parts, order);
    const { shares } = payload as { shares: readonly { vendorOrderId: string }[] };
    for (const part of order.parts) if (shares.some(({ vendorOrderId }) => vendorOrderId === part.id)) doing.touched.add(part);
    written(tx, doing);
  });
  hear('reservation-expired', (tx, _, order) => {
    const isUnsent = order.parts.some(({ status }) => status === 'CONFIRMED' || status === 'PROCESSING' || status === 'ON_HOLD');
    if (isUnsent || order.parts.some(({ status }) => status === 'PENDING_PAYMENT')) tx.set(orders, order.id, { ...order, revivesWhy: 'HOLD_LOST', revivesAtMs: isUnsent ? tx.nowMs() : null });
  });
  hearParcels(market, hear);
}

function hearParcels(market: Market, hear: (type: string, apply: (tx: Tx, event: Said, order: OrderRow) => void) => void): void {
  const withPart = (type: string, work: (doing: OrderChange, part: Part, quantityOf: (line: OrderLine) => number) => void): void => hear(type, (tx, { payload }, order) => {
    const { vendorOrderId, lines } = payload as { vendorOrderId: string; lines: readonly { orderLineId: string; quantity: number }[] };
    const part = order.parts.find(({ id }) => id === vendorOrderId);
    if (!part) return;
    const doing = new OrderChange(market.world.parts, order);
    doing.touched.add(part);
    work(doing, part, ({ id }) => piecesOf(lines, id));
    doing.follow(part);
    written(tx, doing);
  });
  hear('parcel-shipped', (tx, { payload, aggregate }, order) => {
    const { vendorOrderId, lines } = payload as Departing;
    const part = order.parts.find(({ id }) => id === vendorOrderId);
    if (part && !tx.get(departures, aggregate.id)) shipPieces(tx, new OrderChange(market.world.parts, order), part, lines);
  });
  withPart('parcel-delivered', (doing, part, quantityOf) => {
    for (const line of doing.linesOf(part)) {
      line.delivered = Math.min(line.quantity - line.cancelled, line.delivered + quantityOf(line));
      line.shipped = Math.max(line.shipped, line.delivered);
    }
  });
  withPart('parcel-returned', (doing, part, quantityOf) => {
    for (const line of doing.linesOf(part)) line.shipped = Math.max(line.delivered, line.shipped - quantityOf(line));
    doing.lose(part, part.status, { takenOff: quantityOf, shipped: true });
  });
}

/** Takes in how a payment stands, and confirms where it is enough and what it needs is still held. */
function takeIn(market: Market, tx: Tx, news: PaymentNews, order: OrderRow): void {
  const doing = new OrderChange(market.world.parts, order);
  order.paymentId = news.paymentId;
  order.paidMinor = Math.max(order.paidMinor, news.capturedMinor);
  const isPaid = order.paidMinor >= order.totalMinor;
  const [state] = order.parts.map(({ status }) => status).filter((status) => status !== 'CANCELLED');
  const mustRevive = isPaid && (state === 'EXPIRED' || (state === 'PENDING_PAYMENT' && order.revivesWhy === 'HOLD_LOST'));
  if (mustRevive) Object.assign(order, { revivesAtMs: tx.nowMs(), revivesWhy: 'PAID_LATE' });
  if (isPaid && !mustRevive) confirm(tx, doing);
  written(tx, doing);
  if (state === undefined && order.paidMinor > 0 && order.steps.some(({ name }) => name === 'withdraw')) sayRefundDue(tx, order, news.capturedMinor - news.refundedMinor);
}

function confirm(tx: Tx, doing: OrderChange): void {
  for (const part of doing.order.parts) if (doing.move(part, 'confirm', 'SYSTEM') || doing.move(part, 'confirmLate', 'SYSTEM')) part.acceptsAtMs = tx.nowMs() + acceptMs;
}

function sayRefundDue(tx: Tx, { id, tenant, version, paymentId }: OrderRow, amountMinor: number): void {
  if (amountMinor > 0 && paymentId !== null) tx.emit(tenant, 'order-refund-due', { id, version }, { orderId: id, paymentId, amountMinor });
}

/** The cart of an order that died may be ordered again; who asks with the old key hears of the old order. */
function written(tx: Tx, doing: OrderChange): void {
  const { order, before, status } = doing;
  doing.write(tx);
  if (before === status || (status !== 'CANCELLED' && status !== 'EXPIRED')) return;
  for (const row of tx.store.all(checkouts)) if (row.orderId === order.id && row.state === 'PLACED') tx.set(checkouts, row.id, { ...row, state: 'ENDED', outcome: 'DIED' });
}

/** Accepts what no vendor looked at in time. */
export function* acceptDueParts({ processes: { orders: process }, world: { parts } }: Market): Work {
  const isDue = ({ acceptsAtMs }: Part): boolean => acceptsAtMs !== null && acceptsAtMs <= process.nowMs();
  for (const { id } of process.store.all(orders).filter((order) => order.parts.some(isDue))) {
    yield* process.transaction(function* accept(tx: Tx): Work {
      const order = yield* tx.locked(orders, id);
      const due = order?.parts.filter(isDue) ?? [];
      if (!order || due.length === 0) return;
      const doing = new OrderChange(parts, order);
      for (const part of due) {
        doing.move(part, 'accept', 'SYSTEM');
        doing.touched.add(part);
        part.acceptsAtMs = null;
      }
      written(tx, doing);
    });
  }
}

/** Takes anew what paid orders lost; where it is not to be had, the money goes back. */
export function* reviveOrders(market: Market): Work {
  const { processes: { orders: process } } = market;
  for (const order of process.store.all(orders).filter(({ revivesAtMs }) => revivesAtMs !== null && revivesAtMs <= process.nowMs())) yield* process.unlessAway(revive(market, order));
}

function* revive(market: Market, { id: orderId, lines, revivesWhy, hasCoupon }: OrderRow): Work {
  const { inventory, coupons, orders: process } = market.processes;
  const left = lines.filter(({ quantity, cancelled }) => quantity > cancelled).map(({ cartLineId, offerId, quantity, cancelled }) => ({ lineId: cartLineId, offerId, quantity: quantity - cancelled }));
  const held = left.length > 0 ? yield* inventory.ask(() => reserve(market, { orderId, lines: left, holdMs, isAgain: true })) : undefined;
  let isHeld = held?.outcome === 'HELD';
  if (isHeld && hasCoupon && revivesWhy !== 'HOLD_LOST') isHeld = yield* coupons.ask(() => redeem(market, orderId, true));
  if (!isHeld) yield* inventory.ask(() => release(market, orderId));
  yield* process.transaction((tx) => settle(market, tx, orderId, isHeld));
}

function* settle({ world: { parts } }: Market, tx: Tx, id: string, isHeld: boolean): Work {
  const order = yield* tx.locked(orders, id);
  if (!order || order.revivesAtMs === null) return;
  const doing = new OrderChange(parts, order);
  Object.assign(order, { revivesAtMs: null, revivesWhy: null });
  const isWaiting = doing.status === 'EXPIRED' || doing.status === 'PENDING_PAYMENT';
  if (isWaiting && isHeld) confirm(tx, doing);
  else if (isWaiting) for (const part of order.parts) doing.move(part, 'expire', 'SYSTEM');
  else if (!isHeld) doing.cancelAll('SYSTEM');
  if (!isWaiting && isHeld) {
    order.version += 1;
    tx.set(orders, id, order);
    return sayConfirmed(tx, order);
  }
  written(tx, doing);
  if (isWaiting && !isHeld) sayRefundDue(tx, order, order.paidMinor);
}
