import type { Log } from '@haat/kit/log';
import type { NatsLink } from '@haat/kit/nats';
import type { Admission } from '../admission.js';
import type { GatewayConfig } from '../config.js';
import type { Explorers } from '../explorers/explorers.js';
import { answerOperation, originsAllowed } from '../http.js';
import type { Arrivals } from '../rate/arrivals.js';
import type { Supergraph } from '../supergraph.js';
import { connectionCounts } from './connection-counts.js';
import { eventStreams, type EventStreams } from './event-streams.js';
import { liveServer, type LiveServer } from './live-server.js';
import { live } from './live.js';

/** The two ways in which live fields are reached, over one set of feeds. */
export interface LiveDoor {
  readonly sockets: LiveServer;
  readonly eventStreams: EventStreams;
  /** Ends all, spread over a while. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** What they need of the gateway. */
export interface LiveDoorParts {
  readonly config: GatewayConfig;
  readonly log: Log;
  readonly nats?: NatsLink;
  readonly supergraph: Supergraph;
  readonly admission: Admission;
  readonly arrivals: Arrivals;
  readonly explorers?: Explorers;
}

/** Makes both. */
export function liveDoor(parts: LiveDoorParts): LiveDoor {
  const { config, log, nats, supergraph, admission, arrivals } = parts;
  const fields = live({ nats, supergraph, secret: config.GUEST_KEY_SECRET, log });
  const counts = connectionCounts({ perViewer: config.LIVE_CONNECTIONS_PER_VIEWER, perAddress: config.LIVE_CONNECTIONS_PER_ADDRESS, perTenant: config.LIVE_CONNECTIONS_PER_TENANT });
  const streams = eventStreams({ live: fields, admission, counts });
  const sockets = liveServer({
    live: fields, admission, arrivals, counts, log, supergraph, originsAllowed: originsAllowed(parts), messageBytesMax: config.BODY_BYTES_MAX,
    subscriptionsMax: config.LIVE_SUBSCRIPTIONS_PER_SOCKET, isSchemaHidden: !config.INTROSPECTION,
    answerOnce: (request, asked, context) => answerOperation({ supergraph }, request, asked, context),
  });
  return {
    sockets, eventStreams: streams,
    drain: async () => void (await Promise.all([sockets.drain(), streams.drain()])),
    close: () => fields.close(),
  };
}
