import { apiVersion } from './api/check-headers.js';
import type { Kind, Kinds } from './kinds.js';
import { newId } from './new-id.js';
import { missing } from './refusal.js';
import type { AccountSettings } from './simulator-options.js';

/** What is known of a payment method and never told: which test card it is, and what it went through. */
export interface CardFacts {
  readonly card: string;
  /** It was authenticated for later payments. */
  readonly isSetUp: boolean;
  /** It was charged without a customer, and so is spent. */
  readonly isSpent: boolean;
}

/** An answer that is given again to whoever comes with the same key. */
export interface KeptAnswer {
  readonly path: string;
  /** The parameters it was for, as text. */
  readonly asked: string;
  readonly status: number;
  readonly body: string;
  readonly requestId: string;
}

/** What was written since the last time it was kept. */
export interface Written {
  readonly puts: [Kind, Kinds[Kind]][];
  readonly cards: [string, CardFacts][];
  readonly answers: [string, KeptAnswer][];
}

/** What the books of an account need around them. */
export interface Surroundings {
  /** Seconds since 1970. */
  now(): number;
  /** Where the simulator is reached. */
  url(): string;
  /** Does something by itself, once the outcome of a refund is due. */
  later(work: () => void): void;
  /** Keeps what was written, and sends the events among it. */
  keep(books: AccountBooks, written: Written): void;
}

/** Everything that one account has. Objects are never changed in place: a changed one is put in the old one's stead. */
export class AccountBooks {
  /** What webhooks are signed with: two while one takes the other's place. */
  webhookSecrets: readonly string[];
  webhookUrl: string | undefined;
  readonly #shelves: { readonly [K in Kind]: Map<string, Kinds[K]> } = {
    payment_intent: new Map(), setup_intent: new Map(), charge: new Map(), refund: new Map(), customer: new Map(), payment_method: new Map(), dispute: new Map(), event: new Map(),
  };
  readonly #cards = new Map<string, CardFacts>();
  readonly #answers = new Map<string, KeptAnswer>();
  #written: Written = { puts: [], cards: [], answers: [] };
  #cause: { readonly id: string | null; readonly idempotency_key: string | null } = { id: null, idempotency_key: null };

  constructor(readonly settings: AccountSettings, readonly around: Surroundings) {
    this.webhookSecrets = [settings.webhookSecret];
    this.webhookUrl = settings.webhookUrl;
  }

  /** One object. @throws StripeRefusal `resource_missing`; `param` says where its id was named. */
  get<K extends Kind>(kind: K, id: string, param?: string): Kinds[K] {
    const found = this.#shelves[kind].get(id);
    if (!found) throw missing(kind, id, param);
    return found;
  }

  /** All of a kind, the newest first. */
  all<K extends Kind>(kind: K): Kinds[K][] {
    return [...this.#shelves[kind].values()].reverse();
  }

  put<K extends Kind>(kind: K, object: Kinds[K]): Kinds[K] {
    this.#shelves[kind].set(object.id, object);
    this.#written.puts.push([kind, object]);
    return object;
  }

  cardOf(methodId: string): CardFacts | undefined {
    return this.#cards.get(methodId);
  }

  putCard(methodId: string, facts: CardFacts): void {
    this.#cards.set(methodId, facts);
    this.#written.cards.push([methodId, facts]);
  }

  answerOf(key: string): KeptAnswer | undefined {
    return this.#answers.get(key);
  }

  putAnswer(key: string, answer: KeptAnswer): void {
    this.#answers.set(key, answer);
    this.#written.answers.push([key, answer]);
  }

  /** Notes that something happened to an object, as it is now. */
  tell(type: string, object: object, previous?: object): void {
    this.put('event', {
      id: newId('event'), object: 'event', api_version: apiVersion, created: this.around.now(), data: { object, ...(previous && { previous_attributes: previous }) },
      livemode: false, pending_webhooks: 1, request: this.#cause, type,
    });
  }

  /** Does a piece of work as one: what it wrote is kept and told together, refused or not. */
  during<T>(cause: { readonly id: string | null; readonly idempotency_key: string | null }, work: () => T): T {
    this.#cause = cause;
    try {
      return work();
    } finally {
      this.#cause = { id: null, idempotency_key: null };
      const written = this.#written;
      this.#written = { puts: [], cards: [], answers: [] };
      this.around.keep(this, written);
    }
  }

  /** Takes in what was kept before. */
  restore({ puts, cards, answers }: Written): void {
    for (const [kind, object] of puts) this.put(kind, object);
    for (const [id, facts] of cards) this.putCard(id, facts);
    for (const [key, answer] of answers) this.putAnswer(key, answer);
    this.#written = { puts: [], cards: [], answers: [] };
  }

  /** Everything, as one piece of writing. */
  whole(): Written {
    const puts = (Object.keys(this.#shelves) as Kind[]).flatMap((kind) => [...this.#shelves[kind].values()].map((object): [Kind, Kinds[Kind]] => [kind, object]));
    return { puts, cards: [...this.#cards], answers: [...this.#answers] };
  }
}
