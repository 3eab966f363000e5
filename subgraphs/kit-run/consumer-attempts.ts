import type { EventEnvelope } from '@haat/schema/event';
import type { Consumer } from '@haat/kit/define';
import type { Log } from '@haat/kit/log';
import { Refusal } from '@haat/kit/refusal';
import { backOffMs, pause } from '@haat/kit/pause';
import type { Applied, StoreRuntime, UnitOfWork } from '@haat/kit/store';
import type { Received } from './consumer-message.js';
import type { Batches } from './consumer-batches.js';
import type { Slots } from './consumer-lanes.js';

/** How often an event is tried before it is a dead letter. */
export const attemptsMax = 5;

const backOff = { leastMs: 200, mostMs: 5_000 };

/** What became of an event: as the inbox says, or dead, or left for the next runner. */
export type Outcome = Applied | 'buried' | 'left';

/** What trying needs. */
export interface Attempting<D> {
  readonly subgraph: string;
  readonly store: Pick<StoreRuntime<D>, 'inbox' | 'ping'>;
  readonly log: Log;
  readonly slots: Pick<Slots, 'run'>;
  readonly until: AbortSignal;
  readonly effect: (unit: UnitOfWork<D>, consumer: Consumer, envelope: EventEnvelope) => Promise<void>;
  readonly batches: Pick<Batches<D>, 'join'>;
}

/**
 * Applies an event, again with back-off when that fails, and buries it after {@link attemptsMax}. A failure that is an
 * outage, of the store or of who is asked, counts for nothing: waiting helps there, and a grave would only lose order.
 */
export async function attempt<D>(attempting: Attempting<D>, consumer: Consumer, envelope: EventEnvelope, received: Received): Promise<Outcome> {
  const { subgraph, store, slots, until, log, effect, batches } = attempting;
  // Ten thousand products of one marketplace shall hold up nobody's payment, and no other marketplace's products.
  const line = `${consumer.contract.producer} ${envelope.tenantId}`;
  for (let tries = 0, failures = 1; !until.aborted; failures += 1) {
    try {
      // Only once: what failed among others is tried by itself, so that it holds up and buries itself alone.
      const joined = failures === 1 ? await batches.join(consumer, envelope, line) : undefined;
      return joined ?? await slots.run(() => store.inbox.apply(consumer.name, envelope, subgraph, (unit) => effect(unit, consumer, envelope)), line);
    } catch (error) {
      if (until.aborted) break;
      if (!(await isOutage(store, error))) tries += 1;
      if (tries === 1) log.warn({ err: error, event: envelope.id, consumer: consumer.name }, 'An event could not be applied and is tried again.');
      const letter = { envelope, ...received, reason: reasonOf(error), attempts: tries };
      if (tries >= attemptsMax && (await isBuried(attempting, consumer.name, letter))) return 'buried';
      await pause(backOffMs(failures, backOff), until);
    }
  }
  return 'left';
}

/** What became of an event that may not be tried any more; undefined where it never took effect. Asks again until the store answers. */
export async function outcomeBefore<D>({ subgraph, store, until }: Attempting<D>, consumer: Consumer, envelope: EventEnvelope): Promise<Outcome | undefined> {
  const untouched = new Error('This event may not be tried any more.');
  for (let failures = 1; !until.aborted; failures += 1) {
    try {
      return await store.inbox.apply(consumer.name, envelope, subgraph, () => Promise.reject(untouched));
    } catch (error) {
      if (error === untouched) return undefined;
      await pause(backOffMs(failures, backOff), until);
    }
  }
  return 'left';
}

/** Buries what cannot be tried; again until the store takes it. */
export async function buryUntil<D>(attempting: Attempting<D>, consumer: string, letter: Letter): Promise<Outcome> {
  for (let failures = 1; !attempting.until.aborted; failures += 1) {
    if (await isBuried(attempting, consumer, letter)) return 'buried';
    await pause(backOffMs(failures, backOff), attempting.until);
  }
  return 'left';
}

interface Letter extends Received {
  readonly envelope?: EventEnvelope;
  readonly reason: string;
  readonly attempts: number;
}

async function isBuried<D>({ store, log }: Attempting<D>, consumer: string, letter: Letter): Promise<boolean> {
  try {
    await store.inbox.bury(consumer, letter);
    log.error({ consumer, event: letter.envelope?.id, subject: letter.subject, reason: letter.reason, attempts: letter.attempts, traceparent: letter.envelope?.traceparent }, 'An event is a dead letter.');
    return true;
  } catch (error) {
    log.warn({ err: error, consumer }, 'A dead letter could not be kept and is tried again.');
    return false;
  }
}

async function isOutage<D>(store: Pick<StoreRuntime<D>, 'ping'>, error: unknown): Promise<boolean> {
  if (error instanceof Refusal && (error.code === 'SUBGRAPH_UNAVAILABLE' || error.code === 'DEADLINE_EXCEEDED')) return true;
  return store.ping().then(() => false, () => true);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
