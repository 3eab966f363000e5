import { Button, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { VendorOrders } from '../../generated/operations.js';
import { usePages } from '../door/use-ask.js';
import { NotThere } from '../parts/notice.js';
import { Title } from '../parts/title.js';
import { hrefOf } from '../route/route.js';
import { useSpeech } from '../words/speaking.js';
import { orderKeys } from './order-keys.js';
import { orderLists, statesOf, type OrderList } from './shown-orders.js';
import { ordersOf } from './take-order-news.js';
import type { ListedOrder } from './vendor-order.js';

/** Orders fetched at once. */
const pageSize = 30;

/** The orders of one list, the newest in front. */
export function OrderListing({ vendorId, list, onList, shownId }: { readonly vendorId: string; readonly list: OrderList; readonly onList: (list: OrderList) => void; readonly shownId: string | undefined }) {
  const { say } = useSpeech();
  const status = statesOf[list];
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = usePages(
    orderKeys.list(vendorId, list), VendorOrders, (after) => ({ vendorId, first: pageSize, after, ...(status && { status: [...status] }) }), (page) => page.vendorOrders?.pageInfo);
  const orders = data?.pages.flatMap(ordersOf) ?? [];
  return (
    <section className="listing" aria-label={say('orders.list')}>
      <Title level={1}>{say('orders.title')}</Title>
      <ToggleButtonGroup className="toggles" aria-label={say('orders.show')} selectedKeys={[list]} disallowEmptySelection onSelectionChange={(keys) => onList([...keys][0] as OrderList)}>
        {orderLists.map((one) => <ToggleButton key={one} id={one}>{say(`orders.show.${one}`)}</ToggleButton>)}
      </ToggleButtonGroup>
      {error && <NotThere error={error} onAgain={() => void refetch()} />}
      {isPending && !error && <p className="empty">{say('loading')}</p>}
      {data && orders.length === 0 && <p className="empty">{say(`orders.empty.${list}`)}</p>}
      <ul className="orders">{orders.map((order) => <OrderRow key={order.id} order={order} isShown={order.id === shownId} />)}</ul>
      {hasNextPage && <Button onPress={() => void fetchNextPage()} isDisabled={isFetchingNextPage}>{say(isFetchingNextPage ? 'loading' : 'more')}</Button>}
    </section>
  );
}

function OrderRow({ order, isShown }: { readonly order: ListedOrder; readonly isShown: boolean }) {
  const { say, sayNamed, money, moment } = useSpeech();
  const count = order.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <li data-order={order.id} data-status={order.status}>
      <a href={hrefOf({ part: 'orders', id: order.id })} aria-current={isShown || undefined}>
        <strong>{order.number}</strong>
        <span className="badge" data-status={order.status}>{sayNamed('status', order.status)}</span>
        <span className="quiet">{moment(order.placedAt)}</span>
        <span className="amount">{money(order.totals.total)}</span>
        <span className="quiet wide">{[say('orders.pieces', { count }), order.contact?.name].filter(Boolean).join(' · ')}</span>
      </a>
    </li>
  );
}
