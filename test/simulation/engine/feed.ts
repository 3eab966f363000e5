import type { Message, ReaderPlace } from './broker.js';
import { applyOnce, bury, type Consumer } from './inbox.js';
import type { Process } from './process.js';
import { Away, Gate, type Work } from './work.js';

/** Deliveries under way at once. */
const inFlightMax = 6;

/** How often an event is tried before it is a dead letter, as the kit has it. */
const attemptsMax = 5;

/** When the broker delivers again what nobody acknowledged, in milliseconds. */
const ackWaitMs = 30_000;

/** A message on its way through a reader. */
export interface Delivery {
  readonly message: Message;
  readonly hearing: readonly Consumer[];
}

/** One producer's events for one process: in order within an aggregate, in any order between them, again from the first unacknowledged after a restart. */
export class Feed {
  private readonly underWay = new Set<number>();
  private readonly done = new Set<number>();
  private bell = new Gate();
  private readonly place: ReaderPlace;
  private readonly stream: Message[];

  constructor(private readonly process: Process, producer: string, private readonly consumers: readonly Consumer[]) {
    const { broker } = process.world;
    this.place = broker.placeOf(process.name, producer);
    this.stream = broker.streamOf(producer);
    broker.onPublish(() => this.bell.open());
    broker.onRestart(() => this.takePlace());
    process.onBegin(() => this.takePlace());
    process.always(() => this.work());
  }

  /** Applies a message for all who hear it. False where that must be left for later. */
  *outcomeOf({ message, hearing }: Delivery): Work<boolean> {
    for (const consumer of hearing) yield* this.attempt(consumer, message);
    return true;
  }

  /** Tells the broker, as far as it hears it. */
  *acknowledge({ message: { sequence } }: Delivery): Work {
    const { world } = this.process;
    yield world.aMoment();
    if (!world.broker.isUp || world.falls('lostAck')) return;
    if (sequence <= this.stream.length) this.place.acked.add(sequence);
  }

  private takePlace(): void {
    this.underWay.clear();
    this.done.clear();
    // What was acknowledged behind the floor comes again.
    this.place.acked.clear();
    this.bell.open();
  }

  private *work(): Work {
    const { process, process: { world } } = this;
    for (;;) {
      const delivery = world.broker.isUp ? this.next() : undefined;
      if (!delivery) {
        this.bell = new Gate();
        yield this.bell;
        continue;
      }
      this.underWay.add(delivery.message.sequence);
      process.run(this.deliver(delivery));
      yield world.aMoment();
    }
  }

  private *deliver(delivery: Delivery): Work {
    const { message } = delivery;
    yield this.process.world.aStall();
    yield* this.process.world.parts.finish(this, delivery);
    this.underWay.delete(message.sequence);
    this.done.add(message.sequence);
    this.process.world.timeline.after(ackWaitMs, () => {
      this.done.delete(message.sequence);
      this.bell.open();
    });
    this.bell.open();
  }

  private *attempt(consumer: Consumer, { event }: Message): Work {
    for (let tries = 0; tries < attemptsMax;) {
      try {
        const taken = yield* applyOnce(this.process, consumer, event);
        if (taken !== 'applied') this.process.world.note(() => `${consumer.name} finds ${event.id} ${taken}`);
        return;
      } catch (error) {
        // Waiting helps where somebody is away, and a grave would only lose order.
        if (!(error instanceof Away)) tries += 1;
        yield this.process.world.random.whole(100, 2_000);
      }
    }
    yield* bury(this.process, consumer, event);
  }

  /** A message that may be delivered now: nothing of its aggregate before it is still open. */
  private next(): Delivery | undefined {
    const { place, stream } = this;
    const open: Delivery[] = [];
    const busy = new Set<string>();
    for (let at = place.floor; at < stream.length && open.length + this.underWay.size < inFlightMax; at += 1) {
      const message = stream[at];
      if (!message) break;
      const { sequence, event } = message;
      const hearing = this.consumers.filter(({ type }) => type === event.type);
      if (hearing.length === 0 || place.acked.has(sequence)) {
        if (at === place.floor) place.floor = sequence;
        continue;
      }
      if (this.done.has(sequence)) continue;
      if (!this.underWay.has(sequence) && !busy.has(event.aggregate.id)) open.push({ message, hearing });
      busy.add(event.aggregate.id);
    }
    return open.length === 0 ? undefined : this.process.world.random.pick(open);
  }
}
