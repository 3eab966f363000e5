import type { Work } from './engine/work.js';
import type { Tx } from './engine/store.js';
import { allParts, keptAnswer, type MarketParts } from './market/market-parts.js';
import { keys } from './market/rows.js';

/** A fault built into one function, and where it shows. */
export interface SimulatorMutation {
  /** As the table of the failures' README names it. */
  readonly name: string;
  readonly parts: Partial<MarketParts>;
  /** The first seed that shows it, and what breaks there. */
  readonly seed: number;
  readonly breaks: RegExp;
}

/** The faults of the simulator: each replaces one function, of the product or of what the model has in the place of its SQL. */
export const mutations: readonly SimulatorMutation[] = [
  { name: 'read-then-write stock', seed: 20, breaks: /S1|S2/, parts: {
    changed: (now, seen, change) => allParts.changed(seen ?? now, seen, change),
  } },
  { name: 'outbox write outside the transaction', seed: 57, breaks: /S11/, parts: {
    *commit(store, changes) {
      store.keepRows(changes);
      yield 0;
      store.keepEvents(changes);
    },
  } },
  { name: 'mark sent before publish', seed: 1, breaks: /S9/, parts: {
    *relayTurn(relay) {
      const batch = relay.pending();
      relay.mark(batch.map((event, at) => ({ event, sequence: relay.expected(at) })));
      yield* relay.publish(batch);
    },
  } },
  { name: 'swallowed publish error', seed: 1, breaks: /S9/, parts: {
    *relayTurn(relay) {
      const sent = yield* relay.publish(relay.pending());
      relay.mark(sent.map(({ event, sequence }, at) => ({ event, sequence: sequence ?? relay.expected(at) })));
    },
  } },
  { name: 'ack before effect', seed: 8, breaks: /S9/, parts: {
    *finish(feed, delivery) {
      yield* feed.acknowledge(delivery);
      yield* feed.outcomeOf(delivery);
    },
  } },
  { name: 'inbox key without the consumer', seed: 1, breaks: /S9/, parts: { inboxKey: (_, id) => id } },
  { name: 'dedupe by the broker only', seed: 1, breaks: /S9/, parts: { takeEvent: ({ isBehindLetter, isRedrive }) => (isBehindLetter && !isRedrive ? 'parked' : 'applied') } },
  { name: 'no version check', seed: 7, breaks: /S10/, parts: { takeEvent: (seen) => (allParts.takeEvent(seen) === 'stale' ? 'applied' : allParts.takeEvent(seen)) } },
  { name: 'a dead letter skips instead of parking', seed: 23, breaks: /S9|S10/, parts: { parksBehind: () => false } },
  { name: 'key without the tenant', seed: 6, breaks: /S7|S8/, parts: { keyId: ({ actor, operation, key }) => `${actor} ${operation} ${key}` } },
  { name: 'key stored after the effect', seed: 107, breaks: /S7|S8/, parts: {
    *once<T>(...[{ world: { parts } }, process, keyed, effect]: Parameters<MarketParts['once']>): Work<T> {
      const known = process.store.row(keys, parts.keyId(keyed));
      if (known) return keptAnswer<T>(known, keyed);
      const answer = yield* process.transaction(effect);
      yield* process.transaction(function* keep(tx: Tx): Work {
        tx.set(keys, parts.keyId(keyed), { input: keyed.input, answer });
      });
      return answer as T;
    },
  } },
  { name: 'refund without guard', seed: 7, breaks: /S4/, parts: { hasLeft: () => true } },
  { name: 'what was refunded is cancelled and paid back again', seed: 66, breaks: /S4/, parts: {
    cancelledLeft: (rows, wish, most) => ({ ...allParts.cancelledLeft(rows, wish, most), amountMinor: Math.max(0, Math.min(wish.amountMinor, most)) }),
  } },
  { name: 'retry of a non-idempotent call', seed: 2, breaks: /S5/, parts: { providerKey: (attemptId, tries) => `${attemptId} ${tries}` } },
  { name: 'no fence: an undone checkout writes its order', seed: 186, breaks: /S15|S2|S4/, parts: { mayWrite: (checkout) => checkout !== undefined } },
  { name: 'time to live by a process\' own clock', seed: 12, breaks: /S7/, parts: { isOver: ({ state, expiresAtMs }, { own }) => state === 'HELD' && expiresAtMs <= own } },
  { name: 'compensation not idempotent', seed: 1, breaks: /S1|S2/, parts: { mayRelease: ({ state }) => state !== 'COMMITTED' } },
  { name: 'a step of the checkout left out', seed: 1, breaks: /S/, parts: { checkoutSteps: allParts.checkoutSteps.filter(({ take }) => take !== 'reserve') as never } },
  { name: 'a dead order comes to life', seed: 6, breaks: /S15/, parts: { moved: (state, name, by, pieces) => (state === 'CANCELLED' && name === 'confirm' ? 'CONFIRMED' : allParts.moved(state, name, by, pieces)) } },
  { name: 'a parcel leaves though it was cancelled', seed: 59, breaks: /S6/, parts: { mayDepart: () => true } },
  { name: 'a unit lost in a split', seed: 1, breaks: /S4/, parts: { allocateMoney: (total, weights) => allParts.allocateMoney(total, weights).map((part, at) => (at === 0 && part > 0 ? part - 1 : part)) } },
];
