import { inventoryExtend } from '@haat/schema/asks/inventory';
import { paymentOpen } from '@haat/schema/asks/payments';
import type { z } from 'zod';
import type { OrdersContext } from '../context.js';
import { OrderLineRow, OrderRow, VendorOrderRow } from '../order/order.row.js';

/** How much longer than the payment window stock is held, in milliseconds: for the news of a payment to arrive. */
const graceMs = 5 * 60_000;

/** How a payment was opened. */
export type OpenedPayment = z.infer<typeof paymentOpen.output>;

/** Opens the payment of a written order and holds its stock until the window is over. Null where payments cannot be asked now: it opens by itself on `order-placed`, under the same key. */
export async function openPayment(ctx: OrdersContext, orderId: string): Promise<OpenedPayment | null> {
  try {
    const opened = await ctx.ask(paymentOpen, await openingOf(ctx, orderId));
    if (opened.expiresAt !== null) await ctx.ask(inventoryExtend, { orderId, until: new Date(Date.parse(opened.expiresAt) + graceMs).toISOString() });
    return opened;
  } catch (error) {
    ctx.log.warn({ err: error, order: orderId }, 'The payment of an order could not be opened yet.');
    return null;
  }
}

async function openingOf(ctx: OrdersContext, orderId: string): Promise<z.infer<typeof paymentOpen.input>> {
  const tenantId = ctx.tenant.id;
  const [order, parts, lines] = await Promise.all([
    ctx.db.findOneByOrFail(OrderRow, { tenantId, id: orderId }), ctx.db.findBy(VendorOrderRow, { tenantId, orderId }), ctx.db.find(OrderLineRow, { where: { tenantId, orderId }, order: { position: 'ASC' } }),
  ]);
  return {
    orderId, orderNumber: order.number, choice: order.paymentChoice, savedPaymentMethodId: order.savedPaymentMethodId, currency: order.currency, amountMinor: order.totals.totalMinor,
    shares: parts.map(({ id, vendorId, totals }) => ({ vendorOrderId: id, vendorId, amountMinor: totals.totalMinor })),
    lines: lines.map(({ id, cartLineId, offerId, vendorOrderId, quantity, totalMinor }) => ({ orderLineId: id, cartLineId, offerId, vendorOrderId, quantity, totalMinor })),
    buyer: { userId: order.userId, guestKey: order.guestKey },
  };
}
