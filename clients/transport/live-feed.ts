import type { TypedOperation } from '@haat/schema/clients/typed-operation';
import type { AnsweredError } from './options.js';

/** One payload of a live operation. */
export interface LivePayload<D> {
  readonly data?: D | null;
  readonly errors?: readonly AnsweredError[];
  /** The place to go on from, in another process too. */
  readonly cursor: string;
  /** Something may be missing before this: ask for everything again. */
  readonly gap?: { readonly reason: string };
}

/** Payloads without end. */
export interface LiveReading<D> extends AsyncIterableIterator<LivePayload<D>> {
  /** The place after everything that came so far, taken or not; undefined until the operation has begun at the door. */
  readonly cursor: string | undefined;
}

/** A live operation ended for good. */
export class LiveEnded extends Error {
  constructor(message: string, /** The door's code, such as `FORBIDDEN`. */ readonly code: string) {
    super(message);
    this.name = 'LiveEnded';
  }
}

/** A payload as the door sends it. */
export interface SentPayload {
  readonly data?: unknown;
  readonly errors?: readonly AnsweredError[];
  readonly extensions?: { readonly cursor?: string; readonly gap?: { readonly reason: string } };
}

/** Payloads that nobody has taken yet, at most; then the door is asked to wait. */
const untakenMax = 1_000;

/** What a feed needs of the connection it comes over. */
export interface FeedConnection {
  /** The feed has room again. */
  resume(feed: LiveFeed): void;
  pause(feed: LiveFeed): void;
  leave(feed: LiveFeed): void;
}

/** One live operation as its reader sees it: payloads without end, whatever happens to sockets. */
export class LiveFeed implements LiveReading<unknown> {
  private untaken: LivePayload<unknown>[] = [];
  private waiting: { resolve(result: IteratorResult<LivePayload<unknown>>): void; reject(error: unknown): void }[] = [];
  private failure: Error | undefined;
  private isOver = false;
  isPaused = false;

  constructor(readonly operation: TypedOperation<unknown, unknown>, readonly variables: unknown, private readonly connection: FeedConnection, /** Everything up to here was given or waits to be taken. */ public cursor: string | undefined) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<LivePayload<unknown>>> {
    const payload = this.untaken.shift();
    if (this.isPaused && this.untaken.length === 0) {
      this.isPaused = false;
      this.connection.resume(this);
    }
    if (payload) return Promise.resolve({ done: false, value: payload });
    if (this.failure) return Promise.reject(this.failure);
    if (this.isOver) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  return(): Promise<IteratorResult<LivePayload<unknown>>> {
    if (!this.isOver) {
      this.isOver = true;
      this.untaken = [];
      this.connection.leave(this);
      this.waiting.splice(0).forEach(({ resolve }) => resolve({ done: true, value: undefined }));
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  /** Takes a payload from the door. */
  put({ data, errors, extensions }: SentPayload): void {
    if (this.isOver || this.isPaused) return;
    this.cursor = extensions?.cursor ?? this.cursor;
    const payload = { data, errors, cursor: this.cursor ?? '', gap: extensions?.gap };
    const reader = this.waiting.shift();
    if (reader) return reader.resolve({ done: false, value: payload });
    this.untaken.push(payload);
    if (this.untaken.length < untakenMax) return;
    this.isPaused = true;
    this.connection.pause(this);
  }

  /** Ends it for good, after what was not taken yet. */
  fail(error: Error): void {
    if (this.isOver) return;
    this.isOver = true;
    this.failure = error;
    this.waiting.splice(0).forEach(({ reject }) => reject(error));
  }
}
