import { connectionOf, type PageArgs, type Page } from '@haat/kit/page';
import { keysetPage } from '@haat/kit-postgres/keyset-page';
import { keysetPages } from '@haat/kit-postgres/keyset-pages';
import type { SelectQueryBuilder } from 'typeorm';
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
const newestPartFirst = [{ column: 'v.placedAt', direction: 'DESC' }, { column: 'v.id', direction: 'DESC' }] as const;

/** The viewer's own orders: an account's, or a guest's by the secret. */
export async function listMyOrders(ctx: OrdersContext, args: PageArgs): Promise<Page<Order>> {
  const { userId = null, guestKey = null } = ctx.viewer;
  const qb = ctx.db.createQueryBuilder(OrderRow, 'o').where('(o.userId = :userId or o.guestKey = :guestKey)', { userId, guestKey });
  return asTypes(await keysetPage({ qb, args, tenantId: ctx.tenant.id, order: newestFirst, key: userId ?? guestKey ?? '' }), Order.of);
}

/** One person's orders, behind a cursor of theirs. */
export async function listOrdersOfUser(ctx: OrdersContext, userId: string, args: PageArgs): Promise<Page<Order>> {
  const qb = ctx.db.createQueryBuilder(OrderRow, 'o').where('o.userId = :userId', { userId });
  return asTypes(await keysetPage({ qb, args, tenantId: ctx.tenant.id, order: newestFirst, key: userId }), Order.of);
}

/** The first or last page of the orders of each of many people, by one statement. */
export async function listOrdersOfUsers(ctx: OrdersContext, userIds: readonly string[], args: PageArgs): Promise<Map<string, Page<Order>>> {
  const qb = ctx.db.createQueryBuilder(OrderRow, 'o').where('true');
  return asTypesOfEach(await keysetPages({ qb, args, tenantId: ctx.tenant.id, order: newestFirst, parent: 'o.userId', parentOf: ({ userId }) => userId, ids: userIds, keyOf: (id) => id }), Order.of);
}

/** Every order of the marketplace that fits a filter: for operators. */
export async function listOrders(ctx: OrdersContext, args: PageArgs, filter: OrderFilter): Promise<Page<Order>> {
  const qb = narrow(ctx.db.createQueryBuilder(OrderRow, 'o').where('true'), filter);
  return asTypes(await keysetPage({ qb, args, tenantId: ctx.tenant.id, order: newestFirst, key: JSON.stringify(filter) }), Order.of);
}

/** One vendor's parts; unpaid ones too, since they are on their way. */
export async function listVendorOrders(ctx: OrdersContext, vendorId: string, args: PageArgs, status?: readonly VendorOrderStatus[] | null): Promise<Page<VendorOrder>> {
  const qb = partsIn(ctx, status).andWhere('v.vendorId = :vendorId', { vendorId });
  return asTypes(await keysetPage({ qb, args, tenantId: ctx.tenant.id, order: newestPartFirst, key: partsKey(vendorId, status) }), VendorOrder.of);
}

/** The first or last page of the parts of each of many vendors, by one statement. */
export async function listOrdersOfVendors(ctx: OrdersContext, vendorIds: readonly string[], args: PageArgs, status?: readonly VendorOrderStatus[] | null): Promise<Map<string, Page<VendorOrder>>> {
  const pages = await keysetPages({ qb: partsIn(ctx, status), args, tenantId: ctx.tenant.id, order: newestPartFirst, parent: 'v.vendorId', parentOf: ({ vendorId }) => vendorId, ids: vendorIds, keyOf: (id) => partsKey(id, status) });
  return asTypesOfEach(pages, VendorOrder.of);
}

function partsIn(ctx: OrdersContext, status: readonly VendorOrderStatus[] | null | undefined): SelectQueryBuilder<VendorOrderRow> {
  const qb = ctx.db.createQueryBuilder(VendorOrderRow, 'v');
  return status?.length ? qb.where('v.status = any(:status)', { status }) : qb.where('true');
}

function partsKey(vendorId: string, status: readonly VendorOrderStatus[] | null | undefined): string {
  return `${vendorId} ${status?.join() ?? ''}`;
}

function asTypesOfEach<R extends object, T>(pages: ReadonlyMap<string, Page<R>>, typeOf: (row: R) => T): Map<string, Page<T>> {
  return new Map([...pages].map(([id, page]) => [id, asTypes(page, typeOf)]));
}

function asTypes<R extends object, T>({ edges, pageInfo, totalCount }: Page<R>, typeOf: (row: R) => T): Page<T> {
  const typed = edges.map(({ cursor, node }) => ({ cursor, node: typeOf(node) }));
  return { edges: typed, nodes: typed.map(({ node }) => node), pageInfo, totalCount };
}
