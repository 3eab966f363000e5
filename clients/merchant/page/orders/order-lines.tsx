import { useSpeech } from '../words/speaking.js';
import type { WholeOrder } from './vendor-order.js';

/** The goods and what they come to. */
export function OrderLines({ order }: { readonly order: WholeOrder }) {
  const { say, money, count } = useSpeech();
  const sums = (['subtotal', 'discount', 'shipping', 'tax'] as const).filter((sum) => sum === 'subtotal' || order.totals[sum].minor !== 0);
  return (
    <section className="lines">
      <h3>{say('order.lines')}</h3>
      <ul>
        {order.lines.map((line) => (
          <li key={line.id}>
            <span className="quantity">{count(line.quantity)} ×</span>
            <span className="what">{line.title}<span className="quiet">{[...line.options.map(({ name, value }) => `${name}: ${value}`), line.sku].join(' · ')}</span></span>
            <span className="amount">{money(line.total)}</span>
          </li>
        ))}
      </ul>
      <dl className="sums">
        {sums.map((sum) => <div key={sum}><dt>{say(`order.${sum}`)}</dt><dd>{money(order.totals[sum])}</dd></div>)}
        <div className="total"><dt>{say('order.total')}</dt><dd>{money(order.totals.total)}</dd></div>
      </dl>
    </section>
  );
}
