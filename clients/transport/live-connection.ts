import { backOffMs } from './back-off.js';
import { LiveEnded, type FeedConnection, type LiveFeed, type SentPayload } from './live-feed.js';
import { headersOf, urlOf, type AnsweredError, type TransportOptions } from './options.js';

/** Between two pings of ours, and how long an answer may take, in milliseconds: a connection that is gone is noticed so. */
const pingMs = 20_000;
const pongMs = 8_000;
/** How long a socket may take to be let in, in milliseconds. */
const enterMs = 15_000;
/** How long before its end a token is renewed, in milliseconds; half of a life that is shorter. */
const renewBeforeMs = 45_000;

/** Close codes after which nothing gets better by coming back, and what they are called (`gateway/live/README.md`). */
const finalCodes = new Map([[4400, 'BAD_USER_INPUT'], [4403, 'FORBIDDEN'], [4406, 'BAD_USER_INPUT'], [4409, 'BAD_USER_INPUT'], [4429, 'BAD_USER_INPUT']]);
const tokenRefused = 4401;
/** Codes of operations that ended and may be begun again. */
const passing = new Set(['SUBGRAPH_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'RATE_LIMITED', 'TOO_SLOW']);

interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** One socket for all live operations, opened when there is one, and again whenever it breaks. */
export class LiveConnection implements FeedConnection {
  private readonly feeds = new Map<string, LiveFeed>();
  private socket: WebSocket | undefined;
  private isIn = false;
  private failures = 0;
  private refusals = 0;
  private lastId = 0;
  private isClosed = false;
  private again: ReturnType<typeof setTimeout> | undefined;
  /** Feeds whose last word from the door was that the token does not do. */
  private readonly refused = new WeakSet<LiveFeed>();
  /** Of operations that are begun again. */
  private readonly retries = new Set<ReturnType<typeof setTimeout>>();
  /** Of the socket that is open. */
  private timers: ReturnType<typeof setTimeout>[] = [];
  private pongTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: TransportOptions) {}

  add(feed: LiveFeed): void {
    this.begin(feed);
    this.open();
  }

  resume(feed: LiveFeed): void {
    this.begin(feed);
    this.open();
  }

  pause(feed: LiveFeed): void {
    this.leave(feed);
  }

  leave(feed: LiveFeed): void {
    const id = this.idOf(feed);
    if (id === undefined) return;
    this.feeds.delete(id);
    this.send({ type: 'complete', id });
    if (this.feeds.size === 0 && !feed.isPaused) this.drop(1000);
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.again);
    this.retries.forEach((timer) => clearTimeout(timer));
    for (const feed of this.feeds.values()) void feed.return();
    this.drop(1000);
  }

  private idOf(feed: LiveFeed): string | undefined {
    return [...this.feeds].find(([, known]) => known === feed)?.[0];
  }

  /** Under a new id each time, so that what still comes for an earlier one is nobody's. */
  private begin(feed: LiveFeed): void {
    const before = this.idOf(feed);
    if (before !== undefined) this.feeds.delete(before);
    const id = String((this.lastId += 1));
    this.feeds.set(id, feed);
    if (this.isIn) this.subscribe(id, feed);
  }

  private subscribe(id: string, { operation, variables, cursor }: LiveFeed): void {
    const payload = {
      id: operation.id, ...(this.options.sendsTexts && { query: operation.text }), operationName: operation.name, variables,
      ...(cursor !== undefined && { extensions: { after: cursor } }),
    };
    this.send({ type: 'subscribe', id, payload });
  }

  private open(): void {
    if (this.socket || this.isClosed || this.again !== undefined) return;
    const Socket = this.options.WebSocket ?? globalThis.WebSocket;
    const socket = new Socket(urlOf(this.options).replace(/^http/, 'ws'), 'graphql-transport-ws');
    this.socket = socket;
    const late = setTimeout(() => this.lose(socket, 0, 'late'), enterMs);
    this.timers = [late];
    socket.onopen = () => void this.enter(socket);
    socket.onmessage = ({ data }) => this.receive(socket, String(data));
    socket.onerror = () => this.lose(socket, 0, 'unreachable');
    socket.onclose = ({ code, reason }) => this.lose(socket, code, reason);
  }

  private async enter(socket: WebSocket): Promise<void> {
    try {
      const headers = await headersOf(this.options, this.refusals > 0);
      if (this.socket === socket) this.send({ type: 'connection_init', payload: headers });
    } catch {
      this.lose(socket, 0, 'no token');
    }
  }

  private receive(socket: WebSocket, text: string): void {
    if (this.socket !== socket) return;
    const { type, id = '', payload } = JSON.parse(text) as Message;
    const feed = this.feeds.get(id);
    if (type === 'next' && feed) {
      this.failures = 0;
      this.refused.delete(feed);
      feed.put(payload as SentPayload);
    } else if (type === 'error' && feed) this.endOne(id, feed, (payload as readonly AnsweredError[])[0]);
    else if (type === 'complete' && feed) this.beginLater(id, feed);
    else if (type === 'connection_ack') this.entered((payload as { expiresAt?: number | null } | undefined)?.expiresAt);
    else if (type === 'ping') this.takeCursors(payload);
    else if (type === 'pong') this.takePong(payload);
  }

  private entered(expiresAt: number | null | undefined): void {
    this.isIn = true;
    this.refusals = 0;
    this.timers.splice(0).forEach((timer) => clearTimeout(timer));
    for (const feed of [...this.feeds.values()]) this.begin(feed);
    this.renewBefore(expiresAt);
    this.pingLater();
  }

  private takeCursors(payload: unknown): void {
    this.send({ type: 'pong' });
    const { cursors } = (payload ?? {}) as { cursors?: Readonly<Record<string, string>> };
    for (const [id, cursor] of Object.entries(cursors ?? {})) {
      const feed = this.feeds.get(id);
      if (!feed) continue;
      this.refused.delete(feed);
      feed.cursor = cursor;
    }
  }

  private takePong(payload: unknown): void {
    clearTimeout(this.pongTimer);
    this.failures = 0;
    this.renewBefore((payload as { expiresAt?: number | null } | undefined)?.expiresAt);
  }

  private pingLater(): void {
    const { socket } = this;
    this.timers.push(setTimeout(() => {
      if (!socket || this.socket !== socket) return;
      this.send({ type: 'ping' });
      this.pongTimer = setTimeout(() => this.lose(socket, 0, 'silent'), pongMs);
      this.pingLater();
    }, pingMs));
  }

  private renewBefore(expiresAt: number | null | undefined): void {
    if (typeof expiresAt !== 'number' || !this.options.token) return;
    const leftMs = Math.max(0, expiresAt - Date.now());
    const { socket } = this;
    this.timers.push(setTimeout(() => void this.renew(socket), Math.max(leftMs - renewBeforeMs, leftMs / 2)));
  }

  private async renew(socket: WebSocket | undefined): Promise<void> {
    const { authorization } = await headersOf(this.options, true).catch((): Record<string, string> => ({}));
    if (this.socket === socket && authorization !== undefined) this.send({ type: 'ping', payload: { authorization } });
  }

  private endOne(id: string, feed: LiveFeed, error: AnsweredError | undefined): void {
    const { code = 'INTERNAL', cursor } = (error?.extensions ?? {}) as { code?: string; cursor?: string };
    if (code === 'UNAUTHENTICATED' && this.options.token && !this.refused.has(feed)) return this.askForAnotherToken(feed);
    this.feeds.delete(id);
    if (!passing.has(code)) return feed.fail(new LiveEnded(error?.message ?? 'The operation ended.', code));
    feed.cursor = cursor ?? feed.cursor;
    this.feeds.set(id, feed);
    this.beginLater(id, feed);
  }

  /** Another token may do, and takes another socket: the door may leave this one open for what else runs on it. */
  private askForAnotherToken(feed: LiveFeed): void {
    this.refused.add(feed);
    if (this.socket) this.lose(this.socket, tokenRefused, '');
  }

  /** A reconnect in between begins it, too, and under another id. */
  private beginLater(id: string, feed: LiveFeed): void {
    const timer = setTimeout(() => {
      this.retries.delete(timer);
      if (this.feeds.get(id) === feed && this.isIn) this.begin(feed);
    }, backOffMs(this.failures));
    this.failures += 1;
    this.retries.add(timer);
  }

  /** Forgets a socket, and comes back after a while where that may help. */
  private lose(socket: WebSocket, code: number, reason: string): void {
    if (this.socket !== socket) return;
    this.drop(1000);
    const final = finalCodes.get(code);
    this.refusals += code === tokenRefused ? 1 : 0;
    if (final !== undefined || this.refusals > 1) return this.failAll(new LiveEnded(reason || 'The door closed the socket.', final ?? 'UNAUTHENTICATED'));
    if (this.feeds.size > 0) this.openLater();
  }

  private failAll(error: LiveEnded): void {
    for (const feed of this.feeds.values()) feed.fail(error);
    this.feeds.clear();
    this.refusals = 0;
  }

  private openLater(): void {
    if (this.isClosed || this.again !== undefined) return;
    this.again = setTimeout(() => {
      this.again = undefined;
      if (this.feeds.size > 0) this.open();
    }, backOffMs(this.failures));
    this.failures += 1;
  }

  private drop(code: number): void {
    const { socket } = this;
    this.socket = undefined;
    this.isIn = false;
    this.timers.splice(0).forEach((timer) => clearTimeout(timer));
    clearTimeout(this.pongTimer);
    if (socket) socket.close(code);
  }

  private send(message: object): void {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(message));
  }
}
