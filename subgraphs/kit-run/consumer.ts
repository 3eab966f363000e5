import type { EventEnvelope } from '@haat/schema/event';
import type { Clock } from '@haat/kit/clock';
import type { Attempting, Outcome } from './consumer-attempts.js';
import { Batches, type BatchesOptions } from './consumer-batches.js';
import { readFeed } from './consumer-feed.js';
import { Slots, slotsWithin } from './consumer-lanes.js';
import type { Tx } from '@haat/kit/context';
import type { Consumer, SubgraphDefinition } from '@haat/kit/define';
import type { Log } from '@haat/kit/log';
import type { NatsLink } from '@haat/kit/nats';
import { whileLeading } from './relay-lead.js';
import { pause } from '@haat/kit/pause';
import type { StoreRuntime, UnitOfWork } from '@haat/kit/store';
import { eventRetentionMs } from './streams.js';

/** Events that one subgraph applies at the same moment; more wait. Pools are small, and requests use them too. */
export const consumersParallelMax = 4;

/**
 * Events that one process applies at the same moment over all its subgraphs. Where many of them share a process, what was heard would
 * otherwise take most of its turns, and whoever waits for an answer would run out of time behind it.
 */
export const consumersInProcessMax = 8;

const turns = new Slots(consumersInProcessMax);

/** Between two prunings of what is older than the streams, in milliseconds. */
const pruneEveryMs = 3_600_000;

/** Makes what a handler gets from the store's unit of work: as SYSTEM, in the event's tenant, because of the event where there is one. */
export type TxOf<D> = (unit: UnitOfWork<D>, tenantId: string, envelope?: EventEnvelope) => Tx | Promise<Tx>;

/** What consuming needs. */
export interface ConsumersOptions<D> {
  readonly definition: Pick<SubgraphDefinition, 'name' | 'consumers'>;
  readonly store: Pick<StoreRuntime<D>, 'inbox' | 'ping' | 'lead'>;
  readonly nats: NatsLink;
  readonly log: Log;
  readonly clock: Clock;
  readonly txOf: TxOf<D>;
}

/** How often each outcome came since the start. */
export type OutcomeCounts = Readonly<Record<Exclude<Outcome, 'left'>, number>>;

/** The running consumers of one subgraph. */
export interface Consumers {
  counts(): OutcomeCounts & { readonly isLeading: boolean };
  /** Finishes what is under way, within 10 s. */
  close(): Promise<void>;
}

/** Starts the consumers of one subgraph; of all processes one works. */
export function startConsumers<D>(options: ConsumersOptions<D>): Consumers {
  const { definition, log } = options;
  const closer = new AbortController();
  const counts = { applied: 0, duplicate: 0, stale: 0, parked: 0, buried: 0, isLeading: false };
  const reading = { isFirst: true, count: (outcome: Outcome) => void (outcome !== 'left' && (counts[outcome] += 1)) };
  const read = async (until: AbortSignal): Promise<void> => {
    counts.isLeading = true;
    const all = Promise.all([readAll(options, until, reading), pruneUntil(options, until)]);
    reading.isFirst = false;
    await all.finally(() => (counts.isLeading = false));
  };
  const isNeeded = (definition.consumers ?? []).length > 0;
  const running = isNeeded ? whileLeading({ store: options.store, name: 'consumers', log, closing: closer.signal }, read) : Promise.resolve();
  return {
    counts: () => ({ ...counts }),
    close: async () => {
      closer.abort();
      await running;
    },
  };
}

/** What one consumer does with an event, in its unit of work. */
export function effectOf<D>(txOf: TxOf<D>): Attempting<D>['effect'] {
  return async (unit, consumer, envelope) => {
    const tx = await txOf(unit, envelope.tenantId, envelope);
    // The definition knows the types of its own context and event; the kit only passes them on.
    await consumer.consume(tx as never, envelope as never);
  };
}

/** What one consumer does with events of one tenant, in one unit of work. */
export function batchEffectOf<D>(txOf: TxOf<D>): BatchesOptions<D>['batchEffect'] {
  return async (unit, consumer, envelopes) => {
    const tx = await txOf(unit, envelopes[0]?.tenantId ?? '');
    await consumer.consumeBatch?.(tx as never, envelopes as never);
  };
}

async function readAll<D>(options: ConsumersOptions<D>, until: AbortSignal, reading: { readonly isFirst: boolean; readonly count: (outcome: Outcome) => void }): Promise<void> {
  const { definition: { name, consumers = [] }, store, nats, log, clock, txOf } = options;
  const slots = slotsWithin(turns, consumersParallelMax);
  const effect = effectOf(txOf);
  const batches = new Batches({ subgraph: name, inbox: store.inbox, slots, log, effect, batchEffect: batchEffectOf(txOf) });
  const attempting = { subgraph: name, store, log, slots, until, effect, batches };
  const { isFirst, count } = reading;
  const feeds = Map.groupBy(consumers, ({ contract }: Consumer) => contract.producer);
  await Promise.all([...feeds].map(([producer, of]) => readFeed({ subgraph: name, producer, consumers: of, nats, attempting, clock, isFirst, count })));
}

async function pruneUntil<D>({ store, clock, log }: ConsumersOptions<D>, until: AbortSignal): Promise<void> {
  for (; !until.aborted; await pause(pruneEveryMs, until)) {
    await store.inbox.prune(new Date(clock.now().getTime() - eventRetentionMs)).catch((error: unknown) => void log.warn({ err: error }, 'The inbox was not pruned.'));
  }
}
