import { ShipmentLabel } from '../../generated/operations.js';
import { useAsked } from '../door/use-ask.js';
import { useSpeech } from '../words/speaking.js';
import { orderKeys } from './order-keys.js';
import { TrackByHand } from './track-by-hand.js';
import type { SentShipment, WholeOrder } from './vendor-order.js';

/** A label that is being made is asked for again after this; a link to one holds for longer than its time, in milliseconds. */
const waitingMs = 1_500;
const linkMs = 10 * 60_000;

/** What was sent of an order, with the labels. */
export function OrderShipments({ orderId, shipments }: { readonly orderId: string; readonly shipments: NonNullable<WholeOrder['shipments']> }) {
  const { say } = useSpeech();
  if (shipments.length === 0) return null;
  return (
    <section className="shipments">
      <h3>{say('shipments')}</h3>
      <ul>{shipments.map((shipment) => shipment && <ShipmentRow key={shipment.id} orderId={orderId} shipment={shipment} />)}</ul>
    </section>
  );
}

function ShipmentRow({ orderId, shipment }: { readonly orderId: string; readonly shipment: SentShipment }) {
  const { say, sayNamed, count } = useSpeech();
  const { id, status, carrier, trackingId, trackingUrl } = shipment;
  return (
    <li data-shipment={id}>
      <span className="badge">{sayNamed('shipment', status)}</span>
      <span>{sayNamed('ship.carrier', carrier)}</span>
      <span className="quiet wide">{shipment.lines.map((line) => `${count(line.quantity)} × ${line.title}`).join(' · ')}</span>
      {trackingId && (trackingUrl ? <a href={trackingUrl} target="_blank" rel="noreferrer">{say('shipment.track', { number: trackingId })}</a> : <span>{trackingId}</span>)}
      {status !== 'CANCELLED' && <LabelLink id={id} />}
      {carrier === 'own' && <TrackByHand orderId={orderId} shipment={shipment} />}
    </li>
  );
}

function LabelLink({ id }: { readonly id: string }) {
  const { say } = useSpeech();
  const { data } = useAsked(orderKeys.label(id), ShipmentLabel, { id }, { everyMs: (asked) => (isMade(asked) ? linkMs : waitingMs) });
  const label = data?.shipment?.label;
  return isMade(data) && label ? <a className="label" href={label.url} target="_blank" rel="noreferrer">{say('shipment.label')}</a> : <span className="quiet">{say('shipment.label.waiting')}</span>;
}

function isMade(asked: { readonly shipment?: { readonly label?: { readonly madeAt?: string | null } | null } | null } | undefined): boolean {
  return Boolean(asked?.shipment?.label?.madeAt);
}
