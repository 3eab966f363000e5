import { streamOf } from '@haat/schema/event';
import type { Consumer as Puller, ConsumerMessages, JsMsg } from 'nats';
import { boundary } from '@haat/kit/boundary';
import { attempt, attemptsMax, buryUntil, outcomeBefore, type Attempting, type Outcome } from './consumer-attempts.js';
import { Lanes } from './consumer-lanes.js';
import { heardIn, type Heard, type Reading, type Received } from './consumer-message.js';
import { leavePlace, takePlace, type Place, type PlaceOptions } from './consumer-place.js';
import type { Clock } from '@haat/kit/clock';
import type { Consumer } from '@haat/kit/define';
import type { NatsLink } from '@haat/kit/nats';
import { observeEvent } from '@haat/kit/observe';
import { backOffMs, Bell } from '@haat/kit/pause';
import { ackWaitMs, inFlightMax } from './streams.js';

/** How long one request for events stays open at the broker, in milliseconds. */
const requestMs = 20_000;

/** How long a feed that stops waits for what is under way, in milliseconds. */
const drainMs = 10_000;

const backOff = { leastMs: 100, mostMs: 5_000 };

/** One producer's events for one subgraph. */
export interface FeedOptions<D> extends PlaceOptions {
  readonly nats: NatsLink;
  readonly attempting: Attempting<D>;
  readonly clock: Clock;
  /** True the first time that this process reads: what an earlier one left under way is then looked at with care. */
  readonly isFirst: boolean;
  readonly count: (outcome: Outcome) => void;
}

/** Reads until the signal: in order per aggregate, again from the first unacknowledged event whenever something is amiss. */
export async function readFeed<D>(options: FeedOptions<D>): Promise<void> {
  await new Feed(options).run();
}

class Feed<D> {
  private readonly lanes = new Lanes();
  /** By sequence and time of birth: a repeated delivery of what is under way only brings another way to acknowledge it. */
  private readonly inFlight = new Map<string, JsMsg>();
  private readonly room = new Bell();
  private readonly back = new Bell();
  private place: Place = { carefulUntil: 0, deaths: 0 };
  private isFirst: boolean;

  constructor(private readonly options: FeedOptions<D>) {
    this.isFirst = options.isFirst;
  }

  async run(): Promise<void> {
    const { nats, attempting: { until, log }, producer } = this.options;
    const stopListening = nats.onReconnect(this.back.ring);
    const working = setInterval(() => this.sayWorking(), ackWaitMs / 3);
    for (let failures = 0; !until.aborted;) {
      try {
        if (nats.status() === 'down') await this.back.heard(backOff.mostMs, until);
        else await this.readOnce(() => (failures = 0));
      } catch (error) {
        failures += 1;
        if (failures === 3) log.warn({ err: error, producer }, 'Events of a producer cannot be read; they wait in its stream.');
        await this.back.heard(backOffMs(failures, backOff), until);
      }
    }
    stopListening();
    await this.stop();
    clearInterval(working);
  }

  /** From taking the place until the broker is lost, or something else is amiss, which it throws. */
  private async readOnce(onRead: () => void): Promise<void> {
    const { nats, subgraph, producer } = this.options;
    const { connection } = nats;
    if (!connection) return;
    this.place = await takePlace(await connection.jetstreamManager({ checkAPI: false }), this.options, this.isFirst);
    this.isFirst = false;
    const puller = await connection.jetstream().consumers.get(streamOf(producer), subgraph);
    onRead();
    const { until } = this.options.attempting;
    for (let delivered = 0; !until.aborted && nats.status() === 'up';) delivered = await this.request(puller, delivered);
  }

  /** One request. Answers how many deliveries there were since the place was taken; a gap in them is an event we never saw. */
  private async request(puller: Puller, delivered: number): Promise<number> {
    const { nats, attempting: { until } } = this.options;
    while (this.inFlight.size >= inFlightMax && !until.aborted) await this.room.heard(requestMs, until);
    const messages = await puller.fetch({ max_messages: inFlightMax - this.inFlight.size, expires: requestMs });
    const end = ending(messages, until, nats);
    let seen = delivered;
    try {
      if (nats.status() === 'down') return delivered;
      for await (const message of messages) {
        if (message.info.deliverySequence !== seen + 1) throw new Error('A delivery was missed.');
        seen += 1;
        await this.take(message);
      }
    } finally {
      end();
    }
    return seen;
  }

  private async take(message: JsMsg): Promise<void> {
    const key = `${message.seq}@${message.info.timestampNanos}`;
    const isUnderWay = this.inFlight.has(key);
    this.inFlight.set(key, message);
    if (isUnderWay) return;
    const heard = heardIn({ subject: message.subject, body: message.string() }, this.options.consumers);
    const isCareful = message.seq <= this.place.carefulUntil;
    this.lanes.put(heard.lane ?? key, () => this.finish(key, heard, isCareful));
    if (isCareful) await this.lanes.empty();
  }

  private async finish(key: string, heard: Heard, isCareful: boolean): Promise<void> {
    const { subgraph, attempting: { until, log } } = this.options;
    try {
      if (until.aborted || (await this.outcomeOf(heard)) === 'left') return;
      await boundary(`${subgraph}/ack:before`);
      const message = this.inFlight.get(key);
      if (isCareful) await message?.ackAck();
      else message?.ack();
      await boundary(`${subgraph}/ack:after`);
    } catch (error) {
      log.warn({ err: error }, 'An event was applied and not acknowledged; it comes again, and changes nothing.');
    } finally {
      this.inFlight.delete(key);
      this.room.ring();
    }
  }

  private async outcomeOf({ received, readings }: Heard): Promise<'done' | 'left'> {
    for (const { consumer, reading } of readings) {
      const outcome = await this.observed(consumer, reading, received);
      if (outcome === 'left') return 'left';
      this.options.count(outcome);
    }
    // Only the first event after the place was taken is under suspicion.
    if (this.place.deaths > 0) this.place = { ...this.place, deaths: 0 };
    return 'done';
  }

  private observed(consumer: Consumer, reading: Reading, received: Received): Promise<Outcome> {
    const { subgraph, clock } = this.options;
    const { tenantId: tenant, traceparent, occurredAt } = reading.envelope ?? {};
    const ageMs = () => (occurredAt === undefined ? undefined : clock.now().getTime() - Date.parse(occurredAt));
    return observeEvent({ subgraph, consumer: consumer.name, tenant, traceparent, ageMs }, () => this.outcomeFor(consumer, reading, received));
  }

  private async outcomeFor(consumer: Consumer, reading: Reading, received: Received): Promise<Outcome> {
    const { attempting } = this.options;
    if (!reading.isGood) return buryUntil(attempting, consumer.name, { ...reading, ...received, attempts: 0 });
    const { deaths } = this.place;
    if (deaths < attemptsMax) return attempt(attempting, consumer, reading.envelope, received);
    // What took effect before the process died lacks its acknowledgement only: its grave would hold its aggregate up.
    const before = await outcomeBefore(attempting, consumer, reading.envelope);
    if (before) return before;
    this.place = { ...this.place, deaths: 0 };
    return buryUntil(attempting, consumer.name, { ...received, envelope: reading.envelope, reason: `The process died ${deaths} times while it applied this event.`, attempts: deaths });
  }

  private sayWorking(): void {
    for (const message of this.inFlight.values()) message.working();
  }

  private async stop(): Promise<void> {
    const { nats, attempting: { log } } = this.options;
    const drained = new Bell();
    void this.lanes.empty().then(drained.ring);
    await drained.heard(drainMs, new AbortController().signal);
    if (nats.status() === 'down' || !nats.connection) return;
    await nats.connection.jetstreamManager({ checkAPI: false }).then((manager) => leavePlace(manager, this.options)).catch((error: unknown) => void log.debug({ err: error }, 'The place in a stream was left without a note.'));
  }
}

/** Ends a request early, when the reader stops or the broker is lost. Answers how to stop listening for that. */
function ending(messages: ConsumerMessages, until: AbortSignal, nats: NatsLink): () => void {
  const end = (): void => void messages.close();
  until.addEventListener('abort', end, { once: true });
  const stopListening = nats.onCut(end);
  return () => {
    until.removeEventListener('abort', end);
    stopListening();
    end();
  };
}
