import { useSpeech } from '../words/speaking.js';
import { CountBox } from './count-box.js';
import { shelfTitle, type Shelf } from './stock-level.js';

/** One shelf: what lies there, what of it can be sold, and whether it is low. */
export function ShelfRow({ vendorId, shelf }: { readonly vendorId: string; readonly shelf: Shelf }) {
  const { say, count } = useSpeech();
  const numbers = [['available', shelf.available], ['on-hand', shelf.onHand], ['allocated', shelf.allocated], ['reserved', shelf.reserved]] as const;
  return (
    <li data-low={shelf.isLow} data-offer={shelf.offer?.id}>
      <div className="what">
        <strong>{shelfTitle(shelf)}</strong>
        <span className="quiet">{[shelf.offer?.vendorSku, shelf.warehouse?.name].filter(Boolean).join(' · ')}</span>
      </div>
      {shelf.isLow && <span className="badge" data-status="low">{say('stock.low')}</span>}
      <dl>{numbers.map(([name, value]) => <div key={name}><dt>{say(`stock.${name}`)}</dt><dd>{count(value)}</dd></div>)}</dl>
      <CountBox vendorId={vendorId} shelf={shelf} />
    </li>
  );
}
