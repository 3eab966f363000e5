import { writeFile } from 'node:fs/promises';
import { systemClock } from '@haat/kit/clock';
import { makeSigningKeys, readSigningKey, readTrustedKeys } from '@haat/kit/signing';
import { usedOnce } from '@haat/kit/used-once';
import { makeLog } from '@haat/kit/log';
import { gatewayConfig, type GatewayConfig } from '../config.js';
import { startGateway, type GatewayOptions, type RunningGateway } from '../gateway.js';
import { fixtureMarketplace, type Interference } from './fixture-marketplace.js';
import { composed, fixtureSubgraph, serveFixture, type FixtureDefinition, type ServedFixture } from './fixture-subgraphs.js';

/** The two ways in which subgraphs are reached. */
export const transports = ['in this process', 'over HTTP'] as const;
/** One of them. */
export type Transport = (typeof transports)[number];

/** A gateway over the fixture's subgraphs, and everything around it. */
export interface FixtureGateway extends RunningGateway {
  /** What the log said, one JSON text each. */
  readonly lines: string[];
  /** The supergraph that is served at first. */
  readonly sdl: string;
  /** Stops one subgraph. Over HTTP only. */
  stop(subgraph: string): Promise<void>;
  /** Sends an operation as JSON, in acme unless the headers say otherwise. */
  ask(query: string, options?: AskOptions): Promise<AskAnswer>;
}

/** What goes with an operation. */
export interface AskOptions {
  readonly variables?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
  readonly operationName?: string;
}

/** What came back. */
export interface AskAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: { readonly data?: Record<string, unknown> | null; readonly errors?: readonly FixtureError[]; readonly extensions?: unknown };
}

interface FixtureError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Record<string, unknown>;
}

/** How it differs from the usual one. */
export interface FixtureGatewayOptions extends Partial<Pick<GatewayOptions, 'asks' | 'nats' | 'clock' | 'metrics' | 'explorers' | 'trusted'>> {
  readonly transport?: Transport;
  readonly config?: Partial<GatewayConfig>;
  readonly interference?: Interference;
  /** False: subgraphs that are not ours, nothing signed. */
  readonly isSigned?: boolean;
  readonly definitions?: readonly FixtureDefinition[];
  /** Where the supergraph is written, and watched. */
  readonly supergraphFile?: string;
  /** How often files are looked at, in milliseconds. */
  readonly lookEveryMs?: number;
}

/** Starts subgraphs and a gateway over them on free ports. */
export async function startFixtureGateway(options: FixtureGatewayOptions = {}): Promise<FixtureGateway> {
  const definitions = options.definitions ?? fixtureMarketplace(options.interference);
  const { privateJwk, publicJwk } = await makeSigningKeys('gateway');
  const isSigned = options.isSigned ?? true;
  const clock = options.clock ?? systemClock;
  const insists = isSigned ? { trusted: await readTrustedKeys(JSON.stringify({ keys: [publicJwk] })), used: usedOnce(), clock } : undefined;
  const served = new Map<string, ServedFixture>();
  if (options.transport === 'over HTTP') for (const d of definitions) served.set(d.name, await serveFixture(d, insists));
  const sdl = composed(definitions, new Map([...served].map(([name, { url }]) => [name, url])));
  if (options.supergraphFile !== undefined) await writeFile(options.supergraphFile, sdl);
  const lines: string[] = [];
  const gateway = await startGateway({
    config: { ...gatewayConfig.parse({ PORT: '0', EXPLORERS: 'false', GUEST_KEY_SECRET: 's'.repeat(32) }), ...options.config },
    supergraph: { sdl, file: options.supergraphFile, lookEveryMs: options.lookEveryMs ?? 20 },
    sources: served.size > 0 ? 'remote' : new Map(definitions.map((d) => [d.name, fixtureSubgraph(d, insists)])),
    log: makeLog('gateway', 'info', { write: (line) => void lines.push(line) }),
    key: isSigned ? await readSigningKey(JSON.stringify(privateJwk)) : undefined,
    asks: options.asks, nats: options.nats, clock, metrics: options.metrics, explorers: options.explorers, trusted: options.trusted,
  });
  return {
    ...gateway,
    lines, sdl,
    stop: async (subgraph) => served.get(subgraph)?.close(),
    ask: (query, ask) => send(gateway.url, query, ask),
    async close() {
      await gateway.close();
      await Promise.all([...served.values()].map((fixture) => fixture.close()));
    },
  };
}

async function send(url: string, query: string, { variables, headers, operationName }: AskOptions = {}): Promise<AskAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', 'x-haat-tenant': 'acme', ...headers },
    body: JSON.stringify({ query, variables, operationName }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as AskAnswer['body'] };
}
