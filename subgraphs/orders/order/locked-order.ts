import type { OrdersTx } from '../context.js';
import { OrderLineRow, OrderRow, VendorOrderRow } from './order.row.js';
import type { WholeOrder } from './say-order.js';

/** An order with its parts and lines, for changing: whoever changes the same order waits, so that its state is rolled up of what is. Null where there is none. */
export async function lockedOrder(tx: OrdersTx, orderId: string): Promise<WholeOrder | null> {
  const tenantId = tx.tenant.id;
  const order = await tx.db.findOne(OrderRow, { where: { tenantId, id: orderId }, lock: { mode: 'pessimistic_write' } });
  if (!order) return null;
  const parts = await tx.db.find(VendorOrderRow, { where: { tenantId, orderId }, order: { position: 'ASC' } });
  const lines = await tx.db.find(OrderLineRow, { where: { tenantId, orderId }, order: { position: 'ASC' } });
  return { order, parts, lines };
}

/** The order of a vendor's part, for changing, with that part. Null where there is none. */
export async function lockedPart(tx: OrdersTx, vendorOrderId: string): Promise<{ readonly whole: WholeOrder; readonly part: VendorOrderRow } | null> {
  const known = await tx.db.findOneBy(VendorOrderRow, { tenantId: tx.tenant.id, id: vendorOrderId });
  const whole = known && (await lockedOrder(tx, known.orderId));
  const part = whole?.parts.find(({ id }) => id === vendorOrderId);
  return whole && part ? { whole, part } : null;
}
