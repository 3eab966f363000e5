import { EventKind } from '@haat/payments/pure/payment-enums';
import type { PaymentFact } from '@haat/payments/pure/payment-state';
import type { Said, Tx } from '../engine/store.js';
import { Away, Refused, type Work } from '../engine/work.js';
import type { Market } from './market.js';
import type { ChargeNews } from './provider.js';
import { addFacts, callOff, deriveAgain, dueOf, openStates, say } from './payment-facts.js';
import { beginRefund } from './refunds.js';
import { payments, type AttemptRow, type OrderRow, type PaidLine, type PaymentRow, type ShareRow } from './rows.js';

/** How long there is to pay, whoever begins has for asking the provider, and between two polls; in milliseconds. */
const [windowMs, ownTurnMs, pollMs] = [600_000, 10_000, 60_000];

/** What a payment is made of. */
export interface PaymentWish { readonly orderId: string; readonly tenant: string; readonly amountMinor: number; readonly shares: readonly ShareRow[]; readonly lines: readonly PaidLine[] }

/** An order's parts and lines, as payments keeps them. */
export function sharesOfPayment({ totalMinor, parts, lines }: OrderRow): Pick<PaymentWish, 'amountMinor' | 'shares' | 'lines'> {
  return {
    amountMinor: totalMinor,
    shares: parts.map(({ id, vendorId, totals }) => ({ id, vendorId, amountMinor: totals.totalMinor, cancelledMinor: 0, capturedMinor: 0, refundReservedMinor: 0, refundedMinor: 0 })),
    lines: lines.map(({ id, cartLineId, offerId, vendorOrderId, quantity, totalMinor: lineMinor }) => ({ id, cartLineId, offerId, vendorOrderId, quantity, totalMinor: lineMinor, refundedQuantity: 0, refundedMinor: 0 })),
  };
}

/** Writes the payment of an order down, once, and asks the provider. Answers when the time to pay is over. */
export function* beginPayment(market: Market, wish: PaymentWish): Work<number | null> {
  const { payments: process } = market.processes;
  const payment = yield* process.transaction((tx) => begin(market, tx, wish));
  yield* process.unlessAway(advanceAttempt(market, wish.orderId, false));
  return payment.windowEndsAtMs;
}

/** What payments hears of orders, but for refunds. */
export function hearPlaced(market: Market): void {
  market.consumers.payments.push(
    { name: 'payments/order-placed', type: 'order-placed', *apply(tx, { payload }) {
      yield* begin(market, tx, payload as PaymentWish);
    } },
    { name: 'payments/order-expired', type: 'order-expired', *apply(tx, { payload }: Said) {
      const payment = yield* tx.locked(payments, (payload as { orderId: string }).orderId);
      if (!payment) return;
      if (payment.capturedMinor === 0) callOff(payment, tx.nowMs());
      expire(market, tx, payment);
      tx.set(payments, payment.orderId, payment);
    } },
  );
}

/** Takes in how a charge stands, whoever brought the news: late, twice, or in another order. */
export function* recordNews(market: Market, news: ChargeNews): Work {
  yield* market.processes.payments.transaction(function* record(tx: Tx): Work {
    const payment = yield* tx.locked(payments, news.orderId);
    if (payment) take(market, tx, payment, news);
  });
}

/** Does at the provider what is next: between two transactions, under a key made of the try's id. */
export function* advanceAttempt(market: Market, orderId: string, isByJob: boolean): Work {
  const { processes: { payments: process }, provider, world: { parts } } = market;
  const attempt = yield* process.transaction((tx) => claim(tx, orderId, isByJob));
  if (!attempt) return;
  let { reference } = attempt;
  if (reference === null) {
    const news = yield* provider.open(parts.providerKey(attempt.id, attempt.tries), orderId, attempt.amountMinor);
    yield* recordNews(market, news);
    reference = news.reference;
    if (attempt.wish === null) return;
  }
  yield* recordNews(market, yield* attempt.wish === 'CANCEL' ? provider.cancel(reference) : provider.read(reference));
}

/** Tries whose turn it is. */
export function* advanceAttempts(market: Market): Work {
  const { payments: process } = market.processes;
  for (const { orderId } of process.store.all(payments).filter(({ attempt: { dueAtMs } }) => dueAtMs !== null && dueAtMs <= process.nowMs())) yield* process.unlessAway(advanceAttempt(market, orderId, true));
}

/** Ends the windows whose time is over: first nothing can be paid at the provider any more, then it is said. A provider who is away keeps nobody waiting. */
export function* expirePayments(market: Market): Work {
  const { payments: process } = market.processes;
  const isOver = (payment: PaymentRow | undefined): payment is PaymentRow => payment?.windowEndsAtMs != null && payment.windowEndsAtMs <= process.nowMs();
  for (const { orderId } of process.store.all(payments).filter(isOver)) {
    yield* process.transaction(function* end(tx: Tx): Work {
      const payment = yield* tx.locked(payments, orderId);
      if (!isOver(payment)) return;
      callOff(payment, tx.nowMs() + ownTurnMs);
      tx.set(payments, orderId, payment);
    });
    try {
      yield* advanceAttempt(market, orderId, false);
    } catch (error) {
      if (!(error instanceof Away) && !(error instanceof Refused)) throw error;
    }
    yield* process.transaction(function* say(tx: Tx): Work {
      const payment = yield* tx.locked(payments, orderId);
      if (!isOver(payment)) return;
      expire(market, tx, payment);
      tx.set(payments, orderId, { ...payment, windowEndsAtMs: null });
    });
  }
}

function* begin(market: Market, tx: Tx, { orderId, tenant, amountMinor, shares, lines }: PaymentWish): Work<PaymentRow> {
  const there = yield* tx.locked(payments, orderId);
  if (there) return there;
  const attempt: AttemptRow = { id: `att-${orderId}`, amountMinor, reference: null, status: 'CREATED', wish: null, tries: 0, dueAtMs: tx.nowMs() + ownTurnMs, capturedMinor: 0, refundReservedMinor: 0 };
  const payment: PaymentRow = {
    id: `pay-${orderId}`, orderId, tenant, version: 1, status: 'OPENING', amountMinor, authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, refundReservedMinor: 0, heldReason: null, windowEndsAtMs: tx.nowMs() + windowMs,
    shares: [...shares], lines: [...lines], facts: [], attempt, refunds: [],
  };
  tx.set(payments, orderId, payment);
  return payment;
}

function* claim(tx: Tx, orderId: string, isByJob: boolean): Work<AttemptRow | null> {
  const payment = yield* tx.locked(payments, orderId);
  if (!payment) return null;
  const { attempt } = payment;
  if (isByJob && (attempt.dueAtMs === null || attempt.dueAtMs > tx.nowMs())) return null;
  const leave = (changes: Partial<AttemptRow>): null => {
    tx.set(payments, orderId, { ...payment, attempt: { ...attempt, dueAtMs: null, ...changes } });
    return null;
  };
  if (!openStates.includes(attempt.status) || payment.heldReason !== null) return leave({});
  if (attempt.reference === null && attempt.wish === 'CANCEL' && attempt.tries === 0) return leave({ status: 'CANCELLED', wish: null });
  Object.assign(attempt, { dueAtMs: tx.nowMs() + 30_000, tries: attempt.tries + 1 });
  tx.set(payments, orderId, payment);
  return attempt;
}

function take(market: Market, tx: Tx, payment: PaymentRow, news: ChargeNews): void {
  const { attempt } = payment;
  if (attempt.reference !== null && attempt.reference !== news.reference) return;
  if (payment.heldReason !== null) return;
  if (news.amountMinor !== attempt.amountMinor || (news.status === 'CAPTURED' && news.capturedMinor !== attempt.amountMinor)) return hold(market, tx, payment, news);
  const isOver = news.status !== 'OPEN';
  if (openStates.includes(attempt.status) || attempt.status === 'FAILED') Object.assign(attempt, { reference: news.reference, wish: isOver ? null : attempt.wish, dueAtMs: isOver ? null : tx.nowMs() + pollMs });
  const added = addFacts(payment, factsOf(news, attempt));
  const charge = added.find(({ kind }) => kind === EventKind.CHARGE_SUCCESS);
  if (charge) takeMoney(market, payment, charge.amountMinor);
  deriveAgain(market, payment);
  if (payment.capturedMinor > 0) payment.windowEndsAtMs = null;
  const isEnded = payment.status === 'EXPIRED' || payment.status === 'CANCELLED';
  for (const { kind } of added) {
    if (kind === EventKind.CHARGE_SUCCESS) say(tx, payment, 'payment-captured');
    else if (payment.capturedMinor === 0 && !isEnded && kind === EventKind.OPENED) say(tx, payment, 'payment-opened');
    else if (payment.capturedMinor === 0 && !isEnded && kind === EventKind.CHARGE_FAILURE) say(tx, payment, 'payment-failed');
  }
  if (charge) giveSurplusBack(market, tx, payment);
  tx.set(payments, payment.orderId, payment);
}

function factsOf({ reference, status, capturedMinor, failure, at }: ChargeNews, { id: attemptId, amountMinor }: AttemptRow): PaymentFact[] {
  const fact = (kind: EventKind, more: Partial<PaymentFact> = {}): PaymentFact => ({ kind, reference, amountMinor, at, attemptId, ...more });
  return [
    fact(EventKind.OPENED), ...(failure === null ? [] : [fact(EventKind.CHARGE_FAILURE, { reference: failure })]),
    ...(status === 'CAPTURED' ? [fact(EventKind.CHARGE_SUCCESS, { amountMinor: capturedMinor })] : []), ...(status === 'CANCELLED' ? [fact(EventKind.CANCEL_SUCCESS)] : []),
  ];
}

/** Another amount than ours: nothing is believed until somebody looked. */
function hold(market: Market, tx: Tx, payment: PaymentRow, { reference, capturedMinor, at }: ChargeNews): void {
  const { attempt } = payment;
  addFacts(payment, [{ kind: EventKind.MISMATCH, reference: `${reference}:${capturedMinor}`, amountMinor: capturedMinor, at, attemptId: attempt.id }]);
  Object.assign(payment, { heldReason: 'OTHER_AMOUNT', windowEndsAtMs: null, version: payment.version + 1 });
  deriveAgain(market, payment);
  Object.assign(attempt, { reference, dueAtMs: null, wish: null });
  tx.set(payments, payment.orderId, payment);
}

/** Gives what was taken to the vendors' shares, each by what is still due of it. */
function takeMoney({ world: { parts } }: Market, { attempt, shares }: PaymentRow, amountMinor: number): void {
  attempt.capturedMinor += amountMinor;
  const due = shares.map((share) => Math.max(0, share.amountMinor - share.cancelledMinor - share.capturedMinor));
  const each = parts.allocateMoney(Math.min(amountMinor, due.reduce((sum, minor) => sum + minor, 0)), due);
  for (const [at, share] of shares.entries()) share.capturedMinor += each[at] ?? 0;
}

/** What was paid of parts that were cancelled meanwhile. An order that wants it back as well finds nothing left. */
function giveSurplusBack(market: Market, tx: Tx, payment: PaymentRow): void {
  const surplusMinor = payment.capturedMinor - payment.refundReservedMinor - dueOf(payment);
  if (surplusMinor > 0) beginRefund(market, tx, payment, { source: `surplus:${payment.attempt.id}`, amountMinor: surplusMinor, lines: [], shares: [] });
}

/** Ends a payment with nothing paid, and says so once. */
function expire(market: Market, tx: Tx, payment: PaymentRow): void {
  if (payment.capturedMinor > 0 || (payment.status === 'CANCELLED' && payment.windowEndsAtMs === null) || payment.status === 'CAPTURED') return;
  if (addFacts(payment, [{ kind: EventKind.EXPIRED, reference: payment.id, amountMinor: payment.amountMinor, at: new Date(tx.nowMs()), attemptId: null }]).length === 0) return;
  payment.windowEndsAtMs = null;
  deriveAgain(market, payment);
  say(tx, payment, 'payment-expired');
}
