import { orderCancelled, orderChanged, orderCompleted, orderConfirmed, orderExpired, vendorOrderAccepted, vendorOrderCancelled, type OrderState as OrderFacts } from '@haat/schema/events/orders';
import { CheckoutRow } from '../checkout/checkout.row.js';
import type { OrdersTx } from '../context.js';
import { issueDocuments } from '../document/issue-documents.js';
import { eraseBuyer } from './erase-buyer.js';
import { OrderChange } from './order-change.js';
import { OrderEventRow } from './order.row.js';
import { orderStateOf, sayPart, vendorOrderStateOf, type WholeOrder } from './say-order.js';

/** Does something to an order whose row is locked: writes what was changed and what happened, and says it, in the commit of `tx`. Nothing at all where `work` answers false. */
export async function changeOrder(tx: OrdersTx, whole: WholeOrder, work: (change: OrderChange) => boolean | void): Promise<OrderChange> {
  const change = new OrderChange(tx, whole);
  if (work(change) === false) return change;
  await write(tx, change);
  await say(tx, change);
  return change;
}

async function write(tx: OrdersTx, change: OrderChange): Promise<void> {
  const { order, parts, lines } = change.whole;
  order.version += 1;
  for (const part of change.touched) part.version += 1;
  const died = isDead(change) && change.before !== change.status;
  if (died) await endCheckout(tx, order.id);
  if (order.isErased) eraseBuyer(order, parts);
  await tx.db.save([order, ...change.touched, ...(change.touched.size > 0 ? lines : [])]);
  await issueDocuments(tx, { moves: change.moves, whole: change.whole, linesOf: (part) => change.linesOf(part) });
  if (change.notes.length > 0) await tx.db.insert(OrderEventRow, change.notes as never);
}

function isDead({ status }: OrderChange): boolean {
  return status === 'CANCELLED' || status === 'EXPIRED';
}

/** The cart of an order that died may be ordered again; who asks with the old key hears of the old order. */
async function endCheckout(tx: OrdersTx, orderId: string): Promise<void> {
  await tx.db.update(CheckoutRow, { tenantId: tx.tenant.id, orderId, state: 'PLACED' }, { state: 'ENDED', outcome: { orderId } as never });
}

/** Everybody hears what concerns them: merchants of their parts, the buyer of the whole, the neighbours of what to do. */
async function say(tx: OrdersTx, change: OrderChange): Promise<void> {
  const { whole, moves, touched } = change;
  const facts = await orderStateOf(tx, whole);
  const aggregate = { id: whole.order.id, version: whole.order.version };
  await tx.emit(orderChanged, { aggregate, payload: facts });
  for (const part of touched) await sayPart(tx, whole, part);
  for (const { part } of moves.filter(({ name }) => name === 'accept')) await tx.emit(vendorOrderAccepted, { aggregate: { id: part.id, version: part.version }, payload: await vendorOrderStateOf(tx, whole, part) });
  await sayLost(tx, change);
  if (moves.some(({ name }) => name === 'confirm' || name === 'confirmLate')) await tx.emit(orderConfirmed, { aggregate, payload: { ...facts, lines: keptLines(whole) } });
  await sayEnd(tx, change, facts);
}

async function sayLost(tx: OrdersTx, { whole, lost }: OrderChange): Promise<void> {
  for (const { part, cancelled, amountMinor, shipped, wasConfirmed, because } of lost) {
    await tx.emit(vendorOrderCancelled, {
      aggregate: { id: part.id, version: part.version },
      payload: { ...(await vendorOrderStateOf(tx, whole, part)), cancelled: [...cancelled], amountMinor, by: because.by, reason: because.reason ?? '', shipped, wasConfirmed },
    });
  }
}

async function sayEnd(tx: OrdersTx, { whole, before, status, lost }: OrderChange, facts: OrderFacts): Promise<void> {
  const aggregate = { id: whole.order.id, version: whole.order.version };
  if (before === status) return;
  const because = lost.at(-1)?.because;
  if (status === 'CANCELLED') await tx.emit(orderCancelled, { aggregate, payload: { ...facts, by: because?.by ?? 'SYSTEM', reason: because?.reason ?? '' } });
  if (status === 'EXPIRED') await tx.emit(orderExpired, { aggregate, payload: facts });
  if (status === 'COMPLETED') await tx.emit(orderCompleted, { aggregate, payload: facts });
}

function keptLines({ lines }: WholeOrder) {
  return lines.filter(({ quantity, cancelled }) => quantity > cancelled).map(({ id, cartLineId, vendorOrderId, offerId, quantity, cancelled }) => ({ orderLineId: id, cartLineId, vendorOrderId, offerId, quantity: quantity - cancelled }));
}
