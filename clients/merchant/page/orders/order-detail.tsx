import { VendorOrderPage } from '../../generated/operations.js';
import { useAsked } from '../door/use-ask.js';
import { NotThere } from '../parts/notice.js';
import { Title } from '../parts/title.js';
import { hrefOf } from '../route/route.js';
import { useSpeech } from '../words/speaking.js';
import { OrderActions } from './order-actions.js';
import { OrderFacts } from './order-facts.js';
import { OrderHistory } from './order-history.js';
import { OrderLines } from './order-lines.js';
import { orderKeys } from './order-keys.js';
import { OrderShipments } from './order-shipments.js';

/** One order: what is in it, what may be done with it, what was done. */
export function OrderDetail({ vendorId, id }: { readonly vendorId: string; readonly id: string }) {
  const { say, sayNamed } = useSpeech();
  const { data, error, refetch } = useAsked(orderKeys.order(id), VendorOrderPage, { id });
  const order = data?.vendorOrder;
  return (
    <article data-detail={id}>
      <a className="back" href={hrefOf({ part: 'orders' })}>← {say('order.back')}</a>
      {error && <NotThere error={error} onAgain={() => void refetch()} />}
      {!data && !error && <p className="empty">{say('loading')}</p>}
      {data && !order && <p className="empty">{say('order.missing')}</p>}
      {order && (
        <>
          <header className="order-head">
            <Title level={2}>{say('order.title', { number: order.number })}</Title>
            <span className="badge" data-status={order.status}>{sayNamed('status', order.status)}</span>
          </header>
          <OrderActions vendorId={vendorId} order={order} />
          <OrderFacts order={order} />
          <OrderLines order={order} />
          <OrderShipments orderId={id} shipments={order.shipments ?? []} />
          <OrderHistory history={order.history} />
        </>
      )}
    </article>
  );
}
