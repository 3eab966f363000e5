import { streamOf, type EventEnvelope } from '@haat/schema/event';
import type { NatsLink } from '@haat/kit/nats';
import { RequestStrategy, type Msg, type NatsConnection } from 'nats';
import { liveLimits } from './live-limits.js';

/** A place in a producer's stream: a sequence, and when the broker stored what is there. The time tells a stream from another under its name. */
export interface Position {
  readonly sequence: number;
  /** Milliseconds since the epoch; 0 where there is nothing yet. */
  readonly atMs: number;
}

/** An event as it is stored. */
export interface StoredEvent {
  readonly position: Position;
  readonly envelope: EventEnvelope;
}

/** Which events: of one contract, in one tenant. */
export interface EventsOf {
  /** The contract's key, `<producer>.<event>.v<version>`. */
  readonly event: string;
  readonly tenantId: string;
}

/** What follows a place; `lost` where it cannot be said, because the place is not there (any more). */
export type Following =
  | { readonly kind: 'events'; readonly events: readonly StoredEvent[]; readonly isAll: boolean }
  | { readonly kind: 'lost'; readonly reason: 'RETENTION' | 'UNKNOWN' };

/** Reads streams by sequence: nothing is kept at the broker for a reader, so none can be lost with it. */
export interface EventLog {
  /** The end of the stream that these events are in. */
  end(events: EventsOf): Promise<Position>;
  /** The next events after a place, as many as are read at once. */
  after(events: EventsOf, position: Position): Promise<Following>;
  /** The next events from a time on, by the broker's clock. */
  since(events: EventsOf, atMs: number): Promise<readonly StoredEvent[]>;
  /** Calls with the id of each event that is being stored. It may come before the event can be read. Answers how to stop. */
  onAnnounced(events: EventsOf, announced: (id: string) => void): () => void;
}

/** Makes it on the broker's stored streams. Everything throws while the broker is not there. */
export function eventLog(nats: NatsLink): EventLog {
  const connected = (): NatsConnection => {
    if (!nats.connection || nats.status() === 'down') throw new Error('The broker is not there.');
    return nats.connection;
  };
  const log: EventLog = {
    end: async (events) => (await boundsOf(connected(), events)).last,
    async after(events, position) {
      const { found, isAll } = await readFrom(connected(), events, { seq: Math.max(1, position.sequence) });
      const [first, ...rest] = found;
      if (first?.position.sequence === position.sequence) {
        return first.position.atMs === position.atMs ? { kind: 'events', events: rest, isAll } : { kind: 'lost', reason: 'UNKNOWN' };
      }
      const lost = position.sequence === 0 ? undefined : await whyNotThere(connected(), events, position);
      return lost ?? { kind: 'events', events: found, isAll };
    },
    since: async (events, atMs) => (await readFrom(connected(), events, { start_time: new Date(atMs).toISOString() })).found,
    onAnnounced(events, announced) {
      let stop = (): void => undefined;
      let isStopped = false;
      nats.onConnect((connection) => {
        if (isStopped) return;
        const subscription = connection.subscribe(subjectFor(events), { callback: (_, message) => announced(message.headers?.get('Nats-Msg-Id') ?? '') });
        stop = () => subscription.unsubscribe();
      });
      return () => {
        isStopped = true;
        stop();
      };
    },
  };
  return log;
}

function subjectFor({ event, tenantId }: EventsOf): string {
  return `events.${event}.${tenantId}`;
}

function streamFor({ event }: EventsOf): string {
  return streamOf(event.split('.')[0] ?? '');
}

/** A broker that does not know the stream says so by silence: nobody answers for it. */
const noSuchStream = '503';
/** JetStream's own words for the end of a batch, and for nothing found. */
const endOfBatch = 204;
const notFound = 404;

interface Read {
  readonly found: readonly StoredEvent[];
  readonly isAll: boolean;
}

/** Several messages by one request (JetStream's batched direct get), in the order of the stream. */
async function readFrom(connection: NatsConnection, events: EventsOf, start: { readonly seq: number } | { readonly start_time: string }): Promise<Read> {
  const asked = JSON.stringify({ ...start, next_by_subj: subjectFor(events), batch: liveLimits.readEventsMax });
  const found: StoredEvent[] = [];
  let previous = 0;
  for await (const message of await requested(connection, streamFor(events), asked)) {
    const code = message.headers?.code;
    if (code === notFound) return { found, isAll: true };
    if (code === endOfBatch) return { found, isAll: message.headers?.get('Nats-Num-Pending') === '0' };
    if (Number(message.headers?.get('Nats-Last-Sequence')) !== previous) throw new Error('The broker left out an event of a batch.');
    const event = storedIn(message);
    previous = event.position.sequence;
    found.push(event);
  }
  throw new Error('The broker did not answer a whole batch in time.');
}

async function requested(connection: NatsConnection, stream: string, asked: string): Promise<AsyncIterable<Msg>> {
  return connection.requestMany(`$JS.API.DIRECT.GET.${stream}`, asked, { strategy: RequestStrategy.SentinelMsg, maxWait: liveLimits.brokerMs });
}

function storedIn(message: Msg): StoredEvent {
  return { position: positionOf(message), envelope: message.json<EventEnvelope>() };
}

function positionOf({ headers }: Msg): Position {
  return { sequence: Number(headers?.get('Nats-Sequence')), atMs: Date.parse(headers?.get('Nats-Time-Stamp') ?? '') };
}

/** Undefined when the place is there as it was; it may hold an event of another kind or tenant. */
async function whyNotThere(connection: NatsConnection, events: EventsOf, { sequence, atMs }: Position): Promise<Following | undefined> {
  const stream = streamFor(events);
  const message = await connection.request(`$JS.API.DIRECT.GET.${stream}`, JSON.stringify({ seq: sequence }), { timeout: liveLimits.brokerMs }).catch(absent);
  if (message && message.headers?.code !== notFound) return positionOf(message).atMs === atMs ? undefined : { kind: 'lost', reason: 'UNKNOWN' };
  const { firstSequence, last } = await boundsOf(connection, events);
  // It aged away as the last of those that did: nothing after it is missing.
  if (sequence <= last.sequence && sequence + 1 >= firstSequence) return undefined;
  return { kind: 'lost', reason: sequence < firstSequence && sequence <= last.sequence ? 'RETENTION' : 'UNKNOWN' };
}

function absent(error: unknown): undefined {
  if ((error as { code?: string }).code === noSuchStream) return undefined;
  throw error;
}

interface StreamAnswer {
  readonly error?: { readonly err_code: number; readonly description: string };
  readonly state?: { readonly first_seq: number; readonly last_seq: number; readonly last_ts: string };
}

/** JetStream's own number for a stream that is not there. */
const streamNotFound = 10_059;

async function boundsOf(connection: NatsConnection, events: EventsOf): Promise<{ firstSequence: number; last: Position }> {
  const answer = (await connection.request(`$JS.API.STREAM.INFO.${streamFor(events)}`, '', { timeout: liveLimits.brokerMs })).json<StreamAnswer>();
  if (answer.error?.err_code === streamNotFound) return { firstSequence: 0, last: { sequence: 0, atMs: 0 } };
  if (!answer.state) throw new Error(`The broker does not tell of a stream: ${answer.error?.description ?? 'no state'}.`);
  const { first_seq: firstSequence, last_seq: sequence, last_ts: at } = answer.state;
  return { firstSequence, last: { sequence, atMs: sequence === 0 ? 0 : Date.parse(at) } };
}
