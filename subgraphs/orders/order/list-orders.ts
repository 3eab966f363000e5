import { connectionOf, type PageArgs, type Page } from '@haat/kit/page';
import { keysetPage } from '@haat/kit-postgres/keyset-page';
import type { OrdersContext } from '../context.js';
import { narrow, type OrderFilter } from './order-filter.js';
import type { VendorOrderStatus } from './order-enums.js';
import { OrderRow, VendorOrderRow } from './order.row.js';
import { Order, VendorOrder } from './order.type.js';

/** A page of orders. */
export const { Connection: OrderConnection } = connectionOf(Order, { name: 'Order', description: 'A page of orders, newest first.' });
/** A page of vendors' parts. */
export const { Connection: VendorOrderConnection } = connectionOf(VendorOrder, { name: 'VendorOrder', description: 'Parts of orders that one vendor sends, newest first.' });

const newestFirst = [{ column: 'o.placedAt', direction: 'DESC' }, { column: 'o.id', direction: 'DESC' }] as const;

/** The viewer's own orders: an account's, or a guest's by the secret. */
export async function listMyOrders(ctx: OrdersContext, args: PageArgs): Promise<Page<Order>> {
  const { userId = null, guestKey = null } = ctx.viewer;
  const qb = ctx.db.createQueryBuilder(OrderRow, 'o').where('(o.userId = :userId or o.guestKey = :guestKey)', { userId, guestKey });
  return asTypes(await keysetPage({ qb, args, tenantId: ctx.tenant.id, order: newestFirst, key: userId ?? guestKey ?? '' }), Order.of);
}

/** One person's orders. */
export async function listOrdersOfUser(ctx: OrdersContext, userId: string, args: PageArgs): Promise<Page<Order>> {
  const qb = ctx.db.createQueryBuilder(OrderRow, 'o').where('o.userId = :userId', { userId });
  return asTypes(await keysetPage({ qb, args, tenantId: ctx.tenant.id, order: newestFirst, key: userId }), Order.of);
}

/** Every order of the marketplace that fits a filter: for operators. */
export async function listOrders(ctx: OrdersContext, args: PageArgs, filter: OrderFilter): Promise<Page<Order>> {
  const qb = narrow(ctx.db.createQueryBuilder(OrderRow, 'o').where('true'), filter);
  return asTypes(await keysetPage({ qb, args, tenantId: ctx.tenant.id, order: newestFirst, key: JSON.stringify(filter) }), Order.of);
}

/** One vendor's parts; unpaid ones too, since they are on their way. */
export async function listVendorOrders(ctx: OrdersContext, vendorId: string, args: PageArgs, status?: readonly VendorOrderStatus[] | null): Promise<Page<VendorOrder>> {
  const qb = ctx.db.createQueryBuilder(VendorOrderRow, 'v').where('v.vendorId = :vendorId', { vendorId });
  if (status?.length) qb.andWhere('v.status = any(:status)', { status });
  return asTypes(await keysetPage({ qb, args, tenantId: ctx.tenant.id, order: [{ column: 'v.placedAt', direction: 'DESC' }, { column: 'v.id', direction: 'DESC' }], key: `${vendorId} ${status?.join() ?? ''}` }), VendorOrder.of);
}

function asTypes<R extends object, T>({ edges, pageInfo, totalCount }: Page<R>, typeOf: (row: R) => T): Page<T> {
  const typed = edges.map(({ cursor, node }) => ({ cursor, node: typeOf(node) }));
  return { edges: typed, nodes: typed.map(({ node }) => node), pageInfo, totalCount };
}
