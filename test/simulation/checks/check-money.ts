import type { Market } from '../market/market.js';
import { orders, payments, type OrderLine, type Part, type PaymentRow, type RefundRow } from '../market/rows.js';
import { sumOf } from './sum-of.js';

/** S4 and S5: what the provider took is what we know of, and what it kept is what the orders still come to. */
export function checkMoney(market: Market): string[] {
  const { processes: { payments: keeper } } = market;
  const rows = keeper.store.all(payments);
  return [...charges(market, rows), ...rows.flatMap((payment) => [...sums(payment), ...worth(market, payment)]), ...ends(market, rows)];
}

/** One to one with the provider's own list, and none without an order. */
function charges({ provider, processes: { orders: seller } }: Market, rows: readonly PaymentRow[]): string[] {
  return provider.charges.flatMap((charge) => {
    const payment = rows.find(({ orderId }) => orderId === charge.orderId);
    if (!payment || !seller.store.row(orders, charge.orderId)) return [`S5 ${charge.reference} is of no order`];
    if (payment.attempt.reference !== charge.reference) return [`S5 ${charge.orderId} has a charge ${charge.reference} that nobody knows of`];
    if (payment.heldReason !== null) return payment.capturedMinor === 0 ? [] : [`S4 ${charge.orderId} is held and counts as paid`];
    const back = sumOf([...charge.refunds.values()], (minor) => minor);
    return [
      ...(charge.capturedMinor === payment.capturedMinor ? [] : [`S5 ${charge.orderId}: the provider took ${charge.capturedMinor}, we know of ${payment.capturedMinor}`]),
      ...(back === payment.refundedMinor ? [] : [`S5 ${charge.orderId}: the provider gave back ${back}, we know of ${payment.refundedMinor}`]),
      ...(charge.status === 'OPEN' && payment.windowEndsAtMs === null && !['REQUIRES_ACTION', 'PROCESSING'].includes(payment.status) ? [`S5 ${charge.orderId} is ${payment.status} and can still be paid`] : []),
    ];
  });
}

/** Shares and refunds come to the payment, to the unit. */
function sums({ id, amountMinor, capturedMinor, refundedMinor, refundReservedMinor, heldReason, shares, refunds }: PaymentRow): string[] {
  const done = sumOf(refunds.filter(({ status }) => status === 'SUCCEEDED'), (refund) => refund.amountMinor);
  return [
    ...(sumOf(shares, (share) => share.amountMinor) === amountMinor ? [] : [`S4 the shares of ${id} are not its amount`]),
    ...(done === refundedMinor ? [] : [`S4 ${id} says ${refundedMinor} went back, its refunds ${done}`]),
    ...(refundReservedMinor <= capturedMinor && refundedMinor <= capturedMinor ? [] : [`S4 of ${id} more goes back than was taken`]),
    ...(heldReason === null && refunds.some(({ status }) => status === 'REQUESTED') ? [`S4 a refund of ${id} is not done at rest`] : []),
    ...refunds.filter(({ status }) => status === 'FAILED').map((refund) => `S4 the refund ${refund.id} failed`),
  ];
}

/** What was kept is what the order's parts still come to. */
function worth({ processes: { orders: seller } }: Market, { orderId, capturedMinor, heldReason, shares, refunds }: PaymentRow): string[] {
  const order = seller.store.row(orders, orderId);
  if (!order) return [`S4 a payment of no order: ${orderId}`];
  const isDead = order.parts.every(({ status }) => status === 'CANCELLED' || status === 'EXPIRED');
  const done = refunds.filter(({ status }) => status === 'SUCCEEDED');
  if (isDead) return capturedMinor === sumOf(done, ({ amountMinor }) => amountMinor) ? [] : [`S4 ${orderId} is over, and ${capturedMinor} was not all given back`];
  if (heldReason !== null && order.parts.every(({ status }) => ['PENDING_PAYMENT', 'CANCELLED', 'EXPIRED'].includes(status))) return [];
  if (heldReason !== null) return [`S4 ${orderId} is ${order.parts.map(({ status }) => status).join(' ')} though its payment is held`];
  return order.parts.flatMap((part) => {
    const share = shares.find(({ id }) => id === part.id);
    if (!share || part.status === 'PENDING_PAYMENT') return [`S4 ${part.id} is ${part.status} at rest`];
    const due = Math.min(share.capturedMinor, dueBack(part, order.lines.filter(({ vendorOrderId }) => vendorOrderId === part.id), done.filter(({ source }) => source.startsWith('wanted:'))));
    return [
      ...(share.capturedMinor === part.totals.totalMinor ? [] : [`S4 ${part.id} is ${part.status} and ${share.capturedMinor} of ${part.totals.totalMinor} was paid`]),
      ...(share.refundedMinor === due ? [] : [`S4 of ${part.id} ${share.refundedMinor} went back, not ${due}`]),
    ];
  });
}

/** What of a part goes back: the pieces that were paid back or cancelled, each once, what was cancelled of no line, and amounts that an operator paid back. */
function dueBack({ id, cancelledMinor }: Part, lines: readonly OrderLine[], wanted: readonly RefundRow[]): number {
  const paidBack = (line: OrderLine): number => sumOf(wanted.flatMap((refund) => refund.lines).filter(({ orderLineId }) => orderLineId === line.id), ({ quantity }) => quantity);
  const worth = ({ totalMinor, quantity }: OrderLine, pieces: number): number => Math.floor((2 * totalMinor * pieces + quantity) / (2 * quantity));
  const amounts = sumOf(wanted.filter((refund) => refund.lines.length === 0).flatMap(({ shares }) => shares).filter(({ vendorOrderId }) => vendorOrderId === id), ({ amountMinor }) => amountMinor);
  const ofNoLine = cancelledMinor - sumOf(lines, (line) => worth(line, line.cancelled));
  return sumOf(lines, (line) => worth(line, Math.min(line.quantity, paidBack(line) + line.cancelled))) + ofNoLine + amounts;
}

/** An order that is not over or confirmed at rest waits for nothing any more, unless somebody must look at its payment. */
function ends({ processes: { orders: seller } }: Market, rows: readonly PaymentRow[]): string[] {
  return seller.store.all(orders).filter(({ parts }) => parts.some(({ status }) => status === 'PENDING_PAYMENT')).flatMap(({ id }) => {
    const payment = rows.find(({ orderId }) => orderId === id);
    return payment && payment.heldReason !== null ? [] : [`S4 ${id} waits for a payment that ${payment ? `is ${payment.status}` : 'is not there'}`];
  });
}
