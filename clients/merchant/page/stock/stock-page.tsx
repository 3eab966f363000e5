import { useState } from 'react';
import { Button, Switch } from 'react-aria-components';
import { StockChanged, StockLevels } from '../../generated/operations.js';
import { usePage } from '../door/page-parts.js';
import { usePages } from '../door/use-ask.js';
import { useLive } from '../door/use-live.js';
import { NotThere } from '../parts/notice.js';
import { Title } from '../parts/title.js';
import { useSpeech } from '../words/speaking.js';
import { ShelfRow } from './shelf-row.js';
import { shelfKey } from './stock-level.js';
import { stockKeys } from './stock-keys.js';
import { shelvesOf, takeShelfNews } from './take-shelf-news.js';

/** Shelves fetched at once. */
const pageSize = 50;

/** What a shop has, as it changes. */
export function StockPage({ vendorId }: { readonly vendorId: string }) {
  const { queries } = usePage();
  const { say } = useSpeech();
  const [lowOnly, setLowOnly] = useState(false);
  useLive(StockChanged, { vendorId }, ({ stockChanged }) => takeShelfNews(queries, vendorId, stockChanged));
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = usePages(
    stockKeys.list(vendorId, lowOnly), StockLevels, (after) => ({ vendorId, lowOnly, first: pageSize, after }), (page) => page.stockLevels?.pageInfo);
  const shelves = data?.pages.flatMap(shelvesOf) ?? [];
  return (
    <section className="stock">
      <div className="order-head">
        <Title level={1}>{say('stock.title')}</Title>
        <Switch className="switch" isSelected={lowOnly} onChange={setLowOnly}><span className="track" aria-hidden="true" />{say('stock.low-only')}</Switch>
      </div>
      {error && <NotThere error={error} onAgain={() => void refetch()} />}
      {isPending && !error && <p className="empty">{say('loading')}</p>}
      {data && shelves.length === 0 && <p className="empty">{say(lowOnly ? 'stock.empty.low' : 'stock.empty')}</p>}
      <ul className="shelves">{shelves.map((shelf, at) => <ShelfRow key={shelfKey(shelf) ?? at} vendorId={vendorId} shelf={shelf} />)}</ul>
      {hasNextPage && <Button onPress={() => void fetchNextPage()} isDisabled={isFetchingNextPage}>{say(isFetchingNextPage ? 'loading' : 'more')}</Button>}
    </section>
  );
}
