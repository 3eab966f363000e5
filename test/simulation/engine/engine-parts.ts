import type { Feed, Delivery } from './feed.js';
import type { Relay } from './relay.js';
import type { Changes, Store } from './store.js';
import type { Work } from './work.js';

/** What an inbox knows when an event comes. */
export interface Seen {
  /** The latest version of the aggregate that the consumer applied; −1 where none. */
  readonly head: number;
  readonly version: number;
  /** It was taken before. */
  readonly isKnown: boolean;
  /** A dead letter of the aggregate, or one parked behind it, is not worked off yet. */
  readonly isBehindLetter: boolean;
  readonly isRedrive: boolean;
}

/** What becomes of an event. */
export type Taken = 'applied' | 'stale' | 'duplicate' | 'parked';

/** Functions of the model's machinery that a mutation may replace: written from the contract of the kit, whose own are SQL and NATS. */
export interface EngineParts {
  /** One commit: rows, notes of effects and events. */
  commit(store: Store, changes: Changes): Work;
  /** One turn of a relay: publish, then mark what the broker has. */
  relayTurn(relay: Relay): Work;
  /** One delivery: the effect, then the acknowledgement. */
  finish(feed: Feed, delivery: Delivery): Work;
  /** The contract of `inbox_take`. */
  takeEvent(seen: Seen): Taken;
  /** What an inbox' rows and heads are kept by. */
  inboxKey(consumer: string, id: string): string;
  /** Whether what follows a dead letter waits behind it. */
  parksBehind(hasLetter: boolean): boolean;
}

/** The machinery as it is meant. */
export const engineParts: EngineParts = {
  *commit(store, changes) {
    store.keepRows(changes);
    store.keepEvents(changes);
  },
  *relayTurn(relay) {
    relay.mark(yield* relay.publish(relay.pending()));
  },
  *finish(feed, delivery) {
    if (yield* feed.outcomeOf(delivery)) yield* feed.acknowledge(delivery);
  },
  takeEvent({ head, version, isKnown, isBehindLetter, isRedrive }) {
    if (isKnown) return 'duplicate';
    if (version > head && !isRedrive && isBehindLetter) return 'parked';
    return version > head ? 'applied' : 'stale';
  },
  inboxKey: (consumer, id) => `${consumer} ${id}`,
  parksBehind: (hasLetter) => hasLetter,
};
