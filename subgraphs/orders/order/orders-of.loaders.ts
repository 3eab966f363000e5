import { loader } from '@haat/kit/loader';
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
  return loader<PageWish, Page<Order>>((wishes) => alike(wishes, (ids, { page }) => listOrdersOfUsers(ctx, ids, page)), { key: keyOf });
}

/** Pages of vendors' parts: of all that are asked for alike by one statement. */
export function ordersOfVendor(ctx: OrdersContext) {
  return loader<PageWish, Page<VendorOrder>>((wishes) => alike(wishes, (ids, { page, status }) => listOrdersOfVendors(ctx, ids, page, status)), { key: keyOf });
}

async function alike<P>(wishes: readonly PageWish[], list: (ids: readonly string[], wish: PageWish) => Promise<Map<string, P>>): Promise<Map<string, P>> {
  const groups = [...Map.groupBy(wishes, shapeOf).values()];
  const listed = await Promise.all(groups.map(async (group) => {
    const [first] = group;
    const pages = first ? await list(group.map(({ id }) => id), first) : new Map<string, P>();
    return group.flatMap((wish) => { const page = pages.get(wish.id); return page === undefined ? [] : [[keyOf(wish), page] as const]; });
  }));
  return new Map(listed.flat());
}

function keyOf(wish: PageWish): string {
  return `${wish.id} ${shapeOf(wish)}`;
}

function shapeOf({ page: { first, last }, status }: PageWish): string {
  return JSON.stringify([first, last, status]);
}
