import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { gauge } from '@haat/kit/meter';
import { pause } from '@haat/kit/pause';
import { unavailable } from '@haat/kit/refusal';
import type { Admission } from '../admission.js';
import type { DoorRequest, DoorResponse } from '../door-message.js';
import { aPart } from '../subgraph-breakers.js';
import { closeCodes } from './close-codes.js';
import type { ConnectionCounts } from './connection-counts.js';
import { endingOf } from './feed-answer.js';
import type { Feed, FeedSink } from './feed.js';
import { liveLimits } from './live-limits.js';
import { liveConnections } from './live-meters.js';
import type { AskedSubscription } from './live-operation.js';
import { refusalOf, type Live } from './live.js';

/** What event streams are served with. */
export interface EventStreamParts {
  readonly live: Live;
  readonly admission: Admission;
  readonly counts: ConnectionCounts;
}

/** Serves subscriptions as server-sent events: GraphQL over SSE, distinct connections mode. */
export interface EventStreams {
  /** Throws what refuses it before anything is streamed. */
  subscribe(request: DoorRequest, asked: AskedSubscription, requestId: string): Promise<DoorResponse>;
  /** Ends all, spread over a while. */
  drain(): Promise<void>;
}

/** Whether a client wants its answer as server-sent events. */
export function wantsEventStream({ headers }: DoorRequest): boolean {
  return /(^|,)\s*text\/event-stream\s*(;|,|$)/i.test(headers['accept'] ?? '');
}

const streamHeaders = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-store', 'x-accel-buffering': 'no' };

/** One answer that needs no stream, as one. */
export function asEventStream(text: string): Pick<DoorResponse, 'headers' | 'body'> {
  return { headers: streamHeaders, body: `event: next\ndata: ${text.trimEnd()}\n\n${completed}` };
}

const completed = 'event: complete\ndata:\n\n';

/** Makes it. */
export function eventStreams({ live, admission, counts }: EventStreamParts): EventStreams {
  const open = new Set<() => void>();
  const stopCounting = gauge(liveConnections, () => [{ labels: { kind: 'stream' }, value: open.size }]);
  let isDraining = false;
  // One that is begun now would be ended by nobody, and cut off in the end.
  const mayBegin = (): void => { if (isDraining) throw unavailable(aPart); };
  return {
    async subscribe(request, asked, requestId) {
      mayBegin();
      const admit = () => admission.admit(request, requestId);
      const leaving = [counts.enter(request.clientAddress)];
      const leave = (): void => leaving.splice(0).forEach((out) => out());
      try {
        leaving.push(counts.identify((await admit()).internal));
        const stream = new EventStream();
        const feed = await live.open(asked, { admit }, stream);
        if (isDraining) feed.stop();
        mayBegin();
        stream.whenOver(() => {
          leave();
          open.delete(stream.complete);
        });
        open.add(stream.complete);
        return { status: 200, headers: streamHeaders, body: '', stream: (outgoing) => stream.begin(outgoing, feed, () => checkRights(feed, admit)) };
      } catch (error) {
        leave();
        throw error;
      }
    },
    async drain() {
      isDraining = true;
      stopCounting();
      const overMs = Math.min(liveLimits.drainMs, open.size * liveLimits.drainMsPerSocket);
      await Promise.all([...open].map(async (end) => {
        await pause(Math.random() * overMs, new AbortController().signal);
        end();
      }));
    },
  };
}

async function checkRights(feed: Feed, admit: () => ReturnType<Admission['admit']>): Promise<void> {
  try {
    const refused = refusalOf(feed.operation, await admit());
    if (refused) feed.end(endingOf(refused));
  } catch (error) {
    const ending = endingOf(error);
    // A part that does not answer has not said that anybody may not.
    if (ending.closeCode !== closeCodes.tryLater) feed.end(ending);
  }
}

class EventStream implements FeedSink {
  private outgoing: ServerResponse | undefined;
  private timers: NodeJS.Timeout[] = [];
  private over: () => void = () => undefined;
  private toldCursor = '';

  whenOver(over: () => void): void {
    this.over = over;
  }

  /** Feeds an answer; one whose client went away meanwhile is over at once. */
  begin(outgoing: ServerResponse, feed: Feed, check: () => Promise<void>): void {
    if (outgoing.destroyed) {
      feed.stop();
      return this.over();
    }
    this.outgoing = outgoing;
    // A connection that is gone is noticed by writing to it; an id alone is kept by the client and shown to nobody.
    this.timers = [setInterval(() => this.tellCursor(feed), liveLimits.pingMs).unref(), setInterval(() => void check(), liveLimits.rightsMs).unref()];
    outgoing.once('close', () => {
      this.timers.forEach((timer) => clearInterval(timer));
      feed.stop();
      this.over();
    });
    this.tellCursor(feed);
    void feed.run();
  }

  next(payload: string, cursor: string): Promise<void> | undefined {
    this.toldCursor = cursor;
    const { outgoing } = this;
    outgoing?.write(`id: ${cursor}\nevent: next\ndata: ${payload}\n\n`);
    if (!outgoing || outgoing.destroyed || outgoing.writableLength < liveLimits.unsentBytesMax) return undefined;
    return roomIn(outgoing);
  }

  end({ error, closeCode, cursor }: Parameters<FeedSink['end']>[0]): void {
    const told = { ...error, extensions: { ...error.extensions, closeCode, cursor } };
    this.outgoing?.write(`event: next\ndata: ${JSON.stringify({ errors: [told] })}\n\n`);
    this.complete();
  }

  readonly complete = (): void => {
    this.outgoing?.end(completed);
    // Who does not take the end is not waited for.
    setTimeout(() => this.outgoing?.destroy(), liveLimits.initMs).unref();
  };

  private tellCursor(feed: Feed): void {
    const { cursor } = feed;
    this.outgoing?.write(cursor === this.toldCursor ? ':\n\n' : `id: ${cursor}\n\n`);
    this.toldCursor = cursor;
  }
}

/** Until there is room, or nobody who would need it. */
async function roomIn(outgoing: ServerResponse): Promise<void> {
  const heard = new AbortController();
  const { signal } = heard;
  await Promise.race([once(outgoing, 'drain', { signal }), once(outgoing, 'close', { signal })]).catch(() => undefined);
  heard.abort();
}
