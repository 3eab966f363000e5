/** A request as our servers see it, whatever brought it: a socket or a call in the same process. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query, such as `/graphql?id=…`. */
  readonly url: string;
  /** Names in lower case; repeated ones joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
}

/** What it is answered with. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** A body that is larger than it may be. */
export class BodyTooLarge extends Error {
  constructor(readonly bytesMax: number) {
    super(`The body is larger than ${bytesMax} bytes.`);
  }
}

/** Reads a whole body, and stops at the limit. Throws {@link BodyTooLarge}. */
export async function readBody(body: HttpRequest['body'], bytesMax: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body instanceof Uint8Array ? [body] : body) {
    bytes += part.byteLength;
    if (bytes > bytesMax) throw new BodyTooLarge(bytesMax);
    parts.push(part);
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

/** An answer in JSON. */
export function json(status: number, value: unknown): HttpResponse {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) };
}
