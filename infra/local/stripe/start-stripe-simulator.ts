import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@haat/kit/clock';
import { AccountBooks, type Surroundings } from './account-books.js';
import { serveApi } from './api/serve-api.js';
import { serveControl } from './control/serve-control.js';
import { stripeControl, type StripeControl } from './control/stripe-control.js';
import type { Desk } from './desk.js';
import { Faults } from './faults.js';
import { jsonAnswer, readIncoming, type Answer } from './incoming.js';
import { openJournal, type Journal } from './journal.js';
import { servePage } from './page/serve-page.js';
import { usual, type StripeSimulatorOptions } from './simulator-options.js';
import { Timers } from './webhooks/timers.js';
import { Webhooks } from './webhooks/webhooks.js';

const keepAliveMs = 120_000;

/** A simulator of Stripe that runs. */
export interface StripeSimulator extends AsyncDisposable {
  /** Where it is reached, without a slash at the end: for the API, for the control endpoints and, in a browser, for the page to pay at. */
  readonly url: string;
  readonly control: StripeControl;
  stop(): Promise<void>;
}

/** Starts it, on loopback only. Takes up again what its folder has, and tells the shops what they were not told. */
export async function startStripeSimulator(options: StripeSimulatorOptions): Promise<StripeSimulator> {
  const timers = new Timers();
  const faults = new Faults();
  const webhooks = new Webhooks(faults, timers, options.webhookPausesMs ?? usual.webhookPausesMs);
  const server = createServer((request, response) => void answer(desk, timers, request, response));
  // Longer than the package keeps an unused connection, so that no request meets one that is just being closed.
  server.keepAliveTimeout = keepAliveMs;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const kept: { journal?: Journal } = {};
  const accounts = openAccounts(options, url, timers, webhooks, kept);
  const desk: Desk = { accounts, faults, webhooks, requests: [], inWork: new Set() };
  if (options.dataDir !== undefined) kept.journal = openJournal(options.dataDir, accounts);
  for (const books of accounts.values()) for (const event of books.all('event').reverse()) if (event.pending_webhooks > 0) webhooks.send(books, event);
  const stop = async (): Promise<void> => {
    timers.stop();
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
    kept.journal?.close();
    delete kept.journal;
  };
  return { url, control: stripeControl(url), stop, [Symbol.asyncDispose]: stop };
}

function openAccounts({ accounts, clock = systemClock, refundOutcomeMs = usual.refundOutcomeMs }: StripeSimulatorOptions, url: string, timers: Timers, webhooks: Webhooks, kept: { journal?: Journal }): Map<string, AccountBooks> {
  const around: Surroundings = {
    now: () => Math.floor(clock.now().getTime() / 1_000), url: () => url, later: (work) => timers.after(refundOutcomeMs, work),
    keep: (books, written) => {
      if (written.puts.length + written.cards.length + written.answers.length > 0) kept.journal?.add(books.settings.name, written);
      for (const [kind, object] of written.puts) if (kind === 'event') tell(books, object.id, webhooks);
    },
  };
  return new Map(accounts.map((settings) => [settings.name, new AccountBooks(settings, around)]));
}

/** What was told already is written again only to say so. */
function tell(books: AccountBooks, eventId: string, webhooks: Webhooks): void {
  const event = books.get('event', eventId);
  if (event.pending_webhooks > 0) webhooks.send(books, event);
}

async function answer(desk: Desk, timers: Timers, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const said = await answerTo(desk, timers, request);
    if (!said) return void request.socket.destroy();
    response.writeHead(said.status, { ...said.headers, 'content-length': Buffer.byteLength(said.body) }).end(said.body);
  } catch (error) {
    console.error('stripe simulator:', error);
    if (!response.headersSent) response.writeHead(500).end();
  }
}

async function answerTo(desk: Desk, timers: Timers, request: IncomingMessage): Promise<Answer | undefined> {
  const incoming = await readIncoming(request);
  if (!incoming) return jsonAnswer(413, { error: { type: 'invalid_request_error', message: 'The request is too large.' } });
  if (incoming.path.startsWith('/v1/')) return serveApi(desk, incoming, (ms) => timers.wait(ms));
  if (!isForThisMachine(incoming.headers.host)) return jsonAnswer(403, { error: { message: 'Reach the simulator by the name of this machine.' } });
  return incoming.path.startsWith('/_control/') ? serveControl(desk, incoming) : servePage(desk, incoming);
}

/** A name of another machine may be a trick to reach this one from a foreign page. */
function isForThisMachine(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? '');
}
