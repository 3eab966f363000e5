import type { ServerResponse } from 'node:http';

/** A request at the public door, with only such facts as may be believed. */
export interface DoorRequest {
  readonly method: string;
  /** As it came, undecoded and without the query. */
  readonly path: string;
  /** With its question mark, or empty. */
  readonly search: string;
  /** Names in lower case, without what only the inside may say. */
  readonly headers: Readonly<Record<string, string>>;
  /** Lower case, without port; undefined when it is not a host name. */
  readonly host?: string;
  readonly clientAddress: string;
  /** True when nobody stands between this caller and us. */
  readonly isDirect: boolean;
  readonly body: AsyncIterable<Uint8Array>;
  /** Aborted when the caller went away. */
  readonly gone: AbortSignal;
}

/** What the door answers. */
export interface DoorResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** Writes an answer that has no end yet, in place of the body. Called too when the caller is gone, to let go of what it holds. */
  stream?(outgoing: ServerResponse): void;
}

/** An answer in JSON. */
export function jsonResponse(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): DoorResponse {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: JSON.stringify(value) };
}
