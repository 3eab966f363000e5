import { createHash } from 'node:crypto';
import type { DoorRequest, DoorResponse } from '../door-message.js';
import type { OperationContext } from '../operation-context.js';

/** Headers of an answer that may not be kept by anybody. */
const never = { 'cache-control': 'no-store' } as const;

/**
 * What caches may do with the answer to a GET (RFC 9111), and how they find out whether it is still the same (RFC 9110, section
 * 8.8.3): an answer that is the same as the one the client has is 304 without a body. Whoever is known by a token or holds a cart's or
 * an order's secret gets what only they may keep; an answer with an error, or to anything but a query, is kept by nobody.
 */
export function keptAnswer(request: DoorRequest, response: DoorResponse, context: OperationContext | undefined): DoorResponse {
  const seconds = context?.record.keepSeconds;
  if (request.method !== 'GET' || response.status !== 200 || !context || seconds === undefined || context.record.codes !== undefined) {
    return { ...response, headers: { ...response.headers, ...never } };
  }
  const etag = `"${createHash('sha256').update(response.body).digest('base64url')}"`;
  const headers = { ...response.headers, etag, 'cache-control': controlOf(seconds, context) };
  return isSame(request.headers['if-none-match'], etag) ? { status: 304, headers: withoutBody(headers), body: '' } : { ...response, headers };
}

function controlOf(seconds: number, { internal: { viewer } }: OperationContext): string {
  if (seconds === 0) return 'private, no-cache';
  const isEverybodys = viewer.kind === 'GUEST' && viewer.guestKey === undefined && viewer.orderId === undefined;
  return `${isEverybodys ? 'public' : 'private'}, max-age=${seconds}`;
}

/** By the weak comparison that `If-None-Match` asks for. */
function isSame(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
}

function withoutBody(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { 'content-type': _, 'content-length': __, ...rest } = headers;
  return rest;
}
