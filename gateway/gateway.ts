import { systemClock, type Clock } from '@haat/kit/clock';
import type { Log } from '@haat/kit/log';
import { answerOverNats, type AnswerAsk } from '@haat/kit/ask';
import type { NatsLink } from '@haat/kit/nats';
import type { SigningKey, TrustedKeys } from '@haat/kit/signing';
import { admission } from './admission.js';
import { gatewayAnswers } from './answers.js';
import { doorAsks, type Asks } from './asks.js';
import type { GatewayConfig } from './config.js';
import { addressList } from './edge.js';
import { makeEngine, type SourceFor } from './engine/engine.js';
import { inProcessSource } from './engine/in-process-source.js';
import { remoteSource } from './engine/remote-source.js';
import type { ExplorerSettings } from './explorers/explorer-settings.js';
import { explorers } from './explorers/explorers.js';
import { liveDoor } from './live/live-door.js';
import { listenForChanges, type Freshness } from './freshness.js';
import { startGraphqlServer } from './graphql-server.js';
import { hooks } from './hooks.js';
import { httpRoutes } from './http.js';
import { askedIdentity } from './identity.js';
import { operationGate, type OperationGate } from './limits/operation-gate.js';
import { knownOperations, type KnownOperations } from './operations/known-operations.js';
import { watchSafeList } from './operations/watch-safe-list.js';
import { listen } from './listen.js';
import type { LocalSubgraph } from './local-subgraph.js';
import { askedPartners, heldByPartners } from './partners.js';
import { arrivals } from './rate/arrivals.js';
import { partnerSpending } from './rate/partner-spending.js';
import { rateLimits } from './rate/rate-limits.js';
import { sharedLevels } from './rate/shared-levels.js';
import { spending } from './rate/spending.js';
import { openSites } from './sites/sites.js';
import { remoteSubgraphs, type RemoteSubgraph, type RemoteSubgraphs } from './subgraph-addresses.js';
import { subgraphRequests, type SubgraphRequests } from './subgraph-request.js';
import { serveSupergraph, type Supergraph } from './supergraph.js';
import { askedTenants } from './tenant.js';
import { watchSupergraph, type Watching } from './watch-supergraph.js';

/** What a gateway is started with. */
export interface GatewayOptions {
  readonly config: GatewayConfig;
  /** With `file` another text in it is taken up while we run; files are looked at every second, or every `lookEveryMs` milliseconds. */
  readonly supergraph: { readonly sdl: string; readonly file?: string; readonly lookEveryMs?: number };
  /** `remote`: over the network, by the addresses of the supergraph or the environment. Else the subgraphs of this process, by name. */
  readonly sources: 'remote' | ReadonlyMap<string, LocalSubgraph>;
  /** Wins over the configuration's; 0 takes a free one. */
  readonly port?: number;
  readonly log: Log;
  readonly clock?: Clock;
  /** Reaches tenants and identity. Without it there is no tenant and everybody is a guest. */
  readonly asks?: Asks;
  /** Where events make kept answers stale. Without it they are kept for a shorter time. */
  readonly nats?: NatsLink;
  /** Signs the internal context. Without it nothing is signed, and subgraphs of ours refuse. */
  readonly key?: SigningKey;
  /** Whose asks the gateway answers; without it, nobody's. */
  readonly trusted?: TrustedKeys;
  /** Addresses of subgraphs from the environment, as `subgraphAddresses` reads them. */
  readonly addresses?: ReadonlyMap<string, string>;
  /** Whom the explorers of development offer to sign in as, and where they look first. */
  readonly explorers?: Partial<Pick<ExplorerSettings, 'logins' | 'tenant'>>;
  /** What `/metrics` shows. */
  readonly metrics?: () => Promise<string>;
}

/** A gateway that answers. */
export interface RunningGateway {
  readonly url: string;
  /** Answers asks of the same process; absent where nobody's are believed. */
  readonly answer?: AnswerAsk;
  /** Serves another supergraph from the next request on. Throws when it is not good; the old one is then served on. */
  swap(sdl: string): Promise<void>;
  /** Lets running requests finish for a while, then stops. */
  close(): Promise<void>;
}

/** Starts the public door. Throws a sentence when the supergraph or a list of operations is not good, an address is missing or the port is taken. */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { config, log, sources } = options;
  const clock = options.clock ?? systemClock;
  const requests = subgraphRequests({ key: options.key, clock, timeoutMs: config.SUBGRAPH_TIMEOUT_MS, breaker: { openMs: config.SUBGRAPH_REST_MS } });
  const remotes = remoteSubgraphs(options.addresses ?? new Map());
  const sites = await openSites(config.SITES);
  const safeList = await watchSafeList(config.OPERATIONS, log, options.supergraph.lookEveryMs);
  const freshness = listenForChanges(options.nats, log);
  const known = options.asks && knownBy(doorAsks(options.asks, log), clock, freshness, log);
  const operations = knownOperations({ knownOnly: config.KNOWN_OPERATIONS_ONLY, safeList: safeList.current, partners: known?.partners });
  const rates = rateLimits(clock, options.nats && sharedLevels(options.nats), log);
  const paying = arrivals(rates, config);
  // One gate for all supergraphs that follow each other: what is known of texts outlives each.
  const gate = operationGate(spending(rates, config, known && { partners: known.partners, days: known.days }));
  const supergraph = await startSupergraph(options, { remotes, requests, operations, gate });
  const watching = watchFile(options, supergraph);
  const answerAsk = options.trusted && gatewayAnswers({ trusted: options.trusted, clock, log, supergraph });
  const asked = answerAsk && options.nats && answerOverNats(options.nats, 'gateway', answerAsk);
  const letIn = admission({ config, clock, known });
  const find = (name: string) => (sources === 'remote' ? findRemote(name, supergraph, remotes) : sources.get(name));
  let isClosing = false;
  const developers = config.EXPLORERS ? explorers({ logins: [], ...options.explorers, baseDomains: config.BASE_DOMAINS }) : undefined;
  const feeds = liveDoor({ config, log, nats: options.nats, supergraph, admission: letIn, arrivals: paying, explorers: developers });
  const answer = httpRoutes({
    config, log, supergraph, admission: letIn, arrivals: paying, eventStreams: feeds.eventStreams,
    hooks: hooks({ config, clock, log, admission: letIn, arrivals: paying, requests, find }),
    accessTokens: known?.identity.accessTokens,
    metrics: options.metrics,
    explorers: developers,
    sites,
    unready: () => [...(isClosing ? ['closing'] : []), ...(isUnreachable(options) ? ['the broker'] : [])],
  });
  const door = await listen({ port: options.port ?? config.PORT, address: config.LISTEN_ADDRESS, proxies: addressList(config.TRUSTED_PROXIES), connectionsMax: config.CONNECTIONS_PER_ADDRESS, log, answer, upgrade: feeds.sockets.upgrade })
    .catch(async (error: unknown) => {
      await Promise.all([watching?.close(), safeList.close()]);
      await Promise.all([supergraph.close(), remotes.close()]);
      throw error;
    });
  return {
    url: door.url,
    answer: answerAsk,
    swap: (sdl) => supergraph.swap(sdl),
    async close() {
      isClosing = true;
      freshness.close();
      await Promise.all([watching?.close(), safeList.close()]);
      await feeds.drain();
      await door.close();
      await feeds.close();
      await asked?.close();
      await known?.days.close();
      await supergraph.close();
      await remotes.close();
      requests.close();
    },
  };
}

/** Without the broker a gateway that stands alone finds no tenant; one that lost it goes on with what it keeps. */
function isUnreachable({ nats, sources }: GatewayOptions): boolean {
  return nats !== undefined && sources === 'remote' && nats.connection === undefined;
}

interface SupergraphParts {
  readonly remotes: RemoteSubgraphs;
  readonly requests: SubgraphRequests;
  readonly operations: KnownOperations;
  readonly gate: OperationGate;
}

function startSupergraph(options: GatewayOptions, { remotes, requests, operations, gate }: SupergraphParts): Promise<Supergraph> {
  const { config, log } = options;
  const sourceFor = sourcesOf(options, remotes, requests);
  const start = (sdl: string) => startGraphqlServer(makeEngine(sdl, sourceFor, log), { introspection: config.INTROSPECTION, gate, operations, log });
  return serveSupergraph(options.supergraph.sdl, start, log);
}

function watchFile({ supergraph: { sdl, file, lookEveryMs }, log }: GatewayOptions, supergraph: Supergraph): Watching | undefined {
  return file === undefined ? undefined : watchSupergraph({ file, sdl, log, everyMs: lookEveryMs, swap: (next) => supergraph.swap(next) });
}

function sourcesOf({ sources, log }: GatewayOptions, remotes: RemoteSubgraphs, requests: SubgraphRequests): SourceFor {
  return (name, url) => {
    if (sources === 'remote') return remoteSource(remotes.of(name, url), requests, log);
    const subgraph = sources.get(name);
    if (!subgraph) throw new Error(`The supergraph names the subgraph ${name}, which does not run in this process.`);
    return inProcessSource(subgraph, requests, log);
  };
}

function knownBy(asks: Asks, clock: Clock, freshness: Freshness, log: Log) {
  const partners = askedPartners(asks, clock, freshness);
  const identity = heldByPartners(askedIdentity(asks, clock, freshness), partners);
  return { tenants: askedTenants(asks, clock, freshness), identity, partners, days: partnerSpending(asks, clock, log) };
}

/** Only what the supergraph was composed of has hooks. */
function findRemote(name: string, supergraph: Supergraph, remotes: RemoteSubgraphs): RemoteSubgraph | undefined {
  const found = supergraph.subgraphs.get(name);
  return found && remotes.of(name, found.url);
}
