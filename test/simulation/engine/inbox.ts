import type { Process } from './process.js';
import { table, type Said, type Tx } from './store.js';
import type { Taken } from './engine-parts.js';
import type { Work } from './work.js';

/** Somebody who hears one kind of event. */
export interface Consumer {
  /** With its subgraph in front: `orders/payment-captured`. */
  readonly name: string;
  readonly type: string;
  apply(tx: Tx, event: Said): Work;
}

/** That an event was taken. */
export interface InboxRow {
  readonly consumer: string;
  readonly eventId: string;
  readonly taken: Taken;
}

/** An event that could not be taken, or waits behind one. */
export interface Letter {
  readonly consumer: string;
  readonly event: Said;
  readonly status: 'DEAD' | 'PARKED' | 'REDRIVEN';
}

export const inboxRows = table<InboxRow>('inbox');
export const heads = table<number>('inbox-head');
export const letters = table<Letter>('dead-letter');

/** Takes an event once: row, head and effect are one commit, behind the lock of the consumer's head of the aggregate. */
export function* applyOnce(process: Process, consumer: Consumer, event: Said, isRedrive = false): Work<Taken> {
  const { world: { parts } } = process;
  return yield* process.transaction(function* apply(tx: Tx): Work<Taken> {
    const headKey = parts.inboxKey(consumer.name, event.aggregate.id);
    const rowKey = parts.inboxKey(consumer.name, event.id);
    const head = (yield* tx.locked(heads, headKey)) ?? -1;
    const { version } = event.aggregate;
    const taken = parts.takeEvent({ head, version, isKnown: tx.get(inboxRows, rowKey) !== undefined, isBehindLetter: parts.parksBehind(hasLetter(tx, consumer, event)), isRedrive });
    if (taken === 'parked') tx.set(letters, `${consumer.name}:${event.id}`, { consumer: consumer.name, event, status: 'PARKED' });
    if (taken === 'duplicate' || taken === 'parked') return taken;
    tx.set(inboxRows, rowKey, { consumer: consumer.name, eventId: event.id, taken });
    if (taken === 'stale') return taken;
    tx.set(heads, headKey, Math.max(head, version));
    tx.changes.effects.push({ consumer: consumer.name, event });
    if (process.world.isPoisoned(consumer.name, event.id)) throw new Error('Nobody can take this.');
    yield* consumer.apply(tx, event);
    return taken;
  });
}

/** Keeps what cannot be taken, so that the rest goes on. */
export function* bury(process: Process, consumer: Consumer, event: Said): Work {
  process.world.note(() => `${consumer.name} buries ${event.id}`);
  yield* process.transaction(function* write(tx: Tx): Work {
    tx.set(letters, `${consumer.name}:${event.id}`, { consumer: consumer.name, event, status: 'DEAD' });
  });
}

/** Works off what lies dead or parked, the oldest version of each aggregate first. */
export function* redrive(process: Process, consumers: readonly Consumer[]): Work {
  const lying = process.store.all(letters).filter(({ status }) => status !== 'REDRIVEN').sort((a, b) => a.event.aggregate.version - b.event.aggregate.version);
  for (const letter of lying) {
    const consumer = consumers.find(({ name }) => name === letter.consumer);
    if (!consumer) continue;
    yield* applyOnce(process, consumer, letter.event, true);
    yield* process.transaction(function* note(tx: Tx): Work {
      tx.set(letters, `${letter.consumer}:${letter.event.id}`, { ...letter, status: 'REDRIVEN' });
    });
  }
}

function hasLetter({ store }: Tx, consumer: Consumer, event: Said): boolean {
  return store.all(letters).some((letter) => letter.status !== 'REDRIVEN' && letter.consumer === consumer.name && letter.event.aggregate.id === event.aggregate.id);
}
