import { inventoryRelease, inventoryReserve } from '@haat/schema/asks/inventory';
import { pricingRedeem } from '@haat/schema/asks/pricing';
import { orderConfirmed, orderRefundDue } from '@haat/schema/events/orders';
import { destinationOf } from '@haat/schema/parts';
import type { Job } from '@haat/kit/define';
import type { z } from 'zod';
import type { OrdersContext, OrdersTx } from '../context.js';
import { cancelParts } from './cancel-parts.js';
import { phoneHashOf } from './email-hash.js';
import { lockedOrder } from './locked-order.js';
import { confirm } from './on-payments.js';
import { OrderLineRow, OrderRow } from './order.row.js';
import { rollUp } from './roll-up.js';
import { orderStateOf, type WholeOrder } from './say-order.js';
import { changeOrder } from './write-change.js';

/** Orders that one run looks at. */
const ordersMax = 100;

/** Takes anew what paid orders lost: those paid after their window, and those whose hold ended before the news of the payment came. Where it is not to be had, the money goes back. */
export const reviveOrders: Job = {
  name: 'revive-orders', everyMs: 2_000,
  async run(scope) {
    const due = await scope.sweep<{ tenant_id: string; id: string }>(`select tenant_id, id from placed_order where revives_at <= $1 order by revives_at limit ${ordersMax}`, [scope.clock.now()]);
    for (const { tenant_id, id } of due) {
      if (scope.signal.aborted) return;
      await scope.inTenant(tenant_id, (ctx) => revive(ctx as never, id)).catch((error: unknown) => scope.log.warn({ err: error, order: id }, 'What a paid order lost could not be taken anew yet.'));
    }
  },
};

type Taken = Pick<z.infer<typeof pricingRedeem.input>, 'redemptions' | 'quotas' | 'budgets' | 'byNumber'>;

/** Asks first and writes afterwards: both asks answer the same when they are put again. */
async function revive(ctx: OrdersContext, id: string): Promise<void> {
  const order = await ctx.db.findOneBy(OrderRow, { tenantId: ctx.tenant.id, id });
  if (!order?.revivesAt) return;
  const isHeld = (await reserved(ctx, order)) && (order.revivesWhy === 'HOLD_LOST' || (await redeemed(ctx, order)));
  if (!isHeld) await ctx.ask(inventoryRelease, { orderId: id });
  await ctx.transaction((tx) => settle(tx, id, isHeld));
}

async function reserved(ctx: OrdersContext, { id: orderId, shippingAddress }: OrderRow): Promise<boolean> {
  const rows = await ctx.db.findBy(OrderLineRow, { tenantId: ctx.tenant.id, orderId });
  const lines = rows.filter(({ quantity, cancelled }) => quantity > cancelled).map(({ cartLineId, offerId, quantity, cancelled }) => ({ lineId: cartLineId, offerId, quantity: quantity - cancelled }));
  if (lines.length === 0) return false;
  return (await ctx.ask(inventoryReserve, { orderId, lines, destination: destinationOf(shippingAddress), holdMinutes: ctx.config.CHECKOUT_HOLD_MINUTES, again: true })).outcome === 'HELD';
}

async function redeemed(ctx: OrdersContext, { id: orderId, userId, guestKey, emailHash, contact, redemptions }: OrderRow): Promise<boolean> {
  const taken = redemptions as unknown as Taken;
  if (taken.redemptions.length + taken.quotas.length + taken.budgets.length + (taken.byNumber?.length ?? 0) === 0) return true;
  return (await ctx.ask(pricingRedeem, { orderId, buyer: { userId, guestKey }, emailHash, phoneHash: phoneHashOf(contact), ...taken, again: true })).outcome === 'REDEEMED';
}

async function settle(tx: OrdersTx, id: string, isHeld: boolean): Promise<void> {
  const whole = await lockedOrder(tx, id);
  if (!whole?.order.revivesAt) return;
  const state = rollUp(whole.parts.map(({ status }) => status));
  Object.assign(whole.order, { revivesAt: null, revivesWhy: null });
  if (state === 'EXPIRED' || state === 'PENDING_PAYMENT') return isHeld ? void (await changeOrder(tx, whole, confirm)) : giveBack(tx, whole);
  if (isHeld) return sayConfirmedAgain(tx, whole);
  const because = { by: 'SYSTEM' as const, reason: 'It was sold out before the news of its payment came.' };
  await changeOrder(tx, whole, (change) => void cancelParts(change, whole.parts, because));
}

/** What was held anew becomes allocated by the same news as at first. */
async function sayConfirmedAgain(tx: OrdersTx, whole: WholeOrder): Promise<void> {
  whole.order.version += 1;
  await tx.db.save(whole.order);
  const lines = whole.lines.filter(({ quantity, cancelled }) => quantity > cancelled).map(({ id, cartLineId, vendorOrderId, offerId, quantity, cancelled }) => ({ orderLineId: id, cartLineId, vendorOrderId, offerId, quantity: quantity - cancelled }));
  await tx.emit(orderConfirmed, { aggregate: { id: whole.order.id, version: whole.order.version }, payload: { ...(await orderStateOf(tx, whole)), lines } });
}

/** Paid, and nothing to send: an order that still waited dies of it, and the money goes back. */
async function giveBack(tx: OrdersTx, whole: WholeOrder): Promise<void> {
  const { order } = whole;
  await changeOrder(tx, whole, (change) => {
    for (const part of whole.parts) change.move(part, 'expire', { by: 'SYSTEM' });
    change.note({ kind: 'refundDue', reason: 'It was paid too late, and is sold out.' });
  });
  if (order.paymentId === null || order.paidMinor === 0) return;
  await tx.emit(orderRefundDue, { aggregate: { id: order.id, version: order.version }, payload: { orderId: order.id, paymentId: order.paymentId, amountMinor: order.paidMinor, currency: order.currency, why: 'PAID_AFTER_EXPIRY' } });
}
