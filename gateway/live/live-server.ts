import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Log } from '@haat/kit/log';
import { gauge } from '@haat/kit/meter';
import { pause } from '@haat/kit/pause';
import { WebSocketServer } from 'ws';
import type { Admission } from '../admission.js';
import { isOriginAllowed } from '../cors.js';
import { endSocket } from '../end-socket.js';
import type { DoorRequest, DoorResponse } from '../door-message.js';
import type { OperationContext } from '../operation-context.js';
import type { AskedOperation } from '../operations/asked-operation.js';
import type { Arrivals } from '../rate/arrivals.js';
import type { Supergraph } from '../supergraph.js';
import { closeCodes } from './close-codes.js';
import type { ConnectionCounts } from './connection-counts.js';
import { liveLimits } from './live-limits.js';
import { liveConnections } from './live-meters.js';
import { LiveSocket } from './live-socket.js';
import type { Live } from './live.js';

/** What sockets are served with. */
export interface LiveServerParts {
  readonly live: Live;
  readonly admission: Admission;
  readonly arrivals: Arrivals;
  readonly counts: ConnectionCounts;
  readonly log: Log;
  /** Origins of pages that may open sockets, beside those of our own host. */
  readonly originsAllowed: readonly string[];
  readonly messageBytesMax: number;
  readonly subscriptionsMax: number;
  readonly isSchemaHidden: boolean;
  readonly supergraph: Pick<Supergraph, 'use'>;
  /** Answers a query or mutation as over HTTP. */
  answerOnce(request: DoorRequest, asked: AskedOperation, context: OperationContext): Promise<DoorResponse>;
}

/** Serves sockets. */
export interface LiveServer {
  /** Takes over a request to upgrade. */
  upgrade(request: DoorRequest, incoming: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes all sockets, spread over a while so that clients come back spread. */
  drain(): Promise<void>;
}

/** The subprotocol of graphql-ws. */
const subprotocol = 'graphql-transport-ws';

/** Makes it. */
export function liveServer(parts: LiveServerParts): LiveServer {
  const sockets = new Set<LiveSocket>();
  const wire = new WebSocketServer({ noServer: true, maxPayload: parts.messageBytesMax, perMessageDeflate: false, handleProtocols: (offered) => offered.has(subprotocol) && subprotocol });
  const pinging = setInterval(() => sockets.forEach((socket) => socket.ping()), liveLimits.pingMs).unref();
  const checking = setInterval(() => sockets.forEach((socket) => void socket.checkRights()), liveLimits.rightsMs).unref();
  const stopCounting = gauge(liveConnections, () => [{ labels: { kind: 'socket' }, value: sockets.size }]);
  let isDraining = false;
  return {
    upgrade(request, incoming, socket, head) {
      const refused = isDraining ? 503 : refusedStatus(request, parts.originsAllowed);
      const leave = refused === undefined ? entered(parts, request) : undefined;
      if (!leave) return refuse(socket, refused ?? 429);
      socket.once('close', leave);
      wire.handleUpgrade(incoming, socket, head, (opened) => {
        // What breaks the protocol of sockets itself is answered by the socket's own close codes, whoever it is.
        opened.on('error', () => undefined);
        if (opened.protocol !== subprotocol) return opened.close(closeCodes.subprotocol, 'Expected the subprotocol graphql-transport-ws.');
        const live = new LiveSocket(parts, opened, request, () => sockets.delete(live));
        sockets.add(live);
      });
    },
    async drain() {
      isDraining = true;
      clearInterval(pinging);
      clearInterval(checking);
      stopCounting();
      const overMs = Math.min(liveLimits.drainMs, sockets.size * liveLimits.drainMsPerSocket);
      await Promise.all([...sockets].map(async (socket) => {
        await pause(Math.random() * overMs, new AbortController().signal);
        socket.close(closeCodes.restart, 'This gateway stops. Come back.');
      }));
      wire.close();
    },
  };
}

/** Why a request to upgrade is refused; undefined when it is not. What stands in an address is written into logs, so nothing is taken from there. */
function refusedStatus({ path, search, headers, host }: DoorRequest, originsAllowed: readonly string[]): number | undefined {
  if (path !== '/graphql') return 404;
  if (search !== '') return 400;
  const origin = headers['origin'];
  const isOwn = origin === undefined || (URL.canParse(origin) && new URL(origin).hostname === host);
  return isOwn || isOriginAllowed(origin, originsAllowed) ? undefined : 403;
}

function entered({ counts, arrivals }: LiveServerParts, { clientAddress }: DoorRequest): (() => void) | undefined {
  try {
    arrivals.arrive(clientAddress);
    return counts.enter(clientAddress);
  } catch {
    return undefined;
  }
}

const reasons: Readonly<Record<number, string>> = { 400: 'Bad Request', 403: 'Forbidden', 404: 'Not Found', 429: 'Too Many Requests', 503: 'Service Unavailable' };

function refuse(socket: Duplex, status: number): void {
  endSocket(socket, `HTTP/1.1 ${status} ${reasons[status] ?? ''}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
