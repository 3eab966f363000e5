import { inputProblems, type RefusalCode } from '@haat/kit/refusal';
import { BodyTooLarge } from '@haat/kit/http';
import { GraphQLError } from 'graphql';
import { jsonResponse, type DoorRequest, type DoorResponse } from './door-message.js';
import { leavingError } from './errors.js';
import type { Log } from '@haat/kit/log';

/** Refused by what HTTP itself is about: method, media type, encoding. */
export class HttpRefusal extends Error {
  constructor(readonly status: number, message: string, readonly headers: Readonly<Record<string, string>> = {}) {
    super(message);
  }
}

const statusByCode: Partial<Record<RefusalCode, number>> = {
  UNAUTHENTICATED: 401, FORBIDDEN: 403, OPERATION_NOT_ALLOWED: 403, NOT_FOUND: 404, TENANT_UNKNOWN: 404, RATE_LIMITED: 429,
  INTERNAL: 500, SUBGRAPH_UNAVAILABLE: 503, DEADLINE_EXCEEDED: 504,
};

/** What stopped before it was an operation, as a GraphQL answer without data (GraphQL over HTTP, section 6). */
export function refusedResponse(error: unknown, request: DoorRequest, log: Log): DoorResponse {
  const contentType = mediaTypeFor(request.headers['accept']);
  if (error instanceof HttpRefusal || error instanceof BodyTooLarge) {
    const { status, headers } = error instanceof HttpRefusal ? error : { status: 413, headers: { connection: 'close' } };
    const { message } = error;
    return jsonResponse(status, { errors: [{ message, extensions: { code: 'BAD_USER_INPUT', problems: inputProblems(message, undefined) } }] }, { ...headers, 'content-type': contentType });
  }
  const status = statusOfError(error);
  return jsonResponse(status, { errors: [leavingError(error, log)] }, { ...headersOfError(error), 'content-type': contentType });
}

/** The HTTP status of an error that stopped a whole operation: 400 for the asker's mistakes that have none of their own. */
export function statusOfError(error: unknown): number {
  const code = error instanceof GraphQLError ? error.extensions['code'] : undefined;
  return typeof code === 'string' ? (statusByCode[code as RefusalCode] ?? 400) : 500;
}

/** What HTTP says of an error beside its status: how to be let in, when to come again (RFC 9110). */
export function headersOfError(error: unknown): Record<string, string> {
  const extensions = error instanceof GraphQLError ? error.extensions : {};
  const { code, retryAfterMs } = extensions as { code?: string; retryAfterMs?: number };
  if (code === 'UNAUTHENTICATED') return { 'www-authenticate': 'Bearer' };
  return retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) };
}

/** The newer media type only for those who name it. */
function mediaTypeFor(accept: string | undefined): string {
  const type = accept?.includes('application/graphql-response+json') ? 'application/graphql-response+json' : 'application/json';
  return `${type}; charset=utf-8`;
}
