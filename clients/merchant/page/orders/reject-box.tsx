import { useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { RejectVendorOrder } from '../../generated/operations.js';
import { usePage } from '../door/page-parts.js';
import { sayProblem, sayRefused } from '../door/refused.js';
import { useChange } from '../door/use-ask.js';
import { useAnnounce } from '../parts/announcer.js';
import { Box } from '../parts/box.js';
import { TextLine } from '../parts/fields.js';
import { Warning } from '../parts/notice.js';
import { useOnceKey } from '../parts/use-once-key.js';
import { useSpeech } from '../words/speaking.js';
import { takeOrderNews } from './take-order-news.js';
import type { WholeOrder } from './vendor-order.js';

/** Characters of a reason, at most. */
const reasonMax = 500;

/** Rejects an order, with a reason that its buyer reads. */
export function RejectBox({ vendorId, order }: { readonly vendorId: string; readonly order: WholeOrder }) {
  const { say } = useSpeech();
  return (
    <Box title={say('order.reject.title', { number: order.number })} trigger={<Button className="danger">{say('order.reject')}</Button>}>
      {(close) => <RejectForm vendorId={vendorId} order={order} onDone={close} />}
    </Box>
  );
}

function RejectForm({ vendorId, order, onDone }: { readonly vendorId: string; readonly order: WholeOrder; readonly onDone: () => void }) {
  const { queries } = usePage();
  const speech = useSpeech();
  const { say } = speech;
  const announce = useAnnounce();
  const once = useOnceKey();
  const [reason, setReason] = useState('');
  const reject = useChange(RejectVendorOrder);
  const answer = reject.data?.rejectVendorOrder;
  const wish = { vendorOrderId: order.id, reason };
  const send = (): void => reject.mutate({ input: { ...wish, idempotencyKey: once.keyFor(wish) } }, {
    onSuccess: ({ rejectVendorOrder: rejected }) => {
      once.answered();
      if (rejected.__typename !== 'VendorOrder') return;
      takeOrderNews(queries, vendorId, rejected);
      announce(say('order.rejected', { number: order.number }));
      onDone();
    },
  });
  return (
    <Form onSubmit={(event) => { event.preventDefault(); send(); }}>
      <TextLine label={say('order.reject.reason')} hint={say('order.reject.hint')} rows={3} maxLength={reasonMax} value={reason} onChange={setReason} autoFocus isRequired />
      <Warning>{reject.error ? sayRefused(speech, reject.error) : answer && answer.__typename !== 'VendorOrder' ? sayProblem(speech, answer) : undefined}</Warning>
      <div className="buttons">
        <Button onPress={onDone}>{say('cancel')}</Button>
        <Button type="submit" className="danger" isDisabled={reject.isPending || reason.trim() === ''}>{say('order.reject')}</Button>
      </div>
    </Form>
  );
}
