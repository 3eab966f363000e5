import { BodyTooLarge, readBody } from '@haat/kit/http';
import type { DoorRequest } from './door-message.js';
import { HttpRefusal } from './refused-response.js';

/** How long a client may take to send a GraphQL request, in milliseconds. */
const bodyTimeoutMs = 10_000;

/**
 * The body of a GraphQL POST. Refuses with 415 what is not UTF-8 JSON or is compressed, with 413 what is too large,
 * with 408 what comes too slowly, with 400 what is not an object in JSON.
 */
export async function readJsonBody(request: DoorRequest, bytesMax: number): Promise<Record<string, unknown>> {
  checkMediaType(request.headers['content-type']);
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') throw new HttpRefusal(415, 'Send the body uncompressed.');
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) throw new BodyTooLarge(bytesMax);
  return parsed(await inTime(readBody(request.body, bytesMax)));
}

function checkMediaType(contentType: string | undefined): void {
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';').map((part) => part.trim());
  const charset = parameters.map((p) => /^charset="?([^"]*)"?$/.exec(p)?.[1]).find((c) => c !== undefined);
  const isUtf8Json = type === 'application/json' && (charset === undefined || charset === 'utf-8' || charset === 'utf8');
  if (!isUtf8Json) throw new HttpRefusal(415, 'Expected the content type application/json in UTF-8.');
}

function parsed(bytes: Uint8Array): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new HttpRefusal(400, 'The body is not JSON in UTF-8.');
  }
  if (Array.isArray(value)) throw new HttpRefusal(400, 'Expected one operation, not a list of them.');
  if (typeof value !== 'object' || value === null) throw new HttpRefusal(400, 'Expected a JSON object.');
  return value as Record<string, unknown>;
}

async function inTime<T>(reading: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new HttpRefusal(408, 'The body came too slowly.', { connection: 'close' })), bodyTimeoutMs);
  });
  try {
    return await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
  }
}
