import { alikeLoader } from '@haat/kit/loader';
import type { Page, PageArgs } from '@haat/kit/page';
import type { OrdersContext } from '../context.js';
import { listOrdersOfUsers, listOrdersOfVendors } from './list-orders.js';
import type { VendorOrderStatus } from './order-enums.js';
import type { Order, VendorOrder } from './order.type.js';

/** A page from the beginning or the end of one list: somebody's orders, or a vendor's parts. */
export interface PageWish {
  readonly id: string;
  readonly page: PageArgs;
  readonly status?: readonly VendorOrderStatus[] | null;
}

/** Pages of people's orders: of all who are asked for alike by one statement. */
export function ordersOfUser(ctx: OrdersContext) {
  return alikeLoader<PageWish, Page<Order>>((ids, { page }) => listOrdersOfUsers(ctx, ids, page));
}

/** Pages of vendors' parts: of all that are asked for alike by one statement. */
export function ordersOfVendor(ctx: OrdersContext) {
  return alikeLoader<PageWish, Page<VendorOrder>>((ids, { page, status }) => listOrdersOfVendors(ctx, ids, page, status));
}
