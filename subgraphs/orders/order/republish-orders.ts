import { orderChanged, vendorOrderChanged } from '@haat/schema/events/orders';
import type { OrdersTx } from '../context.js';
import { OrderLineRow, OrderRow, VendorOrderRow } from './order.row.js';
import { orderStateOf, vendorOrderStateOf } from './say-order.js';

/** Orders that are read at once. */
const chunk = 100;

/** Says the state of each order of the tenant again, and of its parts. */
export async function republishOrders(tx: OrdersTx): Promise<void> {
  for (let after = ''; ;) {
    const rows = await tx.db.createQueryBuilder(OrderRow, 'o').where('o.id > :after', { after }).orderBy('o.id').limit(chunk).getMany();
    const ids = rows.map(({ id }) => id);
    const parts = await tx.db.createQueryBuilder(VendorOrderRow, 'v').where('v.orderId = any(:ids)', { ids }).orderBy('v.position').getMany();
    const lines = await tx.db.createQueryBuilder(OrderLineRow, 'l').where('l.orderId = any(:ids)', { ids }).orderBy('l.position').getMany();
    for (const order of rows) await sayAgain(tx, order, { parts: parts.filter(({ orderId }) => orderId === order.id), lines: lines.filter(({ orderId }) => orderId === order.id) });
    if (rows.length < chunk) return;
    after = ids.at(-1) ?? '';
  }
}

async function sayAgain(tx: OrdersTx, order: OrderRow, { parts, lines }: { parts: VendorOrderRow[]; lines: OrderLineRow[] }): Promise<void> {
  const whole = { order, parts, lines };
  await tx.emit(orderChanged, { aggregate: { id: order.id, version: order.version }, republished: true, payload: await orderStateOf(tx, whole) });
  for (const part of parts) await tx.emit(vendorOrderChanged, { aggregate: { id: part.id, version: part.version }, republished: true, payload: await vendorOrderStateOf(tx, whole, part) });
}
