import { Button } from 'react-aria-components';
import { RecordTracking } from '../../generated/operations.js';
import { usePage } from '../door/page-parts.js';
import { sayProblem, sayRefused } from '../door/refused.js';
import { useChange } from '../door/use-ask.js';
import { Warning } from '../parts/notice.js';
import { useSpeech } from '../words/speaking.js';
import { orderKeys } from './order-keys.js';
import { nextByHand } from './next-by-hand.js';
import type { SentShipment } from './vendor-order.js';

/** Says what became of a shipment that the vendor carries itself: nobody else will. */
export function TrackByHand({ orderId, shipment }: { readonly orderId: string; readonly shipment: SentShipment }) {
  const { queries } = usePage();
  const speech = useSpeech();
  const track = useChange(RecordTracking);
  const next = nextByHand(shipment.status);
  const send = (status: NonNullable<typeof next>): void => track.mutate({ input: { shipmentId: shipment.id, status } }, {
    onSettled: () => void queries.invalidateQueries({ queryKey: orderKeys.order(orderId) }),
  });
  const answer = track.data?.recordTracking;
  return (
    <>
      {next && <Button onPress={() => send(next)} isDisabled={track.isPending}>{speech.say(`by-hand.${next}`)}</Button>}
      <Warning>{track.error ? sayRefused(speech, track.error) : answer && answer.__typename !== 'Shipment' ? sayProblem(speech, answer) : undefined}</Warning>
    </>
  );
}
