import { listLoader, loader } from '@haat/kit/loader';
import type { OrdersContext } from '../context.js';
import { DocumentRow } from '../document/document.row.js';
import { OrderEventRow, OrderLineRow, OrderRow, VendorOrderRow } from './order.row.js';

/** Orders by their ids. */
export function orderById(ctx: OrdersContext) {
  return loader<string, OrderRow>(async (ids) => new Map((await ctx.db.createQueryBuilder(OrderRow, 'o').where('o.id = any(:ids)', { ids }).getMany()).map((row) => [row.id, row])));
}

/** The parts of orders. */
export function partsByOrder(ctx: OrdersContext) {
  return listLoader<string, VendorOrderRow>((ids) => ctx.db.createQueryBuilder(VendorOrderRow, 'v').where('v.orderId = any(:ids)', { ids }).orderBy('v.position').getMany(), ({ orderId }) => orderId);
}

/** The lines of orders, in their order. */
export function linesByOrder(ctx: OrdersContext) {
  return listLoader<string, OrderLineRow>((ids) => ctx.db.createQueryBuilder(OrderLineRow, 'l').where('l.orderId = any(:ids)', { ids }).orderBy('l.position').getMany(), ({ orderId }) => orderId);
}

/** What happened to orders, oldest first. */
export function eventsByOrder(ctx: OrdersContext) {
  return listLoader<string, OrderEventRow>((ids) => ctx.db.createQueryBuilder(OrderEventRow, 'e').where('e.orderId = any(:ids)', { ids }).orderBy('e.happenedAt').addOrderBy('e.seq').getMany(), ({ orderId }) => orderId);
}

/** The papers of orders that are made already, without their pages. */
export function documentsByOrder(ctx: OrdersContext) {
  return listLoader<string, DocumentRow>((ids) => ctx.db.createQueryBuilder(DocumentRow, 'd').innerJoin(VendorOrderRow, 'v', 'v.tenantId = d.tenantId and v.id = d.vendorOrderId').where(`d.orderId = any(:ids) and d.state = 'READY'`, { ids }).orderBy('v.position').addOrderBy('d.kind').getMany(), ({ orderId }) => orderId);
}
