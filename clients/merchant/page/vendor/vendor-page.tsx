import { useState } from 'react';
import { usePage } from '../door/page-parts.js';
import type { Viewer } from '../session/viewer.js';
import { useRoute } from '../route/use-route.js';
import { ImportPage } from '../import/import-page.js';
import { OrdersPage } from '../orders/orders-page.js';
import { StockPage } from '../stock/stock-page.js';
import { useSpeech } from '../words/speaking.js';
import { LiveBanner } from './live-banner.js';
import { TopBar } from './top-bar.js';
import { vendorsOf, type OwnVendor } from './vendors-of.js';

const vendorName = 'haat.vendor';

/** Who is signed in works here, for one shop at a time. */
export function VendorPage({ viewer }: { readonly viewer: Viewer }) {
  const { storage } = usePage();
  const { say } = useSpeech();
  const vendors = vendorsOf(viewer);
  const [chosen, setChosen] = useState(() => storage.read(vendorName));
  const vendor = vendors.find(({ id }) => id === chosen) ?? vendors[0];
  const choose = (id: string): void => {
    storage.write(vendorName, id);
    setChosen(id);
  };
  return (
    <div className="page">
      <a className="skip" href="#content" onClick={(event) => { event.preventDefault(); document.getElementById('content')?.focus(); }}>{say('app.skip')}</a>
      <TopBar viewer={viewer} vendors={vendors} vendor={vendor} onVendor={choose} />
      <LiveBanner />
      <main id="content" tabIndex={-1}>{vendor ? <Part key={vendor.id} vendor={vendor} /> : <p className="empty">{say('vendor.none')}</p>}</main>
    </div>
  );
}

function Part({ vendor }: { readonly vendor: OwnVendor }) {
  const route = useRoute();
  if (route.part === 'stock') return <StockPage vendorId={vendor.id} />;
  if (route.part === 'import') return <ImportPage vendorId={vendor.id} importId={route.id} />;
  return <OrdersPage vendorId={vendor.id} orderId={route.id} />;
}
