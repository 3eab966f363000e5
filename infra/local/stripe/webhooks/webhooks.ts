import type { AccountBooks } from '../account-books.js';
import type { Faults } from '../faults.js';
import type { EventRecord } from '../kinds.js';
import { signWebhook } from './sign-webhook.js';
import type { Timers } from './timers.js';

/** How one try to tell a shop came out. */
export interface Delivery {
  readonly account: string;
  readonly event: string;
  readonly type: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** What the shop answered; 0 where it was away, -1 where the webhook was lost on purpose. */
  readonly status: number;
}

const triesMax = 100;
const answerMs = 10_000;
const deliveriesMax = 5_000;

/** Tells shops what happened, at least once, in order unless a fault or a shop that is away changes it. */
export class Webhooks {
  /** The latest tries, the oldest first. */
  readonly deliveries: Delivery[] = [];
  readonly #turns = new Map<string, Promise<void>>();
  #unaddressed: { readonly books: AccountBooks; readonly event: EventRecord }[] = [];
  #held: { readonly books: AccountBooks; readonly event: EventRecord }[] = [];

  constructor(readonly faults: Faults, readonly timers: Timers, readonly pausesMs: readonly number[]) {}

  /** Sends an event, or does with it what the next fault says. */
  send(books: AccountBooks, event: EventRecord): void {
    const fault = this.faults.takeForEvent({ account: books.settings.name, type: event.type });
    if (fault?.kind === 'lose') return this.#lose(books, event);
    if (fault?.kind === 'late') return this.timers.after(fault.ms, () => this.#inTurn(books, event));
    if (fault?.kind === 'reorder') {
      this.#held.push({ books, event });
      return fault.left === 0 ? this.release() : undefined;
    }
    for (let copies = fault?.kind === 'repeat' ? fault.copies : 0; copies >= 0; copies -= 1) this.#inTurn(books, event);
  }

  /** Sends what is held to be put in another order: the latest first. */
  release(): void {
    const held = this.#held.reverse();
    this.#held = [];
    for (const { books, event } of held) this.#inTurn(books, event);
  }

  /** Sends what waited for an account's address. */
  addressed(books: AccountBooks): void {
    const waiting = this.#unaddressed.filter((one) => one.books === books);
    this.#unaddressed = this.#unaddressed.filter((one) => one.books !== books);
    for (const { event } of waiting) this.#inTurn(books, event);
  }

  /** Sends an event once more, whatever became of it, past all faults. */
  resend(books: AccountBooks, event: EventRecord): void {
    this.#inTurn(books, event);
  }

  /** The first tries go one after the other; whoever is away is tried again beside them. */
  #inTurn(books: AccountBooks, event: EventRecord): void {
    const turn = this.#turns.get(books.settings.name) ?? Promise.resolve();
    this.#turns.set(books.settings.name, turn.then(() => this.#attempt(books, event, 1)));
  }

  async #attempt(books: AccountBooks, event: EventRecord, attempt: number): Promise<void> {
    if (this.timers.isStopped) return;
    const { webhookUrl } = books;
    if (webhookUrl === undefined) return void this.#unaddressed.push({ books, event });
    const status = await this.#post(webhookUrl, books, event);
    this.#note({ account: books.settings.name, event: event.id, type: event.type, attempt, status });
    if (status >= 200 && status < 300) return this.#taken(books, event);
    if (attempt >= triesMax) return;
    const pause = this.pausesMs[Math.min(attempt, this.pausesMs.length) - 1] ?? answerMs;
    this.timers.after(pause, () => void this.#attempt(books, event, attempt + 1));
  }

  async #post(url: string, books: AccountBooks, event: EventRecord): Promise<number> {
    const body = JSON.stringify({ ...event, pending_webhooks: 1 }, null, 2);
    const signature = signWebhook(body, books.webhookSecrets, books.around.now());
    const headers = { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)', 'stripe-signature': signature };
    const signal = AbortSignal.any([this.timers.signal, AbortSignal.timeout(answerMs)]);
    return fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal }).then(async (response) => {
      await response.arrayBuffer();
      return response.status;
    }).catch(() => 0);
  }

  /** Stripe takes it for told, and does not try again. */
  #lose(books: AccountBooks, event: EventRecord): void {
    this.#note({ account: books.settings.name, event: event.id, type: event.type, attempt: 1, status: -1 });
    this.#taken(books, event);
  }

  #taken(books: AccountBooks, event: EventRecord): void {
    if (this.timers.isStopped || books.get('event', event.id).pending_webhooks === 0) return;
    books.during({ id: null, idempotency_key: null }, () => books.put('event', { ...event, pending_webhooks: 0 }));
  }

  #note(delivery: Delivery): void {
    this.deliveries.push(delivery);
    if (this.deliveries.length > deliveriesMax) this.deliveries.shift();
  }
}
