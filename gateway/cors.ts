import { HttpRefusal } from './refused-response.js';
import type { DoorRequest, DoorResponse } from './door-message.js';

/** How long a browser may keep the answer to its question, in seconds. */
const preflightSeconds = 600;

/** What pages may send, beside what any page may. No cookie of ours exists, so credentials are never allowed. */
const headersAllowed = [
  'authorization', 'content-type', 'accept-language', 'idempotency-key', 'x-haat-tenant', 'x-haat-cart', 'x-haat-order',
  'x-haat-operations', 'x-apollo-operation-name', 'apollo-require-preflight', 'last-event-id',
];

const headersExposed = ['x-request-id', 'content-language', 'retry-after', 'ratelimit', 'ratelimit-policy'];

/** Whether pages of an origin may call us, by HTTP or by socket. Origins are compared whole; one that is hidden is nobody's. */
export function isOriginAllowed(origin: string | undefined, allowed: readonly string[]): origin is string {
  return origin !== undefined && origin !== 'null' && allowed.includes(origin);
}

/** The headers that let a page of an allowed origin read an answer; none for all others. */
export function corsHeaders(origin: string | undefined, allowed: readonly string[]): Record<string, string> {
  if (!isOriginAllowed(origin, allowed)) return {};
  return { 'access-control-allow-origin': origin, 'access-control-expose-headers': headersExposed.join(', ') };
}

/** Answers a browser that asks before it sends (Fetch standard, CORS preflight). */
export function preflightResponse(request: DoorRequest, allowed: readonly string[], methods: readonly string[]): DoorResponse {
  const origin = request.headers['origin'];
  if (origin === undefined || request.headers['access-control-request-method'] === undefined) {
    throw new HttpRefusal(405, 'Expected another method.', { allow: methods.join(', ') });
  }
  const headers = corsHeaders(origin, allowed);
  const permits = {
    'access-control-allow-methods': methods.join(', '),
    'access-control-allow-headers': headersAllowed.join(', '),
    'access-control-max-age': String(preflightSeconds),
    // A public page that calls a machine of the visitor's own network asks for this too (Private Network Access).
    ...(request.headers['access-control-request-private-network'] === 'true' && { 'access-control-allow-private-network': 'true' }),
  };
  return { status: 204, headers: 'access-control-allow-origin' in headers ? { ...headers, ...permits } : {}, body: '' };
}
