import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PageRange } from './page-range.js';
import { badInput } from './refusal.js';

/** The longest cursor that is looked at, in characters. */
const cursorCharactersMax = 4_096;

const sealBytes = 16;

/** Which list a cursor is good in. A cursor of another tenant, list or ordering is refused. */
export interface CursorScope {
  readonly tenantId: string;
  /** The list and its ordering, such as `tenants:createdAt ASC,id ASC`. */
  readonly list: string;
  /**
   * A secret, where inventing a position must be impossible. Without one a cursor is bound by a hash: whoever knows this code
   * can invent a position, in a list of their own tenant that they may read anyway.
   */
  readonly key?: string;
}

/** Writes and reads the cursors of one list. */
export interface Cursors {
  write(values: readonly string[]): string;
  /** The values of a range's cursor; undefined where it has none. Refuses a cursor that this list did not give. */
  read(range: PageRange): readonly string[] | undefined;
}

/** Makes opaque cursors, bound to the tenant and the list (HMAC-SHA-256, 128 bits of it). */
export function cursorsOf(scope: CursorScope): Cursors {
  return {
    write: (values) => written(scope, JSON.stringify(values)),
    read(range) {
      if (!range.cursor) return undefined;
      const values = valuesOf(scope, range.cursor.text);
      if (!values) throw badCursor(range.cursor.argument);
      return values;
    },
  };
}

/** What a cursor that is not ours, or not of this list, is answered with. */
export function badCursor(argument: string): Error {
  return badInput([{ path: [argument], message: 'expected a cursor that this list gave to this marketplace, came another text' }]);
}

function written(scope: CursorScope, body: string): string {
  return Buffer.concat([bound(scope, body), Buffer.from(body)]).toString('base64url');
}

function valuesOf(scope: CursorScope, text: string): readonly string[] | undefined {
  if (text.length > cursorCharactersMax) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length <= sealBytes || bytes.toString('base64url') !== text) return undefined;
  const body = bytes.subarray(sealBytes).toString();
  return timingSafeEqual(bytes.subarray(0, sealBytes), bound(scope, body)) ? (JSON.parse(body) as string[]) : undefined;
}

function bound(scope: CursorScope, body: string): Buffer {
  const message = JSON.stringify([scope.tenantId, scope.list, body]);
  return createHmac('sha256', scope.key ?? 'haat-cursor').update(message).digest().subarray(0, sealBytes);
}
