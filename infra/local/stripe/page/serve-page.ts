import type { AccountBooks } from '../account-books.js';
import { readForm } from '../api/read-form.js';
import type { Desk } from '../desk.js';
import type { Answer, Incoming } from '../incoming.js';
import { authenticateIntent } from '../intents/finish-intent.js';
import { StripeRefusal } from '../refusal.js';
import { authenticateSetup } from '../setups/confirm-setup.js';
import { html } from './html.js';
import { accountsPage, authenticationPage, intentPage, openPage, type Intent } from './intent-pages.js';
import { page, seeOther } from './page-frame.js';
import { payIntent } from './pay-intent.js';

const path = /^\/pay\/([\w-]+)(?:\/((?:pi|seti)_\w+)(\/authenticate)?)?$/;

/** Answers the pages where a person pays: the accounts at `/`, what is open at `/pay/<account>`. */
export function servePage(desk: Desk, incoming: Incoming): Answer {
  if (incoming.path === '/') return accountsPage(desk.accounts.values());
  const [, account = '', id, authenticates] = path.exec(incoming.path) ?? [];
  const books = desk.accounts.get(account);
  if (!books) return page('Not found', html`<p>There is nothing here. <a href="/">All accounts</a></p>`, 404);
  if (incoming.method === 'POST' && isFromElsewhere(incoming)) return page('Not from here', html`<p>This form was sent from another site.</p>`, 403);
  try {
    if (id === undefined) return openPage(books);
    if (incoming.method === 'POST') return authenticates ? authenticated(books, id, incoming) : paid(books, id, incoming);
    return authenticates ? authenticationPage(books, intentOf(books, id)) : intentPage(books, intentOf(books, id));
  } catch (error) {
    if (error instanceof StripeRefusal) return page('Not possible', html`<p class="note" role="alert">${error.message}</p><p><a href="/pay/${account}">Back</a></p>`, error.status);
    throw error;
  }
}

function paid(books: AccountBooks, id: string, { body }: Incoming): Answer {
  const card = readForm(body)['card'];
  const intent = books.during({ id: null, idempotency_key: null }, () => payIntent(books, id, { card: String(card ?? '') }));
  return seeOther(`/pay/${books.settings.name}/${id}${intent.status === 'requires_action' ? '/authenticate' : ''}`);
}

function authenticated(books: AccountBooks, id: string, { body }: Incoming): Answer {
  const isDone = readForm(body)['outcome'] === 'complete';
  const back = intentOf(books, id).next_action?.redirect_to_url?.return_url ?? null;
  const intent = books.during({ id: null, idempotency_key: null }, () => (id.startsWith('seti_') ? authenticateSetup(books, id, isDone) : authenticateIntent(books, id, isDone)));
  return seeOther(back === null ? `/pay/${books.settings.name}/${id}` : withOutcome(back, intent));
}

/** What Stripe adds to the URL it sends the buyer back to. */
function withOutcome(returnUrl: string, intent: Intent): string {
  const url = new URL(returnUrl);
  url.searchParams.set(intent.object, intent.id);
  url.searchParams.set(`${intent.object}_client_secret`, intent.client_secret ?? '');
  url.searchParams.set('redirect_status', intent.status === 'requires_payment_method' ? 'failed' : 'succeeded');
  return url.href;
}

function intentOf(books: AccountBooks, id: string): Intent {
  return id.startsWith('seti_') ? books.get('setup_intent', id) : books.get('payment_intent', id);
}

function isFromElsewhere({ headers }: Incoming): boolean {
  const { origin, host } = headers;
  return origin !== undefined && origin !== 'null' && URL.canParse(origin) && new URL(origin).host !== host;
}
