import { useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { ShipVendorOrder } from '../../generated/operations.js';
import { usePage } from '../door/page-parts.js';
import { sayProblem, sayRefused } from '../door/refused.js';
import { useChange } from '../door/use-ask.js';
import { useAnnounce } from '../parts/announcer.js';
import { Box } from '../parts/box.js';
import { Choose, NumberLine } from '../parts/fields.js';
import { Warning } from '../parts/notice.js';
import { useOnceKey } from '../parts/use-once-key.js';
import { useSpeech } from '../words/speaking.js';
import { leftToShip } from './left-to-ship.js';
import { orderKeys } from './order-keys.js';
import type { WholeOrder } from './vendor-order.js';

const carriers = ['own', 'pathao'] as const;
type Carrier = (typeof carriers)[number];

/** Grams that a parcel may weigh, at most. */
const gramsMax = 25_000_000;

/** Sends an order, or a part of it. */
export function ShipBox({ order }: { readonly order: WholeOrder }) {
  const { say } = useSpeech();
  return (
    <Box title={say('ship.title', { number: order.number })} trigger={<Button className="main">{say('ship.open')}</Button>}>
      {(close) => <ShipForm order={order} onDone={close} />}
    </Box>
  );
}

function ShipForm({ order, onDone }: { readonly order: WholeOrder; readonly onDone: () => void }) {
  const { queries } = usePage();
  const speech = useSpeech();
  const { say } = speech;
  const announce = useAnnounce();
  const once = useOnceKey();
  const [left] = useState(() => leftToShip(order.lines, order.shipments ?? []));
  const [pieces, setPieces] = useState<ReadonlyMap<string, number>>(left);
  const [carrier, setCarrier] = useState<Carrier>('own');
  const [weightGrams, setWeight] = useState<number>();
  const ship = useChange(ShipVendorOrder);
  const lines = [...pieces].filter(([, quantity]) => quantity > 0).map(([orderLineId, quantity]) => ({ orderLineId, quantity }));
  const wish = { vendorOrderId: order.id, lines, carrier, ...(weightGrams !== undefined && { parcels: [{ weightGrams }] }) };
  const send = (): void => ship.mutate({ input: { ...wish, idempotencyKey: once.keyFor(wish) } }, {
    onSuccess: ({ shipVendorOrder: shipped }) => {
      once.answered();
      void queries.invalidateQueries({ queryKey: orderKeys.order(order.id) });
      if (shipped.__typename !== 'Shipment') return;
      announce(say('ship.done'));
      onDone();
    },
  });
  const answer = ship.data?.shipVendorOrder;
  const problem = answer?.__typename === 'NothingToShip' ? sayProblem(speech, { __typename: answer.reason, message: answer.message }) : answer && answer.__typename !== 'Shipment' ? sayProblem(speech, answer) : undefined;
  return (
    <Form onSubmit={(event) => { event.preventDefault(); send(); }}>
      {order.lines.filter(({ id }) => left.has(id)).map(({ id, title }) => (
        <NumberLine key={id} label={say('ship.quantity', { title })} hint={say('ship.left', { count: left.get(id) ?? 0 })} minValue={0} maxValue={left.get(id)} value={pieces.get(id) ?? 0} onChange={(quantity) => setPieces(new Map(pieces).set(id, Number.isNaN(quantity) ? 0 : quantity))} />
      ))}
      <Choose label={say('ship.carrier')} chosen={carrier} onChoose={setCarrier} choices={carriers.map((key) => ({ key, text: say(`ship.carrier.${key}`) }))} />
      <NumberLine label={say('ship.weight')} hint={say('ship.weight.hint')} minValue={1} maxValue={gramsMax} value={weightGrams ?? Number.NaN} onChange={(grams) => setWeight(Number.isNaN(grams) ? undefined : grams)} />
      <Warning>{ship.error ? sayRefused(speech, ship.error) : lines.length === 0 ? say('ship.nothing') : problem}</Warning>
      <div className="buttons">
        <Button onPress={onDone}>{say('cancel')}</Button>
        <Button type="submit" className="main" isDisabled={ship.isPending || lines.length === 0}>{say('ship.submit')}</Button>
      </div>
    </Form>
  );
}
