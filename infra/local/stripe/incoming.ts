import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A request as it came. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What is answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const bodyBytesMax = 256 * 1_024;

/** Reads a request whole; undefined where it is larger than anything Stripe is sent. */
export async function readIncoming(request: IncomingMessage): Promise<Incoming | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size > bodyBytesMax) return undefined;
    parts.push(part as Buffer);
  }
  const url = new URL(request.url ?? '/', 'http://simulator');
  return { method: request.method ?? 'GET', path: url.pathname, query: url.search.slice(1), headers: request.headers, body: Buffer.concat(parts).toString('utf8') };
}

/** An answer in JSON. */
export function jsonAnswer(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value, null, 2) };
}
