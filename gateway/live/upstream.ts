import type { Log } from '@haat/kit/log';
import type { NatsLink } from '@haat/kit/nats';
import { backOffMs, Bell, pause } from '@haat/kit/pause';
import type { EventLog, EventsOf, Position, StoredEvent } from './event-log.js';
import { knownEvents, type KnownEvents } from './known-events.js';
import { liveLimits } from './live-limits.js';

/** Hears everything that is new, in the order of the stream. */
export interface UpstreamListener {
  /** Called at once and never twice for one event. */
  heard(event: StoredEvent): void;
  /** The stream is not what it was: events may be missing before the place from which it goes on. */
  lost(from: Position): void;
}

/** The events of one contract in one tenant, read once for all who listen in this process. */
export interface Upstream {
  readonly events: EventsOf;
  /** Everything up to here has been heard. */
  readonly position: Position;
  /** What came after a place, where that is still in mind. */
  remembered(after: Position): readonly StoredEvent[] | undefined;
  /** Answers how to stop listening. */
  listen(listener: UpstreamListener): () => void;
  /** Stops reading, when the reading under way is done. */
  close(): Promise<void>;
}

/** What it is read with. */
export interface UpstreamParts {
  readonly nats: NatsLink;
  readonly log: EventLog;
  readonly logger: Log;
}

const backOff = { leastMs: 50, mostMs: 2_000 };
/** How soon an announced event is looked for again, which the broker has not stored yet. */
const announcedBackOff = { leastMs: 2, mostMs: 100 };

/** Begins to read at the end of the stream. Throws while the broker is not there. */
export async function openUpstream(parts: UpstreamParts, events: EventsOf): Promise<Upstream> {
  const reading = new Reading(parts, events);
  await reading.begin();
  return reading;
}

class Reading implements Upstream {
  position: Position = { sequence: 0, atMs: 0 };
  private rememberedFrom: Position = this.position;
  private recent: StoredEvent[] = [];
  private readonly listeners = new Set<UpstreamListener>();
  private readonly bell = new Bell();
  private readonly closing = new AbortController();
  /** Ids that were announced and not read yet, with when they came. */
  private readonly announced = new Map<string, number>();
  private known: KnownEvents;
  private stopListening: (() => void)[] = [];
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: UpstreamParts, readonly events: EventsOf) {
    this.known = knownEvents(parts.log, events, 0);
  }

  async begin(): Promise<void> {
    const { nats, log } = this.parts;
    // Announcements first: nothing that is stored after the end was read goes unnoticed.
    this.stopListening = [log.onAnnounced(this.events, (id) => this.announce(id)), nats.onReconnect(this.bell.ring)];
    try {
      this.startFrom(await log.end(this.events));
    } catch (error) {
      this.stopListening.forEach((stop) => stop());
      throw error;
    }
    this.running = this.run();
  }

  remembered(after: Position): readonly StoredEvent[] | undefined {
    if (after.sequence < this.rememberedFrom.sequence || after.sequence > this.position.sequence) return undefined;
    const at = this.recent.findIndex(({ position }) => position.sequence >= after.sequence);
    const found = at < 0 ? undefined : this.recent[at];
    const isSame = found?.position.sequence === after.sequence ? found.position.atMs === after.atMs : this.isEdge(after);
    if (!isSame) return undefined;
    return at < 0 ? [] : this.recent.slice(found?.position.sequence === after.sequence ? at + 1 : at);
  }

  listen(listener: UpstreamListener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.stopListening.forEach((stop) => stop());
    await this.running;
  }

  /** A place with no event of ours at it is only known to be the same where we stood there ourselves. */
  private isEdge({ sequence, atMs }: Position): boolean {
    return [this.rememberedFrom, this.position].some((edge) => edge.sequence === sequence && edge.atMs === atMs);
  }

  private startFrom(position: Position): void {
    this.position = position;
    this.rememberedFrom = position;
    this.recent = [];
    this.known = knownEvents(this.parts.log, this.events, position.atMs);
  }

  private announce(id: string): void {
    if (id === '' || !this.known.has(id)) this.announced.set(id, performance.now());
    this.bell.ring();
  }

  private async run(): Promise<void> {
    const { signal } = this.closing;
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.bell.heard(liveLimits.lookMs, signal);
        if (signal.aborted) return;
        await this.readAnnounced(signal);
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures === 5) this.parts.logger.warn({ err: error, event: this.events.event }, 'Events for live fields cannot be read; those who listen wait.');
        await pause(backOffMs(failures, backOff), signal);
        this.bell.ring();
      }
    }
  }

  /** Reads until everything announced is there, or is late enough to be nothing. */
  private async readAnnounced(signal: AbortSignal): Promise<void> {
    for (let tries = 0; !signal.aborted; tries += 1) {
      const hasMoved = await this.readAll(signal);
      const since = performance.now() - liveLimits.announcedMs;
      for (const [id, at] of this.announced) if (at < since || this.known.has(id)) this.announced.delete(id);
      if (this.announced.size === 0) return;
      if (hasMoved) tries = 0;
      await pause(backOffMs(tries + 1, announcedBackOff), signal);
    }
  }

  private async readAll(signal: AbortSignal): Promise<boolean> {
    const { log } = this.parts;
    for (let hasMoved = false; !signal.aborted; hasMoved = true) {
      const end = hasMoved || this.announced.size > 0 ? undefined : await log.end(this.events);
      const following = await log.after(this.events, this.position);
      if (following.kind === 'lost') {
        await this.goOnAfterLoss(following.reason);
        return true;
      }
      for (const event of following.events) await this.take(event);
      if (following.events.length === 0) {
        // Nothing of ours came up to there; an older place would age away under us.
        if (end && end.sequence > this.position.sequence) this.position = end;
        return hasMoved;
      }
      if (following.isAll) return true;
    }
    return true;
  }

  private async take(event: StoredEvent): Promise<void> {
    const isNew = await this.known.isNew(event);
    this.position = event.position;
    if (!isNew) return;
    this.recent.push(event);
    if (this.recent.length > liveLimits.rememberedEventsMax) this.rememberedFrom = this.recent.shift()?.position ?? this.rememberedFrom;
    for (const listener of this.listeners) listener.heard(event);
  }

  private async goOnAfterLoss(reason: string): Promise<void> {
    this.parts.logger.warn({ event: this.events.event, reason }, 'A stream is not what it was; those who listen are told to ask anew.');
    this.startFrom(await this.parts.log.end(this.events));
    for (const listener of this.listeners) listener.lost(this.position);
  }
}
