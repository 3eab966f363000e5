import { randomUUID } from 'node:crypto';
import { newId } from '@haat/kit/id';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { WebSocket } from 'ws';
import type { DoorRequest } from '../door-message.js';
import { leavingError } from '../errors.js';
import type { OperationContext } from '../operation-context.js';
import { asksForKnownOnly, knownOnlyHeader } from '../operations/asked-operation.js';
import { chargingStrangers } from '../rate/arrivals.js';
import { closeCodes, type CloseCode } from './close-codes.js';
import { endingOf } from './feed-answer.js';
import { FeedEnded, type FeedEnding } from './feed-ending.js';
import type { Feed } from './feed.js';
import { liveLimits } from './live-limits.js';
import type { LiveServerParts } from './live-server.js';
import { afterIn, type AskedSubscription } from './live-operation.js';
import { refusalOf } from './live.js';
import { headersIn, messageIn, type ClientMessage } from './socket-message.js';

type Asked = Extract<ClientMessage, { type: 'subscribe' }>;

/** What runs under one id: a feed, or a query under way. */
interface Running {
  /** Aborted when nobody waits for it any more. */
  readonly left: AbortController;
  feed?: Feed;
  /** The cursor that the client was told last without a payload. */
  toldCursor?: string;
}

/** One client's socket: `graphql-transport-ws`, with cursors and tokens in the payloads of pings. */
export class LiveSocket {
  /** Names the socket; each question that it puts to subgraphs has an id of its own. */
  private readonly id = newId('req');
  private headers: Record<string, string>;
  private viewer: OperationContext['internal'] | undefined;
  private phase: 'opened' | 'entering' | 'in' | 'closed' = 'opened';
  private readonly running = new Map<string, Running>();
  private readonly gone = new AbortController();
  /** Operations that are being begun or answered, also for those who completed them meanwhile. */
  private underWay = 0;
  private leave: (() => void) | undefined;
  /** What the last ping said, for as long as no pong has said it back. */
  private unanswered: string | undefined;
  private readonly initTimer: NodeJS.Timeout;

  constructor(private readonly parts: LiveServerParts, private readonly socket: WebSocket, private readonly request: DoorRequest, private readonly onClosed: () => void) {
    this.headers = { ...request.headers };
    this.initTimer = setTimeout(() => this.close(closeCodes.initLate, 'Expected connection_init.'), liveLimits.initMs);
    socket.on('message', (data, isBinary) => void this.receive(String(data), isBinary).catch((error: unknown) => this.fail(error)));
    // Pongs that nobody asked for say nothing about what is read.
    socket.on('pong', (data) => { if (String(data) === this.unanswered) this.unanswered = undefined; });
    socket.on('close', () => this.over());
  }

  /** Ends the connection of who went away without a word, and tells everybody else from where to go on. */
  ping(): void {
    if (this.unanswered !== undefined) return this.socket.terminate();
    this.unanswered = randomUUID();
    this.socket.ping(this.unanswered);
    if (this.phase === 'in') this.tellCursors();
  }

  /** Ends what the viewer may not hear any more, whether something happens or not. */
  async checkRights(): Promise<void> {
    if (this.phase !== 'in') return;
    try {
      const context = await this.admit();
      for (const { feed } of this.running.values()) {
        const refused = feed && refusalOf(feed.operation, context);
        if (refused) feed.end(endingOf(refused));
      }
    } catch (error) {
      const { closeCode, error: { message } } = endingOf(error);
      // A part that does not answer has not said that anybody may not.
      if (closeCode !== closeCodes.tryLater) this.close(closeCode, message);
    }
  }

  close(code: CloseCode, reason: string): void {
    if (this.phase === 'closed') return;
    this.parts.log.info({ closeCode: code, tenant: this.viewer?.tenant.slug, viewer: this.viewer?.viewer.kind, operations: this.running.size }, 'socket closed');
    this.over();
    this.socket.close(code, reasonThatFits(reason));
    // Who does not answer the closing is gone.
    setTimeout(() => this.socket.terminate(), liveLimits.initMs).unref();
  }

  private over(): void {
    if (this.phase === 'closed') return;
    this.phase = 'closed';
    clearTimeout(this.initTimer);
    this.gone.abort();
    for (const { feed } of this.running.values()) feed?.stop();
    this.running.clear();
    this.leave?.();
    this.onClosed();
  }

  /** What nobody foresaw ends this socket, and nothing else. */
  private fail(error: unknown): void {
    this.parts.log.error({ err: error }, 'A socket failed on our side.');
    this.socket.terminate();
  }

  private async receive(text: string, isBinary: boolean): Promise<void> {
    if (this.phase === 'closed') return;
    const message = isBinary ? undefined : messageIn(text);
    if (!message) return this.close(closeCodes.badMessage, 'Expected a message of graphql-transport-ws.');
    if (message.type === 'connection_init') return this.init(message.payload);
    if (message.type === 'ping') return this.answerPing(message.payload);
    if (message.type === 'pong') return;
    if (this.phase !== 'in') return this.close(closeCodes.unauthenticated, 'Expected connection_init first.');
    if (message.type === 'complete') return this.complete(message.id);
    return this.begin(message);
  }

  private async init(payload: Readonly<Record<string, unknown>> | null | undefined): Promise<void> {
    if (this.phase !== 'opened') return this.close(closeCodes.initAgain, 'Expected connection_init only once.');
    this.phase = 'entering';
    this.headers = { ...this.headers, ...headersIn(payload) };
    try {
      this.parts.arrivals.arrive(this.request.clientAddress);
      const context = await this.admit();
      if (this.isClosed()) return;
      this.leave = this.parts.counts.identify(context.internal);
      this.viewer = context.internal;
      this.phase = 'in';
      clearTimeout(this.initTimer);
      this.send(JSON.stringify({ type: 'connection_ack', payload: { expiresAt: context.expiresAt ?? null } }));
    } catch (error) {
      const { closeCode, error: { message } } = endingOf(error);
      this.close(closeCode, message);
    }
  }

  /** A ping may bring a newer token of the same viewer. */
  private async answerPing(payload: Readonly<Record<string, unknown>> | null | undefined): Promise<void> {
    const { authorization } = headersIn(payload);
    if (authorization === undefined || this.phase !== 'in') return this.send(JSON.stringify({ type: 'pong' }));
    const before = this.headers;
    this.headers = { ...before, authorization };
    try {
      const { internal: { tenant, viewer }, expiresAt } = await this.admit();
      const isSame = tenant.id === this.viewer?.tenant.id && viewer.kind === this.viewer.viewer.kind && viewer.userId === this.viewer.viewer.userId && viewer.tokenId === this.viewer.viewer.tokenId;
      if (!isSame) return this.close(closeCodes.forbidden, 'Expected a token of the same viewer.');
      this.send(JSON.stringify({ type: 'pong', payload: { expiresAt: expiresAt ?? null } }));
    } catch (error) {
      const { closeCode, error: { message } } = endingOf(error);
      this.close(closeCode, message);
    }
  }

  private async begin(message: Asked): Promise<void> {
    const { id } = message;
    if (this.running.has(id)) return this.close(closeCodes.idTaken, 'The id is in use.');
    const feeds = [...this.running.values()].filter(({ feed }) => feed).length;
    if (this.underWay + feeds >= this.parts.subscriptionsMax) return this.refuse(id, [tooManyAtOnce(this.parts.subscriptionsMax)]);
    const running: Running = { left: new AbortController() };
    this.running.set(id, running);
    this.underWay += 1;
    try {
      this.parts.arrivals.arrive(this.request.clientAddress);
      const context = await this.admit(AbortSignal.any([this.gone.signal, running.left.signal]));
      if (this.running.get(id) !== running) return;
      const asked = { asked: message.payload, isHeld: asksForKnownOnly(this.headers[knownOnlyHeader]), after: afterIn(message.payload.extensions) };
      const isLive = await this.parts.supergraph.use((server) => server.asksForSubscription(asked, context));
      if (isLive) await this.subscribe(id, asked, running);
      else await this.answerOnce(message, context, running);
    } catch (error) {
      if (this.running.get(id) !== running) return;
      this.running.delete(id);
      if (error instanceof FeedEnded) this.endFeed(id, error.ending);
      else this.refuse(id, [leavingError(error, this.parts.log, this.parts.isSchemaHidden)]);
    } finally {
      this.underWay -= 1;
    }
  }

  private async subscribe(id: string, asked: AskedSubscription, running: Running): Promise<void> {
    const feed = await this.parts.live.open(asked, { admit: () => this.admit() }, {
      next: (text) => this.write(`{"id":${JSON.stringify(id)},"type":"next","payload":${text}}`),
      end: (ending) => this.endFeed(id, ending),
    });
    if (this.isClosed() || this.running.get(id) !== running) return feed.stop();
    running.feed = feed;
    feed.run().catch((error: unknown) => this.fail(error));
    this.tellCursors();
  }

  /** A query or mutation over the socket: as over HTTP, with one answer. */
  private async answerOnce({ id, payload }: Asked, context: OperationContext, running: Running): Promise<void> {
    const { body } = await this.parts.answerOnce(this.requestNow(), payload, context);
    if (this.running.get(id) !== running) return;
    await this.write(`{"id":${JSON.stringify(id)},"type":"next","payload":${String(body)}}`);
    // Only then is there room for another operation: who does not read is not answered for ever.
    if (this.running.get(id) !== running) return;
    this.running.delete(id);
    this.send(JSON.stringify({ id, type: 'complete' }));
  }

  private complete(id: string): void {
    const running = this.running.get(id);
    running?.left.abort();
    running?.feed?.stop();
    this.running.delete(id);
  }

  private endFeed(id: string, { closeCode, error, isForAll, cursor }: FeedEnding): void {
    if (this.isClosed()) return;
    this.running.delete(id);
    if (closeCode === closeCodes.tooSlow) return this.close(closeCode, cursor ?? '');
    this.refuse(id, [{ ...error, extensions: { ...error.extensions, closeCode, cursor } }]);
    if (isForAll || this.running.size === 0) this.close(closeCode, error.message);
  }

  private refuse(id: string, errors: readonly GraphQLFormattedError[]): void {
    this.send(JSON.stringify({ id, type: 'error', payload: errors }));
  }

  /** Feeds that say nothing for long move on, too: their cursors travel with a ping. */
  private tellCursors(): void {
    const moved = [...this.running].flatMap(([id, running]): [string, string][] => {
      const cursor = running.feed?.cursor;
      if (cursor === undefined || cursor === running.toldCursor) return [];
      running.toldCursor = cursor;
      return [[id, cursor]];
    });
    if (moved.length > 0) this.send(JSON.stringify({ type: 'ping', payload: { cursors: Object.fromEntries(moved) } }));
  }

  /** Undefined while there is room for more; else it resolves when this text has left. */
  private write(text: string): Promise<void> | undefined {
    if (this.socket.bufferedAmount > liveLimits.unsentBytesMax) return new Promise((resolve) => this.send(text, () => resolve()));
    this.send(text);
    return undefined;
  }

  private send(text: string, left?: () => void): void {
    if (this.isClosed()) return left?.();
    if (this.socket.bufferedAmount <= liveLimits.unsentBytesCeiling) return this.socket.send(text, left);
    this.socket.terminate();
    left?.();
  }

  private isClosed(): boolean {
    return this.phase === 'closed';
  }

  /** What speaks against the viewer speaks against everything on the socket. */
  private async admit(gone = this.gone.signal): Promise<OperationContext> {
    try {
      return await chargingStrangers(this.parts.arrivals, this.request.clientAddress, () => this.parts.admission.admit({ ...this.requestNow(), gone }, this.id));
    } catch (error) {
      throw new FeedEnded({ ...endingOf(error), isForAll: endingOf(error).closeCode !== closeCodes.tryLater });
    }
  }

  private requestNow(): DoorRequest {
    return { ...this.request, method: 'POST', search: '', headers: { ...this.headers, accept: 'application/json', 'content-type': 'application/json' }, gone: this.gone.signal };
  }
}

/** What a close frame holds of a reason, in bytes (RFC 6455, section 5.5.1). */
const reasonBytesMax = 123;

/** As many whole characters as fit: more would not be sent at all. */
function reasonThatFits(reason: string): Buffer {
  const bytes = Buffer.alloc(reasonBytesMax);
  return bytes.subarray(0, new TextEncoder().encodeInto(reason, bytes).written);
}

function tooManyAtOnce(allowed: number): GraphQLFormattedError {
  const message = `There are too many operations on this socket: at most ${allowed} at once.`;
  return new GraphQLError(message, { extensions: { code: 'TOO_EXPENSIVE', limit: 'subscriptionsPerSocket', allowed } }).toJSON();
}

