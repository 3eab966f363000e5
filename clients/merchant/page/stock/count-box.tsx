import { useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { AdjustStock } from '../../generated/operations.js';
import { usePage } from '../door/page-parts.js';
import { sayProblem, sayRefused } from '../door/refused.js';
import { useChange } from '../door/use-ask.js';
import { useAnnounce } from '../parts/announcer.js';
import { Box } from '../parts/box.js';
import { NumberLine, TextLine } from '../parts/fields.js';
import { Warning } from '../parts/notice.js';
import { useOnceKey } from '../parts/use-once-key.js';
import { useSpeech } from '../words/speaking.js';
import { shelfTitle, type Shelf } from './stock-level.js';
import { takeShelfNews } from './take-shelf-news.js';

/** Pieces on a shelf, and characters of a reason, at most. */
const piecesMax = 1_000_000;
const reasonMax = 500;

/** Says what a count of a shelf found. */
export function CountBox({ vendorId, shelf }: { readonly vendorId: string; readonly shelf: Shelf }) {
  const { say } = useSpeech();
  const title = shelfTitle(shelf);
  return (
    <Box title={say('stock.adjust.title')} trigger={<Button aria-label={say('stock.adjust.of', { title })}>{say('stock.adjust')}</Button>}>
      {(close) => <CountForm vendorId={vendorId} shelf={shelf} title={title} onDone={close} />}
    </Box>
  );
}

function CountForm({ vendorId, shelf, title, onDone }: { readonly vendorId: string; readonly shelf: Shelf; readonly title: string; readonly onDone: () => void }) {
  const { queries } = usePage();
  const speech = useSpeech();
  const { say } = speech;
  const announce = useAnnounce();
  const once = useOnceKey();
  const [onHand, setOnHand] = useState(shelf.onHand);
  const [reason, setReason] = useState('');
  const adjust = useChange(AdjustStock);
  const [offerId, warehouseId] = [shelf.offer?.id, shelf.warehouse?.id];
  const wish = { offerId: offerId ?? '', warehouseId: warehouseId ?? '', onHand, reason };
  const send = (): void => adjust.mutate({ input: { ...wish, idempotencyKey: once.keyFor(wish) } }, {
    onSuccess: ({ adjustStock: counted }) => {
      once.answered();
      if (counted.__typename !== 'StockLevel') return;
      takeShelfNews(queries, vendorId, counted);
      announce(say('stock.adjusted', { title, count: counted.onHand }));
      onDone();
    },
  });
  const answer = adjust.data?.adjustStock;
  const problem = answer?.__typename === 'PiecesOwed' ? say('stock.owed', { count: answer.owed }) : answer && answer.__typename !== 'StockLevel' ? sayProblem(speech, answer) : undefined;
  return (
    <Form onSubmit={(event) => { event.preventDefault(); send(); }}>
      <p>{title}<span className="quiet line">{[shelf.offer?.vendorSku, shelf.warehouse?.name].filter(Boolean).join(' · ')}</span></p>
      <NumberLine label={say('stock.adjust.on-hand')} minValue={0} maxValue={piecesMax} value={onHand} onChange={(count) => setOnHand(Number.isNaN(count) ? 0 : count)} autoFocus />
      <TextLine label={say('stock.adjust.reason')} value={reason} onChange={setReason} maxLength={reasonMax} isRequired />
      <Warning>{adjust.error ? sayRefused(speech, adjust.error) : problem}</Warning>
      <div className="buttons">
        <Button onPress={onDone}>{say('cancel')}</Button>
        <Button type="submit" className="main" isDisabled={adjust.isPending || !offerId || !warehouseId || reason.trim() === ''}>{say('stock.adjust.submit')}</Button>
      </div>
    </Form>
  );
}
