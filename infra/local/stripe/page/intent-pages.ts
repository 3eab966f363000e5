import type Stripe from 'stripe';
import type { AccountBooks } from '../account-books.js';
import { amountText } from '../amounts.js';
import { idOf } from '../intents/id-of.js';
import type { Answer } from '../incoming.js';
import { testCards } from '../test-cards.js';
import { html, type Html } from './html.js';
import { page } from './page-frame.js';

/** Something a person can pay or set up. */
export type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

const openStates: readonly string[] = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

/** All accounts, with how much is open in each. */
export function accountsPage(all: Iterable<AccountBooks>): Answer {
  const items = [...all].map((books) => html`<li><a href="/pay/${books.settings.name}">${books.settings.name}</a>: ${openIntents(books).length} open</li>`);
  return page('Accounts', html`<ul>${items}</ul>`);
}

/** What is open in an account, each with the cards to pay it by. */
export function openPage(books: AccountBooks): Answer {
  const open = openIntents(books).map((intent) => html`<article aria-labelledby="t-${intent.id}">${summary(books, intent)}${waiting(books, intent)}</article>`);
  const none = html`<p class="note">Nothing is open. Place an order that is paid by card, then reload this page.</p>`;
  return page(`Pay at ${books.settings.name}`, html`<p><a href="/">All accounts</a> · <a href="/pay/${books.settings.name}">Reload</a></p>${open.length === 0 ? none : open}`);
}

/** One intent: what became of it, or how to pay it. */
export function intentPage(books: AccountBooks, intent: Intent): Answer {
  const isOpen = openStates.includes(intent.status);
  return page(titleOf(intent), html`<p><a href="/pay/${books.settings.name}">All that is open at ${books.settings.name}</a></p><article aria-labelledby="t-${intent.id}">${summary(books, intent)}${isOpen ? waiting(books, intent) : html``}</article>`);
}

/** The bank's page of 3-D Secure. */
export function authenticationPage(books: AccountBooks, intent: Intent): Answer {
  if (intent.status !== 'requires_action') return intentPage(books, intent);
  const form = html`<form method="post"><button name="outcome" value="complete">Complete authentication</button><button class="plain" name="outcome" value="fail">Fail authentication</button></form>`;
  return page('3-D Secure', html`<p>Your bank asks whether this is you.</p><article aria-labelledby="t-${intent.id}">${summary(books, intent)}${form}</article>`);
}

function openIntents(books: AccountBooks): Intent[] {
  return [...books.all('payment_intent'), ...books.all('setup_intent')].filter(({ status }) => openStates.includes(status));
}

function titleOf(intent: Intent): string {
  const titles: Readonly<Record<string, string>> = { succeeded: 'Done', canceled: 'Cancelled', processing: 'In the works', requires_capture: 'Authorised' };
  return titles[intent.status] ?? 'Open';
}

function summary(books: AccountBooks, intent: Intent): Html {
  const what = intent.object === 'payment_intent' ? amountText(intent.amount, intent.currency) : 'Save a card';
  const error = intent.object === 'payment_intent' ? intent.last_payment_error : intent.last_setup_error;
  const rows = [['Account', books.settings.name], ['For', intent.description ?? intent.id], ['State', intent.status.replaceAll('_', ' ')], ['Opened', new Date(intent.created * 1_000).toISOString()]];
  return html`<h2 id="t-${intent.id}">${what}</h2>
<dl>${rows.map(([name = '', value = '']) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
${error ? html`<p class="note" role="status">${error.message ?? error.type}</p>` : html``}`;
}

function waiting(books: AccountBooks, intent: Intent): Html {
  if (intent.status === 'requires_action') return html`<p><a href="/pay/${books.settings.name}/${intent.id}/authenticate">Go on with 3-D Secure</a></p>`;
  const customer = idOf(intent.customer);
  const saved = customer === null ? [] : books.all('payment_method').filter((method) => method.customer === customer);
  const options = [
    ...saved.map(({ id, card }) => html`<option value="${id}">Saved: ${card?.brand ?? 'card'} •••• ${card?.last4 ?? ''}</option>`),
    ...testCards.map(({ name, number, title }) => html`<option value="${name}">${title} (${number})</option>`),
  ];
  return html`<form method="post" action="/pay/${books.settings.name}/${intent.id}">
<label for="c-${intent.id}">Card</label>
<select id="c-${intent.id}" name="card">${options}</select>
<button>${intent.object === 'payment_intent' ? `Pay ${amountText(intent.amount, intent.currency)}` : 'Save this card'}</button>
</form>`;
}
