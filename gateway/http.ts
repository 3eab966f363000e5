import type { Log } from '@haat/kit/log';
import { span } from '@haat/kit/span';
import { logAnswered } from './access-log.js';
import type { AccessTokens } from './access-tokens.js';
import type { Admission } from './admission.js';
import { keptAnswer } from './cache/kept-answer.js';
import type { GatewayConfig } from './config.js';
import { corsHeaders, preflightResponse } from './cors.js';
import { jsonResponse, type DoorRequest, type DoorResponse } from './door-message.js';
import { addressList, isIn } from './edge.js';
import type { Explorers } from './explorers/explorers.js';
import { explorerOrigins } from './explorers/sandbox-page.js';
import type { Hooks } from './hooks.js';
import { readJsonBody } from './json-body.js';
import { asEventStream, wantsEventStream, type EventStreams } from './live/event-streams.js';
import { afterIn } from './live/live-operation.js';
import type { OperationContext } from './operation-context.js';
import { HttpRefusal, refusedResponse } from './refused-response.js';
import { askedOperation, asksForKnownOnly, knownOnlyHeader } from './operations/asked-operation.js';
import { chargingStrangers, type Arrivals } from './rate/arrivals.js';
import type { AnswerFile, Sites } from './sites/sites.js';
import type { Supergraph } from './supergraph.js';

/** Everything behind the door. */
export interface HttpParts {
  readonly config: GatewayConfig;
  readonly log: Log;
  readonly admission: Admission;
  readonly arrivals: Arrivals;
  readonly supergraph: Supergraph;
  readonly hooks: Hooks;
  readonly eventStreams: EventStreams;
  readonly accessTokens?: AccessTokens;
  /** Pages for developers; absent where there are none. */
  readonly explorers?: Explorers;
  /** Web applications; none unless configured. */
  readonly sites?: Sites;
  /** What is not ready, in words; empty when all is. */
  unready(): readonly string[];
  /** The figures in Prometheus' text format. */
  metrics?(): Promise<string>;
}

/** Answers requests at the door by their path, compared as it came: nothing is decoded or cleaned up. */
export type AnswerRequest = (request: DoorRequest, requestId: string) => Promise<DoorResponse>;

/** How long others may keep our public keys, in seconds. */
const keysMaxAgeSeconds = 300;

/** What an answer to an operation depends on, beside its text. */
const variesBy = 'Accept, Accept-Language, Authorization, Origin, Host, X-Haat-Tenant, X-Haat-Cart, X-Haat-Order';

interface Page {
  readonly methods: readonly string[];
  answer(request: DoorRequest): Promise<DoorResponse>;
}

/** Makes the routes. */
export function httpRoutes(parts: HttpParts): AnswerRequest {
  const pages = new Map([...plainPages(parts), ...explorerPages(parts.explorers)]);
  return async (request, requestId) => {
    if (request.path === '/graphql') return serveGraphql(parts, request, requestId);
    if (request.path.startsWith('/hooks/')) return serveHook(parts, request, requestId);
    return servePage(parts, pages.get(request.path) ?? filePage(await parts.sites?.find(request.path)), request);
  };
}

/** One GraphQL request: a bounded body, whose and who's, then the answer; whatever stops it is answered as GraphQL. */
async function serveGraphql(parts: HttpParts, request: DoorRequest, requestId: string): Promise<DoorResponse> {
  const startedAt = performance.now();
  const seen: { context?: OperationContext } = {};
  const answered = await answerGraphql(parts, request, requestId, seen).catch((error: unknown) => refusedResponse(error, request, parts.log));
  const response = keptAnswer(request, answered, seen.context);
  logAnswered(parts.log, { method: request.method, door: 'graphql', status: response.status, requestId, startedAt, context: seen.context });
  const language: Record<string, string> = seen.context ? { 'content-language': seen.context.internal.locale } : {};
  const headers = { ...response.headers, ...language, ...seen.context?.record.quota, ...corsHeaders(request.headers['origin'], originsAllowed(parts)), vary: variesBy };
  return { ...response, headers };
}

async function answerGraphql(parts: HttpParts, request: DoorRequest, requestId: string, seen: { context?: OperationContext }): Promise<DoorResponse> {
  const methods = ['GET', 'POST', 'OPTIONS'];
  if (request.method === 'OPTIONS') return preflightResponse(request, originsAllowed(parts), methods);
  if (!methods.includes(request.method)) throw new HttpRefusal(405, 'Expected GET or POST.', { allow: methods.join(', ') });
  parts.arrivals.arrive(request.clientAddress);
  const body = request.method === 'POST' ? await readJsonBody(request, parts.config.BODY_BYTES_MAX) : undefined;
  const context = await chargingStrangers(parts.arrivals, request.clientAddress, () => parts.admission.admit(request, requestId));
  seen.context = context;
  if (wantsEventStream(request)) return answerAsStream(parts, request, body, { context, requestId });
  return answerOperation(parts, request, body, context);
}

/** An operation with one answer. */
export function answerOperation(parts: Pick<HttpParts, 'supergraph'>, request: DoorRequest, body: unknown, context: OperationContext): Promise<DoorResponse> {
  const { tenant, requestId } = context.internal;
  return span('graphql', { kind: 'SERVER', tenant: tenant.id, attributes: { 'haat.request': requestId } },
    () => parts.supergraph.use((server) => server.answer(request, body, context)));
}

/** A subscription as a stream without end; anything else as a stream of one answer. */
async function answerAsStream(parts: HttpParts, request: DoorRequest, body: unknown, { context, requestId }: { readonly context: OperationContext; readonly requestId: string }): Promise<DoorResponse> {
  const operation = askedOperation(request, body);
  const after = request.headers['last-event-id'] ?? afterIn(operation.extensions);
  const asked = { asked: operation, isHeld: asksForKnownOnly(request.headers[knownOnlyHeader]), after };
  if (await parts.supergraph.use((server) => server.asksForSubscription(asked, context))) return parts.eventStreams.subscribe(request, asked, requestId);
  const response = await answerOperation(parts, { ...request, headers: { ...request.headers, accept: 'application/json' } }, body, context);
  return response.status === 200 && typeof response.body === 'string' ? { status: 200, ...asEventStream(response.body) } : response;
}

/** Origins of pages that may call, the explorers' own among them where there are any. */
export function originsAllowed({ config, explorers }: Pick<HttpParts, 'config' | 'explorers'>): readonly string[] {
  return explorers ? [...config.CORS_ORIGINS, ...explorerOrigins] : config.CORS_ORIGINS;
}

async function serveHook(parts: HttpParts, request: DoorRequest, requestId: string): Promise<DoorResponse> {
  const startedAt = performance.now();
  const seen: { context?: OperationContext } = {};
  const response = await parts.hooks.serve(request, requestId, (context) => { seen.context = context; })
    .catch((error: unknown) => refusedResponse(error, request, parts.log));
  // A name that somebody made up is no label of a metric.
  const door = seen.context ? (parts.hooks.subgraphOf(request.path) ?? 'hooks') : 'hooks';
  logAnswered(parts.log, { method: request.method, door, status: response.status, requestId, startedAt, context: seen.context });
  return response;
}

async function servePage(parts: HttpParts, page: Page | undefined, request: DoorRequest): Promise<DoorResponse> {
  if (!page) return jsonResponse(404, { code: 'NOT_FOUND' });
  if (!page.methods.includes(request.method)) return { ...jsonResponse(405, { code: 'NOT_FOUND' }), headers: { allow: page.methods.join(', ') } };
  return page.answer(request).catch((error: unknown) => refusedResponse(error, request, parts.log));
}

function plainPages(parts: HttpParts): ReadonlyMap<string, Page> {
  const methods = ['GET', 'HEAD'];
  const readers = addressList(parts.config.METRICS_READERS);
  const mayRead = (request: DoorRequest): boolean => request.isDirect && isIn(readers, request.clientAddress);
  return new Map<string, Page>([
    ['/health', { methods, answer: async () => jsonResponse(200, { status: 'alive' }) }],
    ['/ready', { methods, answer: async (request) => readiness(parts, mayRead(request)) }],
    ['/metrics', { methods, answer: async (request) => metricsFor(mayRead(request) ? parts.metrics : undefined) }],
    ['/.well-known/jwks.json', { methods, answer: async () => publicKeys(parts.accessTokens) }],
  ]);
}

function filePage(answer: AnswerFile | undefined): Page | undefined {
  return answer && { methods: ['GET', 'HEAD'], answer };
}

function explorerPages(explorers: Explorers = new Map()): [string, Page][] {
  return [...explorers].map(([path, answer]) => [path, { methods: ['GET', 'HEAD'], answer }]);
}

/** A supergraph that was refused makes nobody unready: the old one serves. Why it was names the inside, so only those who may read figures are told. */
function readiness({ unready, supergraph }: HttpParts, mayKnow: boolean): DoorResponse {
  const waitsFor = unready();
  const refused = mayKnow && supergraph.refused !== undefined ? { supergraphRefused: supergraph.refused } : {};
  return waitsFor.length === 0 ? jsonResponse(200, { status: 'ready', ...refused }) : jsonResponse(503, { status: 'not ready', waitsFor, ...refused });
}

async function metricsFor(metrics: HttpParts['metrics']): Promise<DoorResponse> {
  if (!metrics) return jsonResponse(404, { code: 'NOT_FOUND' });
  return { status: 200, headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }, body: await metrics() };
}

async function publicKeys(accessTokens: AccessTokens | undefined): Promise<DoorResponse> {
  if (!accessTokens) return jsonResponse(404, { code: 'NOT_FOUND' });
  return jsonResponse(200, await accessTokens.keys(), { 'cache-control': `public, max-age=${keysMaxAgeSeconds}`, 'access-control-allow-origin': '*' });
}
