import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { askAgainAfter } from '../door/ask-again-after.js';
import { mergeOrder } from './merge-order.js';
import { orderKeys } from './order-keys.js';
import { isListed, orderLists } from './shown-orders.js';
import type { ListedOrder, OrdersPageData, WholeOrder } from './vendor-order.js';

type KeptPages = InfiniteData<OrdersPageData, string | null>;

/** Puts what is new of an order wherever it is shown. Answers what was known of it before. */
export function takeOrderNews(queries: QueryClient, vendorId: string, news: ListedOrder): ListedOrder | undefined {
  const before = knownOrder(queries, vendorId, news.id);
  for (const list of orderLists) {
    queries.setQueryData<KeptPages>(orderKeys.list(vendorId, list), (kept) => kept && merged(kept, news, (status) => isListed(list, status)));
    askAgainAfter(queries, orderKeys.list(vendorId, list));
  }
  queries.setQueryData<{ readonly vendorOrder?: WholeOrder | null }>(orderKeys.order(news.id), (kept) => {
    const known = kept?.vendorOrder;
    return known && known.updatedAt <= news.updatedAt ? { ...kept, vendorOrder: { ...known, status: news.status, updatedAt: news.updatedAt } } : kept;
  });
  // What else is new of it is not in the news.
  void queries.invalidateQueries({ queryKey: orderKeys.order(news.id) });
  return before;
}

function knownOrder(queries: QueryClient, vendorId: string, id: string): ListedOrder | undefined {
  const lists = queries.getQueriesData<KeptPages>({ queryKey: orderKeys.lists(vendorId) });
  return lists.flatMap(([, kept]) => kept?.pages ?? []).flatMap(ordersOf).find((order) => order.id === id);
}

function merged(kept: KeptPages, news: ListedOrder, isOfList: (status: ListedOrder['status']) => boolean): KeptPages {
  const before = kept.pages.map((page) => ({ orders: ordersOf(page), hasNextPage: page.vendorOrders?.pageInfo.hasNextPage ?? false }));
  const after = mergeOrder(before, news, isOfList);
  if (after === before) return kept;
  return { ...kept, pages: kept.pages.map((page, at) => (page.vendorOrders ? { vendorOrders: { ...page.vendorOrders, nodes: [...(after[at]?.orders ?? [])] } } : page)) };
}

/** The orders of a page that came. */
export function ordersOf({ vendorOrders }: OrdersPageData): readonly ListedOrder[] {
  return (vendorOrders?.nodes ?? []).filter((order): order is ListedOrder => order !== null);
}
