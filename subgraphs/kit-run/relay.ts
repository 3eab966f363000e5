import type { NatsConnection } from 'nats';
import { boundary } from '@haat/kit/boundary';
import type { Clock } from '@haat/kit/clock';
import type { Log } from '@haat/kit/log';
import { gauge } from '@haat/kit/meter';
import { outboxBacklog, relayedEvents } from '@haat/kit/meters';
import type { NatsLink } from '@haat/kit/nats';
import { whileLeading } from './relay-lead.js';
import { lostAfter, sightIn, sightOf, textOf } from './relay-loss.js';
import { backOffMs, Bell } from '@haat/kit/pause';
import { publishBatch, type Acknowledged, type Published } from './relay-publish.js';
import { ensureStream } from './relay-stream.js';
import { wakeOf } from './relay-wake.js';
import type { StoreRuntime } from '@haat/kit/store';
import { eventRetentionMs } from './streams.js';

/** Events published together. */
const batchMax = 500;

/** Between two looks into an outbox that nobody rang for, in milliseconds: whoever wrote to it may have died before it told. */
export const relayPollMs = 5_000;

/** Between two looks at whether the broker still has what it acknowledged, in milliseconds. */
const verifyEveryMs = 5_000;

/** Between two prunings of what is older than the retention, in milliseconds. */
const pruneEveryMs = 3_600_000;

const backOff = { leastMs: 100, mostMs: 5_000 };

/** What a relay needs. */
export interface RelayOptions {
  readonly subgraph: string;
  readonly store: Pick<StoreRuntime, 'outbox' | 'lead'>;
  readonly nats: NatsLink;
  readonly log: Log;
  readonly clock: Clock;
  /** The most its stream may hold, in bytes; `streamBytesMax` unless said. */
  readonly streamBytesMax?: number;
}

/** The one that takes events from an outbox to the broker. */
export interface Relay {
  /** What it did since it started. `lost` counts acknowledged events that the broker lost and got again. */
  counts(): { readonly isLeading: boolean; readonly published: number; readonly failed: number; readonly lost: number };
  /** Finishes the batch under way. */
  close(): Promise<void>;
}

/**
 * Starts the relay of one subgraph; of all processes one works. The broker is a cache of the outbox: what it lost, be it
 * all, it gets again.
 */
export function startRelay(options: RelayOptions): Relay {
  const closer = new AbortController();
  const runner = new Runner(options);
  const others = wakeOf(options.nats, options.subgraph, runner.lookEverywhere);
  options.store.outbox.onWake(() => (runner.counts.isLeading ? runner.bell.ring() : others.tell()));
  const stopListening = options.nats.onReconnect(runner.distrust);
  const stopShowing = gauge(outboxBacklog, () => (runner.counts.isLeading ? [{ labels: { subgraph: options.subgraph }, value: runner.waiting }] : []));
  const running = whileLeading({ ...options, name: 'relay', closing: closer.signal }, (until) => runner.run(until));
  return {
    counts: () => ({ ...runner.counts }),
    close: async () => {
      stopListening();
      stopShowing();
      closer.abort();
      await running;
    },
  };
}

class Runner {
  readonly bell = new Bell();
  readonly counts = { isLeading: false, published: 0, failed: 0, lost: 0 };
  /** How many events wait, by the last look. */
  waiting = 0;
  /** The highest sequence the broker acknowledged to us, as far as the outbox has it. */
  private highest = 0;
  private failures = 0;
  private verifiedAt = -Infinity;
  private prunedAt = -Infinity;
  private readonly back = new Bell();
  /** Whether others than this process may have left events. */
  private hasForeign = true;

  constructor(private readonly options: RelayOptions) {}

  /** The broker may have been replaced: look before anything is published. */
  readonly distrust = (): void => {
    this.verifiedAt = -Infinity;
    this.back.ring();
    this.lookEverywhere();
  };

  /** Another process of the subgraph said that events wait. */
  readonly lookEverywhere = (): void => {
    this.hasForeign = true;
    this.bell.ring();
  };

  async run(until: AbortSignal): Promise<void> {
    this.counts.isLeading = true;
    this.distrust();
    try {
      while (!until.aborted) await this.turn(until);
    } finally {
      this.counts.isLeading = false;
    }
  }

  private async turn(until: AbortSignal): Promise<void> {
    try {
      const hasMore = await this.relay(until);
      this.failures = 0;
      if (!hasMore && !(await this.bell.heard(relayPollMs, until))) this.hasForeign = true;
    } catch (error) {
      if (until.aborted) return;
      this.failures += 1;
      this.hasForeign = true;
      this.verifiedAt = -Infinity;
      if (this.failures === 1) this.options.log.warn({ err: error }, 'Events wait: the relay could not publish.');
      await this.back.heard(backOffMs(this.failures, backOff), until);
    }
  }

  /** Answers whether it should look again at once. */
  private async relay(until: AbortSignal): Promise<boolean> {
    const { subgraph, store, nats } = this.options;
    const { connection } = nats;
    if (!connection || nats.status() === 'down') {
      this.waiting = (await store.outbox.backlog()).count;
      await this.back.heard(relayPollMs, until);
      return true;
    }
    await this.verifyWhenDue(connection);
    await this.pruneWhenDue();
    const where = this.hasForeign ? 'everywhere' : 'here';
    this.hasForeign = false;
    const batch = await store.outbox.pending(batchMax, where);
    // Only where there is more than a batch is there anything to count.
    this.waiting = batch.length < batchMax ? batch.length : (await store.outbox.backlog()).count;
    if (batch.length === 0) return false;
    // Where there is more than a batch, it may lie anywhere.
    if (batch.length === batchMax && where === 'everywhere') this.hasForeign = true;
    const cut = new AbortController();
    const stopListening = nats.onCut(() => cut.abort());
    try {
      if (nats.status() === 'down') return true;
      const published = await publishBatch(connection.jetstream(), subgraph, batch, AbortSignal.any([until, cut.signal]));
      const isMarked = await this.record(published, until);
      // Whoever committed meanwhile rang: nobody looks again only to find nothing.
      return !isMarked || published.acknowledged.length < batch.length || batch.length === batchMax;
    } finally {
      stopListening();
    }
  }

  /** False where some of it waits still. */
  private async record({ acknowledged, failed }: Published, until: AbortSignal): Promise<boolean> {
    const { outbox } = this.options.store;
    const isMarked = acknowledged.length === 0 || (await this.mark(acknowledged));
    const [first] = failed;
    if (!first || until.aborted) return isMarked;
    this.counts.failed += failed.length;
    relayedEvents.add({ subgraph: this.options.subgraph, outcome: 'failed' }, failed.length);
    await outbox.markFailed(first.event.envelope, first.reason);
    if (acknowledged.length === 0) throw new Error(first.reason);
    return false;
  }

  /** An acknowledgement at or below one that we have is a stream that went back: all above it is gone, and these are published again. */
  private async mark(acknowledged: readonly Acknowledged[]): Promise<boolean> {
    const { subgraph, store } = this.options;
    const sequences = acknowledged.map(({ streamSequence }) => streamSequence);
    const lowest = Math.min(...sequences);
    if (lowest <= this.highest) {
      await this.unpublishAfter(lowest - 1);
      return false;
    }
    await boundary(`${subgraph}/mark:before`);
    await store.outbox.markPublished(acknowledged);
    await boundary(`${subgraph}/mark:after`);
    this.highest = Math.max(...sequences);
    this.counts.published += acknowledged.length;
    this.waiting -= acknowledged.length;
    relayedEvents.add({ subgraph, outcome: 'published' }, acknowledged.length);
    return true;
  }

  private async verifyWhenDue(connection: NatsConnection): Promise<void> {
    const now = performance.now();
    if (now - this.verifiedAt < verifyEveryMs) return;
    const { subgraph, store, clock, streamBytesMax } = this.options;
    const info = await ensureStream(await connection.jetstreamManager({ checkAPI: false }), subgraph, streamBytesMax);
    const { bornAt, sequence } = await store.outbox.streamSeen();
    this.highest = sequence;
    const sight = sightOf(info);
    const lost = lostAfter({ sight: sightIn(bornAt), sequence }, { ...sight, last: info.state.last_seq }, clock.now());
    if (lost !== undefined) await this.unpublishAfter(lost);
    if (bornAt !== textOf(sight)) await store.outbox.rememberStream(textOf(sight));
    this.verifiedAt = now;
  }

  private async unpublishAfter(sequence: number): Promise<void> {
    const count = await this.options.store.outbox.unpublishAfter(sequence);
    this.highest = Math.min(this.highest, sequence);
    this.counts.lost += count;
    if (count > 0) this.options.log.error({ sequence, events: count }, 'The broker lost events that it had acknowledged; they are published again.');
  }

  private async pruneWhenDue(): Promise<void> {
    const now = performance.now();
    if (now - this.prunedAt < pruneEveryMs) return;
    this.prunedAt = now;
    await this.options.store.outbox.prune(new Date(this.options.clock.now().getTime() - eventRetentionMs));
  }
}
