import type { Said } from './store.js';
import type { Process } from './process.js';
import { Away, Gate, type Work } from './work.js';

/** Events published together. */
const batchMax = 8;

/** What became of one event of a batch. */
export interface Sent {
  readonly event: Said;
  /** Where the broker has it; null where it did not say so. */
  readonly sequence: number | null;
}

/** Takes events from a store's outbox to the broker. What the broker lost it gets again. */
export class Relay {
  private highest = 0;
  private bell = new Gate();
  private isDistrusting = true;

  constructor(readonly process: Process) {
    const { store, world } = process;
    const ring = (): void => this.bell.open();
    const onCommit = store.onCommit.bind(store);
    store.onCommit = (changes) => {
      onCommit(changes);
      ring();
    };
    world.broker.onRestart(() => {
      this.isDistrusting = true;
      ring();
    });
    process.onBegin(() => (this.isDistrusting = true));
    process.always(() => this.work());
  }

  /** Events that wait, the oldest first. */
  pending(): Said[] {
    return this.process.store.outbox.filter(({ sequence }) => sequence === null).slice(0, batchMax).map(({ event }) => event);
  }

  /** Publishes a batch: behind a failed event those of the same aggregate wait. */
  *publish(batch: readonly Said[]): Work<Sent[]> {
    const { world, name } = this.process;
    const held = new Set<string>();
    const sent: Sent[] = [];
    for (const event of batch) {
      if (held.has(event.aggregate.id)) continue;
      try {
        sent.push({ event, sequence: yield* world.broker.publish(name, event) });
      } catch (error) {
        if (!(error instanceof Away)) throw error;
        held.add(event.aggregate.id);
        sent.push({ event, sequence: null });
      }
    }
    return sent;
  }

  /** Notes what the broker has. Where that is behind what it had, it lost everything between. */
  mark(sent: readonly Sent[]): void {
    const known = sent.filter((one) => one.sequence !== null);
    const lowest = Math.min(...known.map(({ sequence }) => sequence ?? 0));
    if (known.length > 0 && lowest <= this.highest) return this.unpublishAfter(lowest - 1);
    for (const { event, sequence } of known) {
      const row = this.process.store.outbox.find((one) => one.event === event);
      if (row) row.sequence = sequence;
      this.highest = Math.max(this.highest, sequence ?? 0);
    }
  }

  /** Where the next event would be, if nothing were amiss. */
  expected(at: number): number {
    return this.highest + 1 + at;
  }

  private *work(): Work {
    const { world } = this.process;
    for (;;) {
      if (world.broker.isUp && this.isDistrusting) this.verify();
      if (!world.broker.isUp || this.pending().length === 0) {
        this.bell = new Gate();
        yield this.bell;
        continue;
      }
      yield* world.parts.relayTurn(this);
      yield world.aMoment();
    }
  }

  private verify(): void {
    const { store, world, name } = this.process;
    this.highest = Math.max(0, ...store.outbox.map(({ sequence }) => sequence ?? 0));
    const { length } = world.broker.streamOf(name);
    if (length < this.highest) this.unpublishAfter(length);
    this.isDistrusting = false;
  }

  private unpublishAfter(last: number): void {
    for (const row of this.process.store.outbox) if ((row.sequence ?? 0) > last) row.sequence = null;
    this.highest = Math.min(this.highest, last);
  }
}
