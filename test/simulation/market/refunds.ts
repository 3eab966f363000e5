import { EventKind } from '@haat/payments/pure/payment-enums';
import type { Tx } from '../engine/store.js';
import { Refused, type Work } from '../engine/work.js';
import type { Market } from './market.js';
import type { Keyed } from './market-parts.js';
import { addFacts, callOff, deriveAgain, dueOf } from './payment-facts.js';
import { payments, type PaymentRow, type RefundedShare, type RefundRow } from './rows.js';

/** Money that shall go back: one refund per source. */
export type RefundWish = Pick<RefundRow, 'source' | 'amountMinor' | 'lines' | 'shares'>;

/** What an operator wants back: pieces of a line, or an amount. */
export interface MoneyBack { readonly orderId: string; readonly orderLineId: string | null; readonly quantity: number; readonly amountMinor: number; readonly restock: boolean }

/** Sets money aside to go back. */
export function beginRefund({ world: { parts } }: Market, tx: Tx, payment: PaymentRow, wish: RefundWish): void {
  if (payment.refunds.some(({ source }) => source === wish.source) || wish.amountMinor <= 0) return;
  if (!parts.hasLeft(payment, wish.amountMinor)) throw new Error(`${payment.id} has not ${wish.amountMinor} left to be refunded.`);
  const refund: RefundRow = { id: `${payment.orderId}/ref-${payment.refunds.length + 1}`, ...wish, status: 'REQUESTED', tries: 0, dueAtMs: tx.nowMs(), version: 1 };
  payment.refunds.push(refund);
  reserve(payment, refund, 1);
  addFacts(payment, [{ kind: EventKind.REFUND_REQUEST, reference: refund.id, amountMinor: refund.amountMinor, at: new Date(tx.nowMs()), attemptId: payment.attempt.id }]);
}

/** Pays money back at an operator's wish, once per key; null where there is not that much. */
export function* refundPayment(market: Market, { orderId, orderLineId, quantity, amountMinor, restock }: MoneyBack, keyed: Keyed): Work<string | null> {
  const { processes: { payments: process }, world: { parts } } = market;
  return yield* parts.once(market, process, keyed, function* refund(tx: Tx): Work<string | null> {
    const payment = yield* tx.locked(payments, orderId);
    if (!payment) return null;
    const lines = orderLineId === null ? [] : parts.refundLines(payment.lines as never, [{ orderLineId, quantity, restock }]);
    const minor = orderLineId === null ? amountMinor : (lines ?? []).reduce((sum, line) => sum + line.amountMinor, 0);
    const shares = orderLineId === null ? parts.sharesOfAmount(payment.shares, minor) : lines && parts.sharesOfLines(payment.shares, lines);
    if (!lines || !shares || minor === 0 || !parts.hasLeft(payment, minor)) return null;
    // The refund's name has no key: two wishes are two refunds, and one wish twice is what the key is for.
    beginRefund(market, tx, payment, { source: `wanted:${keyed.key}:${payment.refunds.length}`, amountMinor: minor, lines, shares });
    tx.set(payments, orderId, payment);
    return payment.refunds.at(-1)?.id ?? null;
  });
}

/** What will not be sent need not be paid; what has no order goes back. */
export function hearCancelled(market: Market): void {
  market.consumers.payments.push(
    { name: 'payments/part-cancelled', type: 'vendor-order-cancelled', *apply(tx, { id, payload }) {
      const { orderId, vendorOrderId, amountMinor, lines } = payload as { orderId: string; vendorOrderId: string; amountMinor: number; lines: RefundRow['lines'] };
      const payment = yield* tx.locked(payments, orderId);
      const share = payment?.shares.find((one) => one.id === vendorOrderId);
      if (!payment || !share) return;
      share.cancelledMinor = Math.min(share.amountMinor, share.cancelledMinor + amountMinor);
      const { parts } = market.world;
      const back = parts.cancelledLeft(payment.lines, { cancelled: lines, amountMinor }, parts.leftOf(share));
      beginRefund(market, tx, payment, { source: `cancelled:${id}`, ...back, shares: [{ vendorOrderId, vendorId: share.vendorId, amountMinor: back.amountMinor }] });
      if (dueOf(payment) === 0) cancelPayment(tx, payment);
      deriveAgain(market, payment);
      tx.set(payments, orderId, { ...payment, version: payment.version + 1 });
    } },
    { name: 'payments/refund-due', type: 'order-refund-due', *apply(tx, { id, payload }) {
      const { orderId, amountMinor } = payload as { orderId: string; amountMinor: number };
      const payment = yield* tx.locked(payments, orderId);
      if (!payment) return;
      const backMinor = Math.min(amountMinor, payment.capturedMinor - payment.refundReservedMinor);
      beginRefund(market, tx, payment, { source: `due:${id}`, amountMinor: backMinor, lines: [], shares: market.world.parts.sharesOfAmount(payment.shares, backMinor) });
      for (const share of payment.shares) share.cancelledMinor = share.amountMinor;
      tx.set(payments, orderId, payment);
    } },
  );
}

/** Asks the provider for refunds whose turn it is, under each refund's own id. */
export function* advanceRefunds(market: Market): Work {
  const { payments: process } = market.processes;
  const due = process.store.all(payments).flatMap(({ orderId, refunds }) => refunds.filter(({ dueAtMs }) => dueAtMs !== null && dueAtMs <= process.nowMs()).map(({ id }) => ({ orderId, id })));
  for (const { orderId, id } of due) yield* process.unlessAway(advance(market, orderId, id));
}

function* advance({ processes: { payments: process }, provider, world }: Market, orderId: string, id: string): Work {
  const claimed = yield* process.transaction(function* claim(tx: Tx) {
    const payment = yield* tx.locked(payments, orderId);
    const refund = payment?.refunds.find((one) => one.id === id);
    if (!payment || !refund || refund.dueAtMs === null) return null;
    Object.assign(refund, { dueAtMs: tx.nowMs() + 30_000, tries: refund.tries + 1 });
    tx.set(payments, orderId, payment);
    return { refund, reference: payment.attempt.reference };
  });
  if (!claimed || claimed.reference === null) return;
  let isRefused = false;
  try {
    yield* provider.refund(world.parts.providerKey(id, claimed.refund.tries), claimed.reference, claimed.refund.amountMinor);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    isRefused = true;
  }
  yield* process.transaction(function* record(tx: Tx): Work {
    const payment = yield* tx.locked(payments, orderId);
    const refund = payment?.refunds.find((one) => one.id === id);
    if (payment && refund?.status === 'REQUESTED') settle({ world } as Market, tx, payment, refund, isRefused);
  });
}

function settle(market: Pick<Market, 'world'>, tx: Tx, payment: PaymentRow, refund: RefundRow, isRefused: boolean): void {
  const { id: reference, amountMinor, shares, lines } = refund;
  addFacts(payment, [{ kind: isRefused ? EventKind.REFUND_FAILURE : EventKind.REFUND_SUCCESS, reference, amountMinor, at: new Date(tx.nowMs()), attemptId: payment.attempt.id }]);
  Object.assign(refund, { status: isRefused ? 'FAILED' : 'SUCCEEDED', dueAtMs: null, version: refund.version + 1 });
  if (isRefused) reserve(payment, refund, -1);
  else for (const share of payment.shares) share.refundedMinor += amountOf(shares, share.id);
  deriveAgain(market as Market, payment);
  tx.set(payments, payment.orderId, { ...payment, version: payment.version + 1 });
  tx.emit(payment.tenant, isRefused ? 'refund-failed' : 'refund-succeeded', refund, { orderId: payment.orderId, amountMinor, shares, lines });
}

function cancelPayment(tx: Tx, payment: PaymentRow): void {
  if (payment.capturedMinor > 0) return;
  callOff(payment, tx.nowMs());
  addFacts(payment, [{ kind: EventKind.CANCEL_SUCCESS, reference: payment.id, amountMinor: payment.amountMinor, at: new Date(tx.nowMs()), attemptId: null }]);
  payment.windowEndsAtMs = null;
}

function reserve(payment: PaymentRow, { amountMinor, shares, lines }: RefundRow, sign: 1 | -1): void {
  payment.refundReservedMinor += sign * amountMinor;
  payment.attempt.refundReservedMinor += sign * amountMinor;
  for (const share of payment.shares) share.refundReservedMinor += sign * amountOf(shares, share.id);
  for (const line of payment.lines) {
    const back = lines.find(({ orderLineId }) => orderLineId === line.id);
    if (back) Object.assign(line, { refundedQuantity: line.refundedQuantity + sign * back.quantity, refundedMinor: line.refundedMinor + sign * back.amountMinor });
  }
}

function amountOf(shares: readonly RefundedShare[], id: string): number {
  return shares.filter(({ vendorOrderId }) => vendorOrderId === id).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}
