import { Button } from 'react-aria-components';
import { AcceptVendorOrder } from '../../generated/operations.js';
import { usePage } from '../door/page-parts.js';
import { sayProblem, sayRefused } from '../door/refused.js';
import { useChange } from '../door/use-ask.js';
import { useAnnounce } from '../parts/announcer.js';
import { Warning } from '../parts/notice.js';
import { useSpeech } from '../words/speaking.js';
import { leftToShip } from './left-to-ship.js';
import { orderKeys } from './order-keys.js';
import { RejectBox } from './reject-box.js';
import { ShipBox } from './ship-box.js';
import { mayBe } from './shown-orders.js';
import { takeOrderNews } from './take-order-news.js';
import type { WholeOrder } from './vendor-order.js';

/** What may be done with an order now. */
export function OrderActions({ vendorId, order }: { readonly vendorId: string; readonly order: WholeOrder }) {
  const { status } = order;
  if (!mayBe('accepted', status) && !mayBe('rejected', status) && !mayBe('shipped', status)) return null;
  return (
    <div className="actions">
      {mayBe('accepted', status) && <AcceptButton vendorId={vendorId} order={order} />}
      {mayBe('shipped', status) && leftToShip(order.lines, order.shipments ?? []).size > 0 && <ShipBox order={order} />}
      {mayBe('rejected', status) && <RejectBox vendorId={vendorId} order={order} />}
    </div>
  );
}

function AcceptButton({ vendorId, order }: { readonly vendorId: string; readonly order: WholeOrder }) {
  const { queries } = usePage();
  const speech = useSpeech();
  const announce = useAnnounce();
  const accept = useChange(AcceptVendorOrder);
  const answer = accept.data?.acceptVendorOrder;
  const press = (): void => accept.mutate({ input: { vendorOrderId: order.id } }, {
    onSuccess: ({ acceptVendorOrder: accepted }) => {
      if (accepted.__typename !== 'VendorOrder') return void queries.invalidateQueries({ queryKey: orderKeys.order(order.id) });
      takeOrderNews(queries, vendorId, accepted);
      announce(speech.say('order.accepted', { number: order.number }));
    },
  });
  return (
    <>
      <Button className="main" onPress={press} isDisabled={accept.isPending}>{speech.say('order.accept')}</Button>
      <Warning>{accept.error ? sayRefused(speech, accept.error) : answer && answer.__typename !== 'VendorOrder' ? sayProblem(speech, answer) : undefined}</Warning>
    </>
  );
}
