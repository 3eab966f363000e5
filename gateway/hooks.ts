import { BodyTooLarge, type HttpResponse } from '@haat/kit/http';
import type { Clock } from '@haat/kit/clock';
import type { Log } from '@haat/kit/log';
import { Refusal, unavailable } from '@haat/kit/refusal';
import { span } from '@haat/kit/span';
import { Readable } from 'node:stream';
import type { Admission } from './admission.js';
import type { GatewayConfig } from './config.js';
import type { DoorRequest, DoorResponse } from './door-message.js';
import { looksLikeOurToken } from './identity.js';
import type { LocalSubgraph } from './local-subgraph.js';
import type { OperationContext } from './operation-context.js';
import { HttpRefusal } from './refused-response.js';
import { chargingStrangers, type Arrivals } from './rate/arrivals.js';
import { spool, SpoolRoom, type SpooledBody } from './spool.js';
import { refusedAsTooLarge, type RemoteSubgraph } from './subgraph-addresses.js';
import { aPart } from './subgraph-breakers.js';
import { contextHeaders, type SubgraphRequests } from './subgraph-request.js';

/** `/hooks/<subgraph>/…`: plain segments only, so that nothing means another path to whoever reads it next. */
const hookPath = /^\/hooks\/([a-z][a-z0-9-]{0,62})((?:\/[A-Za-z0-9_~@:+=-][A-Za-z0-9._~@:+=-]{0,199}){1,8})$/;

const methods = ['GET', 'POST', 'PUT'];

/** Of the room for bodies, what those take who bring no token of ours: strangers keep nobody's upload out. */
const strangersShare = 0.25;

/** Headers between two neighbours (RFC 9110, section 7.6.1), and those that we set anew. */
const notPassedOn = new Set([
  'connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade',
  'host', 'content-length', 'expect', 'cookie', 'origin', 'x-haat-tenant', 'x-haat-cart', 'x-haat-order',
]);

/** What a subgraph may say in the headers of its answer. */
const answerHeaders = new Set(['content-type', 'content-disposition', 'content-language', 'cache-control', 'etag', 'last-modified', 'location', 'retry-after']);

/** Those, and what a provider wants to be shown by a name of its own. */
function isPassedBack(name: string): boolean {
  return answerHeaders.has(name) || (name.startsWith('x-') && !name.startsWith('x-haat-') && name !== 'x-powered-by');
}

/** Passes provider callbacks, uploads and downloads on to the subgraph that they are for. */
export interface Hooks {
  /** Which subgraph a path is for; undefined when it is no hook's. */
  subgraphOf(path: string): string | undefined;
  serve(request: DoorRequest, requestId: string, onAdmitted: (context: OperationContext) => void): Promise<DoorResponse>;
}

/** What they are passed on with. */
export interface HookParts {
  readonly config: GatewayConfig;
  readonly clock: Clock;
  readonly log: Log;
  readonly admission: Admission;
  readonly arrivals: Arrivals;
  readonly requests: SubgraphRequests;
  /** Where a subgraph is; undefined when there is none of that name. */
  find(name: string): LocalSubgraph | RemoteSubgraph | undefined;
}

/** Makes it. */
export function hooks(parts: HookParts): Hooks {
  const { HOOK_BYTES_MAX, CALLBACK_BYTES_MAX, HOOK_SPOOL_BYTES_MAX } = parts.config;
  const ofUploads = { bytesMax: HOOK_BYTES_MAX, room: new SpoolRoom(HOOK_SPOOL_BYTES_MAX * (1 - strangersShare)) };
  const ofCallbacks = { bytesMax: Math.min(CALLBACK_BYTES_MAX, HOOK_BYTES_MAX), room: new SpoolRoom(HOOK_SPOOL_BYTES_MAX * strangersShare) };
  return {
    subgraphOf: (path) => hookPath.exec(path)?.[1],
    async serve(request, requestId, onAdmitted) {
      const [, name = '', rest = ''] = hookPath.exec(request.path) ?? [];
      const target = name === '' ? undefined : parts.find(name);
      if (!target) throw new HttpRefusal(404, 'There is nothing here.');
      if (!methods.includes(request.method)) throw new HttpRefusal(405, 'Expected another method.', { allow: methods.join(', ') });
      parts.arrivals.arrive(request.clientAddress);
      const isOurs = looksLikeOurToken(request.headers['authorization']);
      const limits = isOurs ? ofUploads : ofCallbacks;
      if (Number(request.headers['content-length'] ?? 0) > limits.bytesMax) throw new BodyTooLarge(limits.bytesMax);
      const context = await admitted(parts, request, requestId, isOurs ? undefined : rest.slice(rest.lastIndexOf('/') + 1));
      onAdmitted(context);
      await using body = await spool(request.body, { ...limits, pay: (bytes) => parts.arrivals.carry(request.clientAddress, bytes) });
      const answer = await span('hook', { kind: 'SERVER', tenant: context.internal.tenant.id, attributes: { 'haat.subgraph': name } },
        () => passOn(parts, target, request, inTimeFor(parts, context), body));
      return answerFor(answer);
    },
  };
}

/** Who brings a token of ours calls for itself; everybody else is a provider, and the path's last segment names the tenant. */
function admitted({ admission, arrivals }: HookParts, request: DoorRequest, requestId: string, slug: string | undefined): Promise<OperationContext> {
  return chargingStrangers(arrivals, request.clientAddress, () => (slug === undefined ? admission.admit(request, requestId) : admission.admitProvider(request, requestId, slug)));
}

/** The subgraph's time begins when the body is here. */
function inTimeFor({ clock, config }: HookParts, context: OperationContext): OperationContext {
  return { ...context, internal: { ...context.internal, deadlineAt: clock.now().getTime() + config.REQUEST_TIMEOUT_MS } };
}

async function passOn(parts: HookParts, target: LocalSubgraph | RemoteSubgraph, request: DoorRequest, context: OperationContext, body: SpooledBody): Promise<HttpResponse> {
  const token = await parts.requests.signDigest(context, target.name, body.digest);
  const headers = { ...passedHeaders(request), ...contextHeaders(token), 'x-haat-digest': body.digest, 'content-length': String(body.bytes) };
  const url = request.path + request.search;
  return parts.requests.timed(context, target.name, (signal) => 'handle' in target
    ? target.handle({ method: request.method, url, headers, body: body.content() })
    : send(parts, target, { method: request.method, url, headers, body }, signal), request.method !== 'GET');
}

interface Passed {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: SpooledBody;
}

async function send(parts: HookParts, target: RemoteSubgraph, { method, url, headers, body }: Passed, signal: AbortSignal): Promise<HttpResponse> {
  const content = body.content();
  const sent = method === 'GET' ? null : content instanceof Uint8Array ? content : Readable.from(content);
  try {
    const response = await target.routes.request({ path: url, method: method as 'GET' | 'POST' | 'PUT', headers, body: sent, signal });
    const entries = Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')] as const);
    return { status: response.statusCode, headers: Object.fromEntries(entries), body: await response.body.bytes() };
  } catch (error) {
    if (!signal.aborted) parts.log.warn({ err: error, subgraph: target.name }, 'A subgraph could not be asked.');
    throw refusedAsTooLarge(error) ?? unavailable(aPart);
  }
}

/** The sender's own authorization belongs to the provider's signature; a token of ours has done its work here. */
function passedHeaders({ headers }: DoorRequest): Record<string, string> {
  const isOurs = looksLikeOurToken(headers['authorization']);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !notPassedOn.has(name) && !(isOurs && name === 'authorization')));
}

function answerFor({ status, headers, body }: HttpResponse): DoorResponse {
  // Our own signature refused, or a bug: neither is the caller's to see.
  if (status >= 500) throw new Refusal('INTERNAL', 'The hook failed.');
  return { status, headers: Object.fromEntries(Object.entries(headers).filter(([name]) => isPassedBack(name.toLowerCase()))), body };
}
