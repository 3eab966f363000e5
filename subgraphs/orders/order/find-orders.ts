import type { Representation } from '@haat/kit/define';
import { holdsGrant, type Viewer } from '@haat/kit/identity';
import type { OrdersContext } from '../context.js';
import { OrderLineRow, OrderRow, VendorOrderRow } from './order.row.js';
import { Order, OrderLine, VendorOrder } from './order.type.js';

/** Whether an order is this viewer's own: by account, by the cart's secret or by the signed link. */
export function isBuyer(viewer: Viewer, { id, userId, guestKey }: Pick<OrderRow, 'id' | 'userId' | 'guestKey'>): boolean {
  return (userId !== null && userId === viewer.userId) || (guestKey !== null && guestKey === viewer.guestKey) || viewer.orderId === id;
}

/** Whether an order is this viewer's to see whole: its buyer; operators; a subgraph itself. */
export function seesOrder(viewer: Viewer, order: Pick<OrderRow, 'id' | 'userId' | 'guestKey'>): boolean {
  return isBuyer(viewer, order) || isStaff(viewer);
}

/** Whether an order is this viewer's to read whole: who sees it, and programs that look after every vendor's part of it. They cancel none. */
export function readsOrder(viewer: Viewer, order: Pick<OrderRow, 'id' | 'userId' | 'guestKey'>): boolean {
  return seesOrder(viewer, order) || (viewer.kind === 'TOKEN' && holdsGrant(viewer, 'orders.manage'));
}

/** Whether a vendor's part is this viewer's to see: who sees the order, and the vendor's own people. */
export function seesPart(viewer: Viewer, part: Pick<VendorOrderRow, 'vendorId'>, order: OrderRow | null): boolean {
  return worksFor(viewer, part.vendorId) || (order !== null && seesOrder(viewer, order));
}

/** Whether somebody looks after a vendor's orders: its people, or an integration. */
export function worksFor(viewer: Viewer, vendorId: string): boolean {
  return (viewer.kind === 'TOKEN' || viewer.vendors.some(({ id }) => id === vendorId)) && holdsGrant(viewer, 'orders.manage', vendorId);
}

/** Whether somebody runs the marketplace, or is a part of it. */
export function isStaff({ kind, roles }: Viewer): boolean {
  return kind === 'SYSTEM' || roles.includes('OPERATOR');
}

/** Whether somebody sees private facts of an order they were shown: a program of one vendor does not, since an order has parts of others. */
export function seesPrivateFacts(viewer: Viewer): boolean {
  return isStaff(viewer) || (viewer.kind === 'TOKEN' && viewer.vendors.length === 0);
}

/** Orders by their keys, those the viewer may see. */
export async function findOrders(ctx: OrdersContext, keys: readonly Representation[]): Promise<(Order | null)[]> {
  const rows = await ctx.loaders.orderById.loadMany(keys.map(({ id }) => id));
  return rows.map((row) => (row instanceof OrderRow && readsOrder(ctx.viewer, row) ? Order.of(row) : null));
}

/** Vendors' parts by their keys, those the viewer may see: two statements however many there are. */
export async function findParts(ctx: OrdersContext, keys: readonly Representation[]): Promise<(VendorOrder | null)[]> {
  const rows = await ctx.db.createQueryBuilder(VendorOrderRow, 'v').where('v.id = any(:ids)', { ids: keys.map(({ id }) => id) }).getMany();
  const orders = await ctx.loaders.orderById.loadMany(rows.map(({ orderId }) => orderId));
  const seen = new Map(rows.flatMap((row, at) => (seesPart(ctx.viewer, row, orders[at] instanceof OrderRow ? orders[at] : null) ? [[row.id, VendorOrder.of(row)] as const] : [])));
  return keys.map(({ id }) => seen.get(id) ?? null);
}

/** Lines by their keys, of orders or parts the viewer may see. */
export async function findLines(ctx: OrdersContext, keys: readonly Representation[]): Promise<(OrderLine | null)[]> {
  const rows = await ctx.db.createQueryBuilder(OrderLineRow, 'l').where('l.id = any(:ids)', { ids: keys.map(({ id }) => id) }).getMany();
  const parts = await findParts(ctx, [...new Set(rows.map(({ vendorOrderId }) => vendorOrderId))].map((id) => ({ __typename: 'VendorOrder', id })));
  const seenParts = new Set(parts.flatMap((part) => (part ? [part.id] : [])));
  const orders = await ctx.loaders.orderById.loadMany(rows.map(({ orderId }) => orderId));
  const seen = new Map(rows.flatMap((row, at) => (seenParts.has(row.vendorOrderId) ? [[row.id, OrderLine.of(row, orders[at] instanceof OrderRow ? orders[at].currency : ctx.tenant.currency)] as const] : [])));
  return keys.map(({ id }) => seen.get(id) ?? null);
}
