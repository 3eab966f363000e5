import type { VendorOrderStatus } from '../../generated/operations.js';

/** What of an order decides about its place. */
export interface PlacedOrder {
  readonly id: string;
  readonly status: VendorOrderStatus;
  readonly placedAt: string;
  readonly updatedAt: string;
}

/** One page of a list, the newest in front. */
export interface OrdersOnPage<O> {
  readonly orders: readonly O[];
  readonly hasNextPage: boolean;
}

/**
 * The pages of a list after news of an order: each order once, in its place, as the latest of what is known of it. What
 * belongs behind the last page that was fetched is left for when that is asked for. The same pages when nothing changes.
 */
export function mergeOrder<O extends PlacedOrder>(pages: readonly OrdersOnPage<O>[], news: O, isListed: (status: VendorOrderStatus) => boolean): readonly OrdersOnPage<O>[] {
  const known = pages.flatMap(({ orders }) => orders).find(({ id }) => id === news.id);
  if (known && isNewer(known, news)) return pages;
  if (known && isListed(news.status)) return mapped(pages, (orders) => orders.map((order) => (order.id === news.id ? news : order)));
  if (known) return mapped(pages, (orders) => orders.filter(({ id }) => id !== news.id));
  return isListed(news.status) ? inserted(pages, news) : pages;
}

/** Whether an order has just come to be the vendor's to do: what was known of it before is `before`. */
export function isNewForVendor(before: Pick<PlacedOrder, 'status'> | undefined, news: Pick<PlacedOrder, 'status'>): boolean {
  return news.status === 'CONFIRMED' && (before === undefined || before.status === 'PENDING_PAYMENT' || before.status === 'EXPIRED');
}

function inserted<O extends PlacedOrder>(pages: readonly OrdersOnPage<O>[], news: O): readonly OrdersOnPage<O>[] {
  const at = pages.findIndex(({ orders }) => orders.some((order) => isBehind(order, news)));
  if (at < 0 && (pages.length === 0 || pages.at(-1)?.hasNextPage)) return pages;
  const page = at < 0 ? pages.length - 1 : at;
  return pages.map((one, index) => {
    if (index !== page) return one;
    const place = one.orders.findIndex((order) => isBehind(order, news));
    return { ...one, orders: one.orders.toSpliced(place < 0 ? one.orders.length : place, 0, news) };
  });
}

function mapped<O>(pages: readonly OrdersOnPage<O>[], map: (orders: readonly O[]) => readonly O[]): readonly OrdersOnPage<O>[] {
  return pages.map((page) => ({ ...page, orders: map(page.orders) }));
}

/** Texts of one form in UTC are in the order of their times. */
function isNewer(a: PlacedOrder, b: PlacedOrder): boolean {
  return a.updatedAt > b.updatedAt;
}

function isBehind(order: PlacedOrder, news: PlacedOrder): boolean {
  return order.placedAt < news.placedAt || (order.placedAt === news.placedAt && order.id < news.id);
}
