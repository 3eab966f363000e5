import { backOffMs, pause } from '@haat/kit/pause';
import type { OperationContext } from '../operation-context.js';
import { closeCodes } from './close-codes.js';
import type { EventLog, EventsOf, Position, StoredEvent } from './event-log.js';
import { concerns } from './event-match.js';
import { endingOf, payloadOf, verdictOn } from './feed-answer.js';
import { FeedEnded, type FeedEnding } from './feed-ending.js';
import type { LiveCursors } from './live-cursor.js';
import { knownEvents, type KnownEvents } from './known-events.js';
import { liveLimits } from './live-limits.js';
import { liveTold } from './live-meters.js';
import type { LiveOperation } from './live-operation.js';
import type { LiveAnswer, SharedAnswers } from './shared-answers.js';
import type { Upstream } from './upstream.js';
import { WaitingEvents } from './waiting-events.js';

/** Where a feed's payloads go. */
export interface FeedSink {
  /** A payload as JSON, and the cursor in it. Undefined where there is room for another one, else a promise of it. */
  next(payload: string, cursor: string): Promise<void> | undefined;
  /** The last word; nothing follows. */
  end(ending: FeedEnding): void;
}

/** What a feed works with. */
export interface FeedParts {
  readonly operation: LiveOperation;
  /** Whose it is; undefined for a guest or a program. */
  readonly userId?: string;
  readonly events: EventsOf;
  readonly upstream: Upstream;
  readonly log: EventLog;
  readonly cursors: LiveCursors;
  readonly answers: SharedAnswers;
  readonly sink: FeedSink;
  /** The viewer as they are now, and what may be said to them. Throws a refusal when they may not listen any more. */
  admit(): Promise<OperationContext>;
  /** Asks the operation's selection for an event. */
  ask(event: StoredEvent, context: OperationContext): Promise<LiveAnswer>;
  /** Called once, when it is over in whatever way. */
  over(): void;
}

const askAgain = liveLimits.askAgain;

const tooSlow: FeedEnding = {
  closeCode: closeCodes.tooSlow, isForAll: true,
  error: { message: 'This reader was too slow. Come back with the cursor of what came last.', extensions: { code: 'TOO_SLOW' } },
};

/** One subscription: every event that concerns it, once and in order, each with what its selection is answered now. */
export class Feed {
  private readonly waiting: WaitingEvents;
  /** Ends the wait for something to say. */
  private wake: () => void = () => undefined;
  private readonly closing = new AbortController();
  private stopListening: (() => void) | undefined;
  /** Everything that concerns this feed up to here was said. */
  private position: Position;
  /** When the last answer was begun to be asked for. */
  private answeredSince = 0;
  private isOver = false;
  private isSaying = false;
  /** A payload waits for its reader. */
  private isUnread = false;
  /** What was read of the past, by which an event that is stored twice is known. */
  private known: KnownEvents | undefined;

  constructor(private readonly parts: FeedParts) {
    this.waiting = new WaitingEvents(parts.operation.live.coalesce);
    this.position = parts.upstream.position;
  }

  get operation(): LiveOperation {
    return this.parts.operation;
  }

  /** From where somebody would go on who was told everything that this feed has told. */
  get cursor(): string {
    const { upstream, cursors, events } = this.parts;
    const isIdle = this.stopListening !== undefined && this.waiting.size === 0 && !this.isSaying;
    if (isIdle && upstream.position.sequence > this.position.sequence) this.position = upstream.position;
    return cursors.seal(events, this.position);
  }

  /** Runs until it is stopped or ends by itself. Never throws. */
  async run(): Promise<void> {
    try {
      await this.resume();
      while (!this.closing.signal.aborted) {
        const next = this.waiting.take();
        if (!next && !this.stopListening) await this.catchUp();
        else if (!next) await new Promise<void>((resolve) => { this.wake = resolve; });
        else if (next.kind === 'gap') await this.sayGap(next.from, next.reason);
        else await this.say(next.event);
      }
    } catch (error) {
      this.end(endingOf(error));
    } finally {
      this.stop();
    }
  }

  /** Ends it without a word. */
  stop(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.stopListening?.();
    this.closing.abort();
    this.wake();
    this.waiting.clear();
    this.parts.over();
  }

  /** Ends it, and says why. */
  end(ending: FeedEnding): void {
    if (this.isOver) return;
    this.stop();
    const { cursors, events, sink } = this.parts;
    liveTold.add({ what: String(ending.closeCode) });
    sink.end({ cursor: cursors.seal(events, this.position), ...ending });
  }

  /** Everything after the cursor that the client came with; then whatever is new. */
  private async resume(): Promise<void> {
    const { operation: { after }, cursors, events, upstream } = this.parts;
    const from = after === undefined ? this.position : cursors.open(events, after);
    if (from) this.position = from;
    else await this.sayGap(upstream.position, 'UNKNOWN');
    await this.catchUp();
  }

  private async catchUp(): Promise<void> {
    const { upstream } = this.parts;
    while (!this.closing.signal.aborted && this.position.sequence !== upstream.position.sequence) {
      await this.sayMissed();
      // What the upstream has not read yet it will say to us too, and we shall know it.
      if (this.position.sequence >= upstream.position.sequence) break;
    }
    if (this.closing.signal.aborted) return;
    this.stopListening = upstream.listen({ heard: (event) => this.hear(event), lost: (place) => this.put({ kind: 'gap', from: place, reason: 'LOST' }) });
  }

  /** The next few events that were missed. */
  private async sayMissed(): Promise<void> {
    const { upstream, log, events } = this.parts;
    const reached = upstream.position;
    const remembered = upstream.remembered(this.position);
    const following = remembered ? { kind: 'events' as const, events: remembered } : await this.patiently(() => log.after(events, this.position));
    if (following.kind === 'lost') return this.sayGap(upstream.position, following.reason);
    this.known ??= knownEvents(log, events, this.position.atMs);
    for (const event of following.events) {
      const isNew = await this.patiently(() => this.known?.isNew(event) ?? Promise.resolve(true));
      if (this.closing.signal.aborted) return;
      if (isNew && this.isOurs(event)) await this.say(event);
      else this.position = event.position;
    }
    // There is nothing between where we are and where the upstream was when we looked; it may be behind what another gateway has told.
    if (following.events.length === 0 && reached.sequence > this.position.sequence) this.position = reached;
  }

  private hear(event: StoredEvent): void {
    if (event.position.sequence > this.position.sequence && this.isOurs(event)) this.put({ kind: 'event', event });
  }

  private isOurs({ envelope }: StoredEvent): boolean {
    const { operation: { live, args }, userId } = this.parts;
    return concerns({ live, args, userId }, envelope);
  }

  private put(next: Parameters<WaitingEvents['put']>[0]): void {
    if (this.waiting.put(next)) return this.wake();
    if (this.isUnread) return this.end(tooSlow);
    // Answers take longer than events come: the stream keeps what is next, and what waits already goes first.
    this.stopListening?.();
    this.stopListening = undefined;
    this.wake();
  }

  private async tell(payload: string, cursor: string): Promise<void> {
    const room = this.parts.sink.next(payload, cursor);
    if (!room) return;
    this.isUnread = true;
    const isTaken = await Promise.race([room.then(() => true), pause(liveLimits.unreadMs, this.closing.signal).then(() => false)]);
    this.isUnread = false;
    if (!isTaken) throw new FeedEnded(tooSlow);
  }

  private async sayGap(from: Position, reason: string): Promise<void> {
    if (this.closing.signal.aborted) return;
    const { cursors, events } = this.parts;
    this.position = from;
    const cursor = cursors.seal(events, from);
    liveTold.add({ what: 'gap' });
    const error = { message: 'Events may be missing before this one: ask for everything again.', extensions: { code: 'REFETCH' } };
    await this.tell(JSON.stringify({ data: null, errors: [error], extensions: { cursor, gap: { reason } } }), cursor);
  }

  private async say(event: StoredEvent): Promise<void> {
    this.isSaying = true;
    const { cursors, events } = this.parts;
    const answer = await this.answerTo(event);
    if (this.closing.signal.aborted) return;
    const cursor = cursors.seal(events, event.position);
    liveTold.add({ what: 'payload' });
    await this.tell(payloadOf(answer, cursor), cursor);
    this.position = event.position;
    this.isSaying = false;
  }

  /** With the viewer's rights at this moment. A part that is down is waited for; what it still cannot answer then is asked by whoever comes back. */
  private async answerTo(event: StoredEvent): Promise<LiveAnswer> {
    const { operation, admit, ask, answers } = this.parts;
    const { signal } = this.closing;
    for (let tries = 1; ; tries += 1) {
      const context = await this.patiently(admit);
      const question = {
        operation: operation.refetchKey, event: `${event.position.sequence} ${event.envelope.id}`, context, notBefore: this.answeredSince, ask: () => ask(event, context),
      };
      const { answer, startedAt } = await answers.ask(question);
      this.answeredSince = Math.max(this.answeredSince, startedAt);
      const verdict = verdictOn(answer, operation.responseName, tries >= liveLimits.askTriesMax);
      if (verdict.kind === 'say' || signal.aborted) return answer;
      if (verdict.kind === 'end') throw new FeedEnded(verdict.ending);
      answers.forget(question);
      await pause(backOffMs(tries, askAgain), signal);
    }
  }

  /** Tries again while a part does not answer; a refusal is final. */
  private async patiently<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        const isFinal = endingOf(error).closeCode !== closeCodes.tryLater || tries >= liveLimits.askTriesMax || this.closing.signal.aborted;
        if (isFinal) throw error;
        await pause(backOffMs(tries, askAgain), this.closing.signal);
      }
    }
  }
}
