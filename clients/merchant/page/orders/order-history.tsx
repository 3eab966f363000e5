import { useSpeech } from '../words/speaking.js';
import type { WholeOrder } from './vendor-order.js';

/** What happened to an order, oldest first. */
export function OrderHistory({ history }: { readonly history: WholeOrder['history'] }) {
  const { say, sayNamed, moment } = useSpeech();
  return (
    <section className="history">
      <h3>{say('order.history')}</h3>
      <ol>
        {history?.map(({ id, kind, reason, happenedAt }) => (
          <li key={id}>
            <time dateTime={happenedAt} className="quiet">{moment(happenedAt)}</time>
            <span>{sayNamed('history', kind)}{reason && <q>{reason}</q>}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
