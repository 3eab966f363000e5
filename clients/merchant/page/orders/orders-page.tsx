import { useState } from 'react';
import { VendorOrderChanged } from '../../generated/operations.js';
import { usePage } from '../door/page-parts.js';
import { useLive } from '../door/use-live.js';
import { useAnnounce } from '../parts/announcer.js';
import { useSpeech } from '../words/speaking.js';
import { isNewForVendor } from './merge-order.js';
import { OrderDetail } from './order-detail.js';
import { OrderListing } from './order-listing.js';
import type { OrderList } from './shown-orders.js';
import { takeOrderNews } from './take-order-news.js';

/** The orders of a shop as they come, beside the one that is looked at. */
export function OrdersPage({ vendorId, orderId }: { readonly vendorId: string; readonly orderId: string | undefined }) {
  const { queries } = usePage();
  const { say, money } = useSpeech();
  const announce = useAnnounce();
  const [list, setList] = useState<OrderList>('open');
  useLive(VendorOrderChanged, { vendorId }, ({ vendorOrderChanged: news }) => {
    const before = takeOrderNews(queries, vendorId, news);
    if (isNewForVendor(before, news)) announce(say('orders.arrived', { number: news.number, total: money(news.totals.total) }));
  });
  return (
    <div className="split" data-shows={orderId ? 'order' : 'list'}>
      <OrderListing vendorId={vendorId} list={list} onList={setList} shownId={orderId} />
      <section className="detail">
        {orderId ? <OrderDetail key={orderId} vendorId={vendorId} id={orderId} /> : <p className="empty">{say('orders.choose')}</p>}
      </section>
    </div>
  );
}
