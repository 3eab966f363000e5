import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { usePage } from '../door/page-parts.js';
import { Choose } from '../parts/fields.js';
import { hrefOf, type Route } from '../route/route.js';
import { useRoute } from '../route/use-route.js';
import type { Viewer } from '../session/viewer.js';
import { useSpeech } from '../words/speaking.js';
import { LiveMark } from './live-mark.js';
import { LookSettings } from './look-settings.js';
import type { OwnVendor } from './vendors-of.js';

const routeParts = ['orders', 'stock', 'import'] as const satisfies readonly Route['part'][];

/** Where one is, for which shop, and whether changes arrive. */
export function TopBar({ viewer, vendors, vendor, onVendor }: { readonly viewer: Viewer; readonly vendors: readonly OwnVendor[]; readonly vendor: OwnVendor | undefined; readonly onVendor: (id: string) => void }) {
  const { say } = useSpeech();
  const route = useRoute();
  return (
    <header className="top">
      <span className="brand">{say('app.name')}</span>
      {vendor && <Choose isQuiet label={say('vendor')} chosen={vendor.id} onChoose={onVendor} choices={vendors.map(({ id, name }) => ({ key: id, text: name }))} />}
      <nav aria-label={say('nav.label')}>
        {routeParts.map((part) => <a key={part} href={hrefOf({ part })} aria-current={route.part === part ? 'page' : undefined}>{say(`nav.${part}`)}</a>)}
      </nav>
      <LiveMark />
      <Settings viewer={viewer} />
    </header>
  );
}

function Settings({ viewer }: { readonly viewer: Viewer }) {
  const { session } = usePage();
  const { say } = useSpeech();
  return (
    <DialogTrigger>
      <Button className="icon" aria-label={say('settings')}>⚙</Button>
      <Popover className="popover settings" placement="bottom end">
        <Dialog aria-label={say('settings')}>
          <p>{say('signed-in-as', { name: viewer.user?.name ?? viewer.user?.email ?? '' })}</p>
          <LookSettings />
          <Button onPress={() => void session.signOut()}>{say('sign-out')}</Button>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
