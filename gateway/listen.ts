import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, BlockList } from 'node:net';
import type { Duplex } from 'node:stream';
import { newId } from '@haat/kit/id';
import type { Log } from '@haat/kit/log';
import type { DoorRequest, DoorResponse } from './door-message.js';
import { edgeFactsOf } from './edge.js';
import { endSocket } from './end-socket.js';
import { countConnections } from './open-connections.js';

/** Limits of the wire. All times in milliseconds, all sizes in bytes. */
const wire = {
  /** To send all headers. */
  headersTimeoutMs: 10_000,
  /** To send the whole request; long enough for an upload. */
  requestTimeoutMs: 60_000,
  /** How often the two are looked at. */
  timeoutCheckMs: 2_000,
  /** Longer than load balancers keep theirs, so that they never send into a closing socket. */
  keepAliveMs: 65_000,
  headerBytesMax: 16 * 1024,
  headersMax: 100,
  /** What runs at closing may still take this long. */
  drainMs: 10_000,
} as const;

/** What every answer says of itself. */
const always = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' };

/** A door that is open. */
export interface Door {
  readonly url: string;
  /** Takes nobody new, lets those inside finish for a while, and closes. */
  close(): Promise<void>;
}

/** Where to listen, and who answers. */
export interface ListenOptions {
  readonly port: number;
  readonly address: string;
  readonly proxies: BlockList;
  /** Connections that one address may hold open. */
  readonly connectionsMax: number;
  readonly log: Log;
  /** Never throws. */
  answer(request: DoorRequest, requestId: string): Promise<DoorResponse>;
  /** Takes over a connection that wants to be a socket. Never throws. */
  upgrade(request: DoorRequest, incoming: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** Opens the door. Throws a sentence when the port is taken. */
export async function listen(options: ListenOptions): Promise<Door> {
  const server = createServer({
    headersTimeout: wire.headersTimeoutMs,
    requestTimeout: wire.requestTimeoutMs,
    connectionsCheckingInterval: wire.timeoutCheckMs,
    keepAliveTimeout: wire.keepAliveMs,
    maxHeaderSize: wire.headerBytesMax,
    // Whoever offers another protocol, such as h2c, may be answered in the one that they speak. A Node before 24.9 asks nobody, and they are refused.
    shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
  });
  // None is dropped unseen: too many are refused below.
  server.maxHeadersCount = 0;
  countConnections(server, { perAddressMax: options.connectionsMax, proxies: options.proxies });
  server.on('request', (request, response) => void serve(options, server, request, response));
  server.on('upgrade', (request, socket, head) => options.upgrade(doorRequest(options, request, new AbortController().signal), request, socket, head));
  server.on('connect', (_, socket) => endSocket(socket, 'HTTP/1.1 405 Method Not Allowed\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'));
  await opened(server, options);
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}`, close: () => closed(server) };
}

async function serve(options: ListenOptions, server: Server, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const requestId = newId('req');
  const gone = new AbortController();
  // One listener for each call to a subgraph that is under way.
  setMaxListeners(0, gone.signal);
  outgoing.on('close', () => { if (!outgoing.writableFinished) gone.abort(); });
  outgoing.on('error', () => gone.abort());
  try {
    const response = tooManyHeaders(incoming) ?? (await options.answer(doorRequest(options, incoming, gone.signal), requestId));
    // What is left of a body that nobody reads would be in the way of the next request.
    send(outgoing, response, requestId, server.listening && incoming.complete);
  } catch (error) {
    options.log.error({ err: error, requestId }, 'A request could not be answered.');
    incoming.socket.destroy();
  }
}

function doorRequest(options: ListenOptions, incoming: IncomingMessage, gone: AbortSignal): DoorRequest {
  const url = incoming.url ?? '/';
  const query = url.indexOf('?');
  const [path, search] = query < 0 ? [url, ''] : [url.slice(0, query), url.slice(query)];
  return { ...edgeFactsOf(incoming, options.proxies), method: incoming.method ?? 'GET', path, search, body: incoming, gone };
}

function tooManyHeaders(incoming: IncomingMessage): DoorResponse | undefined {
  return incoming.rawHeaders.length / 2 > wire.headersMax ? { status: 431, headers: { connection: 'close' }, body: '' } : undefined;
}

function send(outgoing: ServerResponse, response: DoorResponse, requestId: string, staysOpen: boolean): void {
  const { status, headers, body } = response;
  // A stream holds what must be let go of, also where nobody is there any more.
  if (outgoing.destroyed) return response.stream?.(outgoing);
  if (response.stream) {
    outgoing.writeHead(status, { ...always, ...headers, 'x-request-id': requestId });
    outgoing.flushHeaders();
    return response.stream(outgoing);
  }
  const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) };
  outgoing.writeHead(status, { ...always, ...(staysOpen ? {} : { connection: 'close' }), ...headers, 'x-request-id': requestId, ...length });
  // A text leaves with its headers in one piece.
  outgoing.end(body);
}

async function opened(server: Server, options: ListenOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${options.port} is taken: stop what listens there, or set PORT to another.`) : error);
    server.once('error', fail);
    server.listen(options.port, options.address, () => {
      server.off('error', fail);
      resolve();
    });
  });
}

async function closed(server: Server): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  const timer = setTimeout(() => server.closeAllConnections(), wire.drainMs);
  await ended;
  clearTimeout(timer);
}
